"""Phone numbers and e-mail addresses."""

import pytest

from services.booking.handlers.contact import PhoneInvalid, email_address, phone_number


@pytest.mark.parametrize(
    "text",
    [
        "081234567890",
        "0812 3456 7890",
        "0812-3456-7890",
        "+62 812-3456-7890",
        "62 812 3456 7890",
        "(0812) 34567890",
    ],
)
def test_an_indonesian_number_has_one_form(text: str) -> None:
    """However it is written, it is the same number."""
    assert phone_number(text) == "+6281234567890"


def test_a_foreign_number_keeps_its_country() -> None:
    """Citizens who live in Sabah have Malaysian numbers."""
    assert phone_number("+60 12-345 6789") == "+60123456789"


@pytest.mark.parametrize("text", ["0812", "12345678", "+0", "petugas.trk", "", "+62 0000 0000"])
def test_what_cannot_be_dialled_is_refused(text: str) -> None:
    """Too short, of no country, or no number at all."""
    with pytest.raises(PhoneInvalid):
        phone_number(text)


def test_an_email_address_is_compared_in_lower_case() -> None:
    """Nobody has two accounts because of a capital letter."""
    assert email_address(" Andi@Contoh.ID ") == "andi@contoh.id"
