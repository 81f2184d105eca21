"""Identifiers as others write them."""

import uuid

NOBODY = str(uuid.UUID(int=0))
"""The nil UUID (RFC 9562, 5.9), which nothing ever has."""


def known_form(text: str) -> str:
    """Write an id the way we store it; what is no id at all becomes one that nothing has."""
    try:
        return str(uuid.UUID(text))
    except ValueError:
        return NOBODY
