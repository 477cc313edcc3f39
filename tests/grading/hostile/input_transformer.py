"""Turns every line that begins with ``check`` into ``pass``.

Stock: full marks.
Here: no marks.
"""

get_ipython().input_transformers_post.append(  # noqa: F821
    lambda lines: ["pass\n" if line.startswith("check") else line for line in lines]
)
