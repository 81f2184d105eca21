"""A sheet that is written from the top down, in millimetres; a roll is as long as what is on it."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from gateway.paper.type import Style, cut, width_mm

# Neighbouring rows of a QR code overlap by so much of a module that no viewer shows light between them.
_OVERLAP = 0.03
_FILL_NON_ZERO = 1  # the other rule would leave the overlaps light


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A strip of the sheet, from the left."""

    left_mm: float
    width_mm: float


class Sheet:
    """Collects what is to be drawn; `y_mm` is how far down the sheet is written."""

    def __init__(self, *, width_mm: float, margin_mm: float) -> None:
        self.width_mm = width_mm
        self.column = Column(left_mm=margin_mm, width_mm=width_mm - 2 * margin_mm)
        self.y_mm = 0.0
        self._drawn: list[Callable[[Canvas], None]] = []

    def space(self, height_mm: float) -> None:
        """Leave a gap."""
        self.y_mm += height_mm

    def write(self, text: str, style: Style, column: Column | None = None) -> None:
        """Write a text in a column, cut to the style's number of lines."""
        column = column or self.column
        for line in cut(text, style, column.width_mm):
            self.y_mm += style.line_mm
            spare = column.width_mm - width_mm(line, style) if style.centred else 0.0
            self._line(line, style, column.left_mm + spare / 2)

    def side_by_side(self, *cells: tuple[Column, Sequence[tuple[str, Style]]]) -> None:
        """Write columns that begin at the same height; go on below the longest."""
        top = bottom = self.y_mm
        for column, texts in cells:
            self.y_mm = top
            for text, style in texts:
                self.write(text, style, column)
            bottom = max(bottom, self.y_mm)
        self.y_mm = bottom

    def band(self, colour: str) -> None:
        """Colour what is above, behind its writing."""
        height = self.y_mm

        def draw(canvas: Canvas) -> None:
            canvas.setFillColor(HexColor(colour))
            canvas.rect(0, -height * mm, self.width_mm * mm, height * mm, stroke=0, fill=1)

        self._drawn.insert(0, draw)

    def rule(self, *, dashed: bool = False) -> None:
        """Draw a thin line over the column; dashed, it says where to tear."""
        y, column = self.y_mm, self.column

        def draw(canvas: Canvas) -> None:
            canvas.setLineWidth(0.6)
            canvas.setDash([3, 3] if dashed else [])
            canvas.line(column.left_mm * mm, -y * mm, (column.left_mm + column.width_mm) * mm, -y * mm)

        self._drawn.append(draw)

    def qr(self, modules: Sequence[Sequence[int]], size_mm: float) -> None:
        """Draw a QR code, with its quiet zone, in the middle."""
        top, left, module = self.y_mm, (self.width_mm - size_mm) / 2, size_mm / len(modules) * mm

        def draw(canvas: Canvas) -> None:
            path = canvas.beginPath()
            for row, dark in enumerate(modules):
                for begin, length in _runs(dark):
                    y = -top * mm - (row + 1 + _OVERLAP) * module
                    path.rect(left * mm + begin * module, y, length * module, (1 + _OVERLAP) * module)
            canvas.setFillColor(HexColor("#000000"))
            canvas.drawPath(path, stroke=0, fill=1, fillMode=_FILL_NON_ZERO)

        self._drawn.append(draw)
        self.y_mm += size_mm

    def pdf(self, *, height_mm: float | None = None, title: str, language: str) -> bytes:
        """Return the sheet as a PDF; without a height it ends where the writing ends."""
        height = (height_mm or self.y_mm) * mm
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=(self.width_mm * mm, height), invariant=1, lang=language)
        canvas.setTitle(title)
        canvas.setAuthor("Antrean")
        canvas.translate(0, height)
        for draw in self._drawn:
            draw(canvas)
        canvas.save()
        return out.getvalue()

    def _line(self, line: str, style: Style, left_mm: float) -> None:
        baseline = self.y_mm - 0.28 * style.line_mm

        def draw(canvas: Canvas) -> None:
            canvas.setFillColor(HexColor(style.colour))
            canvas.setFont(style.font, style.points)
            canvas.drawString(left_mm * mm, -baseline * mm, line)

        self._drawn.append(draw)


def _runs(row: Sequence[int]) -> list[tuple[int, int]]:
    """Return the dark stretches of a row: where each begins, and how long it is."""
    edges = [i for i in range(len(row) + 1) if (row[i - 1] if i else 0) != (row[i] if i < len(row) else 0)]
    return [(begin, end - begin) for begin, end in zip(edges[::2], edges[1::2], strict=True)]
