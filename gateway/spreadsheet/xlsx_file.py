"""A table as a workbook of Excel and LibreOffice (ISO/IEC 29500)."""

import io
from collections.abc import Iterable, Sequence

from xlsxwriter import Workbook

from gateway.spreadsheet.table import Cell

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# A text is written as one, whatever it begins with: no cell is a formula or a link.
_TEXT_IS_TEXT = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def xlsx_file(title: str, headings: Sequence[str], table: Iterable[Sequence[Cell]]) -> bytes:
    """Write a table on a sheet of its own, with headings that stay in view and filter it."""
    file = io.BytesIO()
    with Workbook(file, _TEXT_IS_TEXT) as workbook:
        sheet = workbook.add_worksheet(title)
        sheet.write_row(0, 0, headings, workbook.add_format({"bold": True, "bottom": 1}))
        last = 0
        for last, line in enumerate(table, start=1):
            sheet.write_row(last, 0, line)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, last, len(headings) - 1)
        sheet.autofit()
    return file.getvalue()
