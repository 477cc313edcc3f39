"""Words where a terminal or a table shows them: ours in the plural, students' without surprises."""


def counted(count: int, noun: str) -> str:
    """Return how many there are of something.

    >>> counted(1, "student"), counted(2, "graded notebook")
    ('1 student', '2 graded notebooks')
    """
    return f"{count} {noun}{'s' * (count != 1)}"


def printable(text: str, kept: str = "") -> str:
    r"""Return a text with ? for each character that is none to read, such as what moves a cursor.

    >>> printable("a\x1b[2Jb\n"), printable("a\x1b[2Jb\n", kept="\n")
    ('a?[2Jb?', 'a?[2Jb\n')
    """
    return "".join(c if c.isprintable() or c in kept else "?" for c in text)
