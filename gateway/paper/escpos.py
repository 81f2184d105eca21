"""A roll of thermal paper, written in ESC/POS: the commands that nearly every receipt printer knows.

    ESC @      begin anew               GS !  magnify, 1 to 8 times       GS ( k   draw a QR code
    ESC a      centre                   ESC E  bold                       GS V     feed to the knife, and cut

Texts go out in ASCII, which is the same in every code page: a letter with a mark loses it, and what has no
letter at all becomes a question mark. Source: Epson, "ESC/POS Command Reference".
"""

import textwrap
import unicodedata
from typing import Final

COLUMNS: Final = 48
"""Letters on a line of 80 mm paper, at their plain size (576 dots, 12 each)."""

_ESC, _GS = b"\x1b", b"\x1d"
_BEGIN = _ESC + b"@"
_CENTRED = _ESC + b"a\x01"
_FEED_AND_CUT = _GS + b"VB\x00"
_MOST_MAGNIFIED = 8
_DOTS_A_MODULE = 6
_PLAIN = str.maketrans("\u2010\u2011\u2013\u2014\u2018\u2019\u201c\u201d", "----''\"\"")


class Roll:
    """Collects what is to be printed, from the top down, all of it centred."""

    def __init__(self) -> None:
        self._written = bytearray(_BEGIN + _CENTRED)

    def write(self, text: str, *, bold: bool = False) -> None:
        """Write a text, broken between words into as many lines as it needs."""
        self._written += emphasis(is_on=bold)
        for line in textwrap.wrap(_ascii(text), COLUMNS):
            self._written += line.encode("ascii") + b"\n"
        self._written += emphasis(is_on=False)

    def write_large(self, text: str) -> None:
        """Write a short text as large as fits on one line."""
        plain = _ascii(text)
        times = max(1, min(_MOST_MAGNIFIED, COLUMNS // max(1, len(plain))))
        self._written += magnified(times) + plain.encode("ascii") + b"\n" + magnified(1)

    def space(self, lines: int = 1) -> None:
        """Leave lines empty."""
        self._written += b"\n" * lines

    def rule(self) -> None:
        """Draw a thin line over the paper."""
        self._written += b"-" * COLUMNS + b"\n"

    def qr(self, text: str) -> None:
        """Let the printer itself draw a QR code (model 2, error level M)."""
        self._written += qr_commands(text)

    def cut(self) -> bytes:
        """Cut the paper, and return all that goes to the printer."""
        return bytes(self._written + _FEED_AND_CUT)


def emphasis(*, is_on: bool) -> bytes:
    """Begin or end bold letters."""
    return _ESC + b"E" + bytes([is_on])


def magnified(times: int) -> bytes:
    """Make letters so many times as wide and high, 1 to 8."""
    return _GS + b"!" + bytes([(times - 1) << 4 | (times - 1)])


def qr_commands(text: str) -> bytes:
    """Choose model, size and error level, hand over the text, and draw."""
    return b"".join(
        (
            _symbol(b"A", b"2\x00"),
            _symbol(b"C", bytes([_DOTS_A_MODULE])),
            _symbol(b"E", b"1"),
            _symbol(b"P", b"0" + text.encode()),
            _symbol(b"Q", b"0"),
        )
    )


def _symbol(function: bytes, data: bytes) -> bytes:
    return _GS + b"(k" + (len(data) + 2).to_bytes(2, "little") + b"1" + function + data


def _ascii(text: str) -> str:
    """Write with the letters that every printer has."""
    return "".join(_letter(one) for one in text.translate(_PLAIN))


def _letter(one: str) -> str:
    if one.isspace():
        return " "
    bare = unicodedata.normalize("NFKD", one).encode("ascii", "ignore").decode()
    return bare if bare.isprintable() and bare else "" if unicodedata.combining(one) else "?"
