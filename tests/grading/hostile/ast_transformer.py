"""Empties every later cell before it is compiled.

Stock: full marks. A check that does nothing raises nothing.
Here: no marks. The check's cell is not run at all; the answer is judged elsewhere.
"""

import ast


class Nothing(ast.NodeTransformer):
    """Turns a cell into ``pass``."""

    def visit_Module(self, node):
        """Empty a cell."""
        node.body = [ast.Pass(lineno=1, col_offset=0)]
        return node


get_ipython().ast_transformers.append(Nothing())  # noqa: F821
