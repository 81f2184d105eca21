"""Sums are written as people in the country write them."""

import pytest

from contracts.words import Locale
from gateway.pages.money import rupiah_words


@pytest.mark.parametrize(
    ("locale", "amount", "words"),
    [
        ("id", 350_000, "Rp\u00a0350.000"),
        ("en", 350_000, "Rp\u00a0350,000"),
        ("id", 1_750_000, "Rp\u00a01.750.000"),
        ("id", 0, "Rp\u00a00"),
    ],
)
def test_thousands_are_parted_as_the_language_does(locale: Locale, amount: int, words: str) -> None:
    """There are no sen, and no line is broken between the sign and the sum."""
    assert rupiah_words(amount, locale) == words
