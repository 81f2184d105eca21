"""The numbers that the hall sees: `A-001`, a letter for each service, from 1 each day."""

from typing import Final

from contracts.words import ServiceCode

LETTERS: Final[dict[ServiceCode, str]] = {
    "new": "A",
    "renewal": "B",
    "epassport": "C",
    "replacement": "D",
    "collection": "E",
}


def ticket_number(service: ServiceCode, place: int) -> str:
    """Write the number of the service's ticket in this place of the day, counted from 1."""
    return f"{LETTERS[service]}-{place:03d}"
