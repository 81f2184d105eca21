"""A table as CSV (RFC 4180), in UTF-8 with a byte order mark.

With the mark, because Excel on Windows, which offices have, takes a file without one for its old code page; a
program that minds it reads the JSON. Fields are divided by commas, as the RFC has them; Excel in Indonesian
expects semicolons when such a file is double-clicked, so people are offered the .xlsx first.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from gateway.spreadsheet.table import Cell

MEDIA_TYPE = "text/csv; charset=utf-8; header=present"

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_file(headings: Sequence[str], table: Iterable[Sequence[Cell]]) -> bytes:
    """Write a table."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([harmless(cell) for cell in line] for line in table)
    return text.getvalue().encode("utf-8-sig")


def harmless(cell: Cell) -> Cell:
    """Put an apostrophe before a text that a spreadsheet would take for a formula (OWASP, CSV injection)."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_BEGINS_A_FORMULA) else cell
