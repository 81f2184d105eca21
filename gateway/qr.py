"""QR codes as pictures: the ticket's, and those of addresses. Source: ISO/IEC 18004.

The ticket's text is base32, so the code stays in the alphanumeric mode; error level M; the quiet zone
of four modules is part of the picture. The mask is fixed: any mask is readable, and trying all eight
takes 12 ms where one takes 2 (the text is as good as random, so no mask makes large plain areas).
"""

import io
from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

import segno

_QUIET_ZONE_MODULES = 4
_MASK = 4
_REMEMBERED = 2048


@lru_cache(maxsize=_REMEMBERED)
def ticket_svg(text: str) -> bytes:
    """Draw as SVG that fills whatever box it is put in, and is plain enough to stand within a page.

    A booking that was cancelled has an empty text; of that nothing is drawn.
    """
    if not text:
        return b""
    look = {"omitsize": True, "xmldecl": False, "svgclass": None, "lineclass": None, "light": "#fff"}
    drawn = _drawn(text, kind="svg", **look)
    # Rows of modules are lines: smoothed edges would leave hairs of light between them.
    return drawn.replace(b"<svg ", b'<svg shape-rendering="crispEdges" ', 1)


@lru_cache(maxsize=_REMEMBERED)
def ticket_png(text: str) -> bytes:
    """Draw as PNG, eight pixels a module: sharp on phones and on thermal paper."""
    return _drawn(text, kind="png", scale=8)


def follow_address(public_url: str, office: str, number: str) -> str:
    """Return where a phone shows the office's queue with this number in it; the number is no secret."""
    return f"{public_url}/tunggu/{office}?{urlencode({'nomor': number})}"


@lru_cache(maxsize=_REMEMBERED)
def address_svg(address: str) -> bytes:
    """Draw an address of our own pages as SVG, for phones to open."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", border=_QUIET_ZONE_MODULES, omitsize=True, light="#fff"
    )
    return out.getvalue()


def ticket_modules(text: str) -> Sequence[Sequence[int]]:
    """Return the code's rows of modules with their quiet zone, 1 where it is dark: for paper."""
    return tuple(tuple(row) for row in _code(text).matrix_iter(border=_QUIET_ZONE_MODULES))


def _drawn(text: str, **picture: Any) -> bytes:
    out = io.BytesIO()
    _code(text).save(out, border=_QUIET_ZONE_MODULES, **picture)
    return out.getvalue()


def _code(text: str) -> segno.QRCode:
    return segno.make(text, error="m", mode="alphanumeric", mask=_MASK, boost_error=False, micro=False)
