"""The forward pass.

Inputs have at most two decimals, so that the call in a message can be pasted.
"""
