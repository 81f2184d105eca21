"""Identifiers as others write them."""

import uuid_utils

NOBODY = str(uuid_utils.UUID(int=0))
"""The nil UUID (RFC 9562, 5.9), which nothing ever has."""


def known_form(text: str) -> str:
    """Write an id the way we store it; what is no id at all becomes one that nothing has."""
    try:
        return str(uuid_utils.UUID(text))
    except ValueError:
        return NOBODY
