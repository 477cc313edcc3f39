"""Cells of tables that spreadsheets open: text stays text, whatever a student is called."""


def safe_cell(text: str) -> str:
    """Return what a spreadsheet takes for text, or for the number that it is.

    >>> safe_cell("=HYPERLINK(1)"), safe_cell("Ada"), safe_cell("-1.5")
    ("'=HYPERLINK(1)", 'Ada', '-1.5')
    """
    if not text.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) or _is_number(text):
        return text
    return f"'{text}"


def original(cell: str) -> str:
    """Return the text of which `safe_cell` has made a cell.

    >>> original("'=HYPERLINK(1)"), original("'tis")
    ('=HYPERLINK(1)', "'tis")
    """
    return cell[1:] if cell[:1] == "'" and safe_cell(cell[1:]) == cell else cell


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
