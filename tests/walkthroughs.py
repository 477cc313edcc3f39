"""The five walkthroughs, where they are at hand, and the code cells in them.

They are not part of the course. They are looked for in the folder that the variable WALKTHROUGHS
names, or beside the checkout; tests that read them are left out where they are missing.
"""

import os
import re
from pathlib import Path
from textwrap import dedent

import pytest

BESIDE = Path(__file__).parents[2] / "shared" / "sources"
LETTERS = "ABCDE"
NAME = r"[A-Za-z_][\w.]*"
# How a line of code begins that is not indented. A sentence goes on with a space and a word.
CODE = re.compile(
    rf"(import|from|class|def|for|if|print|return) ?\(?|#|[)\]}}'\"]"
    rf"|{NAME}(\[[^\]]*\])?(, ?{NAME})*(\(| ?[-+*]?=)"
)
# Where a statement begins in the walkthrough whose code has lost its line breaks, and how deep the
# few stand that do not follow from the line before.
STATEMENT = re.compile(
    rf"(?<!,) (?=(?:def|return|for|if) |else:|break\b|print\(|# |self\.backward\("
    rf"|{NAME}(?:\['\w+'\])?\.append\(|{NAME}(?:, {NAME})* [-+*]?= )"
)
DEPTH = {"# 3.": 2, "# 4.": 2, "if epoch %": 2, "return history": 1, "else:": 0}


def text_of(letter):
    """Return a walkthrough's text; leave the test out where it is not at hand."""
    folder = Path(os.environ.get("WALKTHROUGHS", BESIDE))
    found = sorted(folder.glob(f"{LETTERS.index(letter):03}_*.txt"))
    if not found:
        pytest.skip("the walkthroughs are not at hand")
    return found[0].read_text(encoding="utf-8")


def cells(letter):
    """Return a walkthrough's pieces of code, in order, with what typesetting broke set right."""
    text = text_of(letter)
    if letter == "B":
        fenced = re.findall(r"^```\n(.*?)^```", text, re.M | re.S)
        bare = [re.sub(r"^\d+(?= |$)", "", piece, flags=re.M) for piece in fenced]  # line numbers
        return [dedent(piece).replace(r"\#", "#") for piece in bare]
    pieces, code = [[]], False
    for line in text.splitlines():
        code = is_code(line) or (code and (not line or line[0] in " \t"))
        if code:
            pieces[-1].append(line)
        elif pieces[-1]:
            pieces.append([])
    found = ["\n".join(piece).strip() + "\n" for piece in pieces if piece]
    return [lines_again(piece) for piece in found] if letter == "A" else found


def is_code(line):
    return not re.search(r"[₀-₉×]|# Sample \d", line) and bool(CODE.match(line))


def lines_again(piece):
    """Put back the line breaks and the indentation of a piece of code that has lost them.

    >>> print(lines_again("def f(x): y = x # twice y *= 2 return y"), end="")
    def f(x):
        y = x
        # twice
        y *= 2
        return y
    """
    depth, lines = 0, []
    for statement in STATEMENT.split(piece.strip()):
        depth = next((d for start, d in DEPTH.items() if statement.startswith(start)), depth)
        lines.append("    " * depth + statement)
        depth += statement.endswith(":")
    return "\n".join(lines) + "\n"
