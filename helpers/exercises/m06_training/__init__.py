"""Training.

Where rows are dealt at random, an answer is judged by what it does, not by its draws: see
`behavior`. Inputs have at most two decimals, so that calls can be pasted.
"""
