"""One person's name, as a card has it and as somebody typed it."""

import pytest

from services.booking.domain.same_name import is_same_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Andi Wijaya", "ANDI WIJAYA"),
        ("Muhammad Rizky", "Muhamad Rizki"),
        ("Hj. Siti Aminah", "Siti Aminah"),
        ("I Made Sudana", "I  MADE SUDANA, S.E."),
    ],
)
def test_a_slip_or_a_title_makes_no_other_person(one: str, other: str) -> None:
    """In whichever order they are compared."""
    assert is_same_name(one, other)
    assert is_same_name(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Andi Wijaya", "Siti Rahmawati"),
        ("Budi Santoso", "Budi Hartono"),
        ("Sri", "Siti"),
        ("", "Andi"),
        ("", ""),
    ],
)
def test_other_people_are_others(one: str, other: str) -> None:
    """Also with the same first name; and nobody has no name."""
    assert not is_same_name(one, other)
