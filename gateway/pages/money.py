"""Sums of money as people in the country write them."""

from babel.numbers import format_decimal

from contracts.words import Locale


def rupiah_words(amount: int, locale: Locale) -> str:
    """Write a sum in rupiah: Rp 350.000 in Indonesian, Rp 350,000 in English; no line is broken within it."""
    return f"Rp\u00a0{format_decimal(amount, locale=locale)}"
