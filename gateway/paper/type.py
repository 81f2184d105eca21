"""The letters on paper: fonts that the PDF carries along, and text that is cut to its place.

Fonts: Plus Jakarta Sans (OFL-1.1), Latin with its extensions and Vietnamese, in two fixed weights.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import Literal

from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

Weight = Literal["Medium", "Bold"]

_ELLIPSIS = "…"
_UNKNOWN = "?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a text looks: size in points, the height of its line in mm, colour as #rrggbb."""

    points: float
    line_mm: float
    weight: Weight = "Medium"
    colour: str = "#000000"
    centred: bool = False
    most_lines: int = 1

    @property
    def font(self) -> str:
        """The font's name in the PDF."""
        load_fonts()
        return f"PlusJakartaSans-{self.weight}"


@cache
def load_fonts() -> None:
    """Make the fonts known to ReportLab, once in a process."""
    for weight in ("Medium", "Bold"):
        name = f"PlusJakartaSans-{weight}"
        with as_file(files("gateway.paper") / "fonts" / f"{name}.ttf") as path:
            pdfmetrics.registerFont(TTFont(name, str(path)))


def cut(text: str, style: Style, width_mm: float) -> list[str]:
    """Break a text into lines of at most a width; what is beyond the last line ends in an ellipsis.

    Breaks between words; within a word only where it is wider than a line.
    """
    lines: list[str] = []
    rest = printable(text, style).split()
    while rest and len(lines) < style.most_lines:
        line, rest = _line(rest, style, width_mm)
        lines.append(line)
    if rest:
        lines[-1] = _shortened(f"{lines[-1]} {rest[0]}", style, width_mm)
    return lines


def width_mm(text: str, style: Style) -> float:
    """Return how wide a line is."""
    return float(pdfmetrics.stringWidth(text, style.font, style.points)) / mm


def printable(text: str, style: Style) -> str:
    """Replace what the font lacks: by the letter without its marks, else by a question mark."""
    covered = pdfmetrics.getFont(style.font).face.charToGlyph  # type: ignore[attr-defined]  # a TTFont
    return "".join(_covered(letter, covered) for letter in unicodedata.normalize("NFC", text))


def _covered(letter: str, covered: dict[int, int]) -> str:
    if letter.isspace() or ord(letter) in covered:
        return letter
    base = unicodedata.normalize("NFKD", letter)[0]
    return base if ord(base) in covered else _UNKNOWN


def _line(words: list[str], style: Style, limit: float) -> tuple[str, list[str]]:
    """Take as many words as fit; of a first word that is too wide, as many letters."""
    taken = 1
    while taken < len(words) and width_mm(" ".join(words[: taken + 1]), style) <= limit:
        taken += 1
    line = " ".join(words[:taken])
    if width_mm(line, style) <= limit:
        return line, words[taken:]
    letters = next(n for n in range(len(line), 0, -1) if n == 1 or width_mm(line[:n], style) <= limit)
    return line[:letters], [line[letters:], *words[taken:]]


def _shortened(line: str, style: Style, limit: float) -> str:
    while line and width_mm(line + _ELLIPSIS, style) > limit:
        line = line[:-1]
    return line.rstrip() + _ELLIPSIS
