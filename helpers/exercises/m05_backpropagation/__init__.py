"""Backpropagation.

Inputs are short decimals or binary fractions, so that the call in a message can be pasted. The
caches of a forward pass keep all their digits: an answer may compute them anew. So the networks
that mistakes are shown on are small.
"""
