"""The loss.

Labels and predictions are columns, ``(m, 1)``, as everywhere in the course. Many mistakes of a mean
are the same whatever is averaged: each exercise registers its own, so that each has its own words.
"""
