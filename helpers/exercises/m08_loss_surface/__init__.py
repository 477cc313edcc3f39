"""The loss surface.

Inputs are quarters, so that the call in a message can be pasted. Grids have more columns than
rows: what lies on its side shows by its shape.
"""
