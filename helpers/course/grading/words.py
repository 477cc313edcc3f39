"""Words of students', names included, where a terminal or a table shows them."""


def printable(text: str, kept: str = "") -> str:
    r"""Return a text with ? for each character that is none to read, such as what moves a cursor.

    >>> printable("a\x1b[2Jb\n"), printable("a\x1b[2Jb\n", kept="\n")
    ('a?[2Jb?', 'a?[2Jb\n')
    """
    return "".join(c if c.isprintable() or c in kept else "?" for c in text)
