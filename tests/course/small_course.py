"""A course of one small module, in a folder where a test can edit it."""

import shutil
from pathlib import Path

from helpers.course import build

REPOSITORY = Path(__file__).parents[2]
MODULES = sorted(source.stem for source in REPOSITORY.glob("solutions/*/*.md"))

SMALL = """\
---
kernelspec:
  display_name: Python 3 (ipykernel)
  language: python
  name: python3
---

# A small module

```{code-cell} ipython3
from helpers import check
```

```{code-cell} ipython3
:answer: weighted_sum

def weighted_sum(x, w, b):
    ### BEGIN SOLUTION
    return x @ w + b
    ### END SOLUTION
```

```{code-cell} ipython3
:check: weighted_sum
:points: 1

check.weighted_sum(weighted_sum)
```

The end.
"""


class SmallCourse:
    """A course of one module, whose source a test can edit."""

    def __init__(self, root: Path):
        self.root = root
        self.source = root / "solutions" / "01-small" / "01-small.md"
        self.solutions = self.source.with_suffix(".ipynb")
        self.release = root / "notebooks" / "01-small" / "01-small.ipynb"

    def write(self):
        """Write the source, and what else makes a course."""
        self.source.parent.mkdir(parents=True)
        self.source.write_text(SMALL, encoding="utf-8")
        shutil.copy(REPOSITORY / build.CONFIG, self.root)
        return self

    def edit(self, old, new):
        """Replace one piece of the source."""
        text = self.source.read_text(encoding="utf-8")
        assert old in text
        self.source.write_text(text.replace(old, new, 1), encoding="utf-8")

    def notebook(self):
        """Return the solutions notebook that the source makes."""
        return build.solutions_notebook(self.source)

    def stale(self):
        """Return what ``course build --check`` has to say."""
        return list(build.stale(self.root, []))
