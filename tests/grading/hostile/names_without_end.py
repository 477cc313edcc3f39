"""Defines ten thousand names that nearly are what is asked for, with characters that move a cursor.

Stock: no marks, and a list of names.
Here: no marks, and a sentence.
"""

for number in range(10_000):
    globals()[f"step{number}\x1b[2J\x07" + "p" * 400] = number
globals().update({name + "\u202e": 0 for name in list(globals()) if isinstance(name, str)})
for name in ("step", "weighted_sum", "affine", "perceptron"):
    globals().pop(name, None)
