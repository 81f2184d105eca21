"""Whether two ways of writing a name are one person's: as on a card, and as somebody typed it once."""

from difflib import SequenceMatcher

LIKE_ENOUGH = 0.8
"""Above a slip or a left-out title, below two people: Muhamad Rizki and Muhammad Rizky are 0.93 alike."""


def is_same_name(one: str, other: str) -> bool:
    """Compare two names by their letters, whatever their case, blanks and dots."""
    first, second = (
        "".join(letter for letter in name.casefold() if letter.isalnum()) for name in (one, other)
    )
    return bool(first and second) and SequenceMatcher(None, first, second).ratio() >= LIKE_ENOUGH
