"""Hypothesis strategies for contract dataclasses: every field drawn from the word that it is typed with."""

import dataclasses
import types
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from contracts import hall, words

_YEAR_2000 = datetime(2000, 1, 1, tzinfo=UTC)

INSTANTS = st.integers(0, 100 * 365 * 86_400 * 10**6).map(
    lambda microseconds: _YEAR_2000 + timedelta(microseconds=microseconds)
)
VISIBLE = st.characters(exclude_categories=("C", "Zl", "Zp"), exclude_characters="<>\u115f\u1160\u3164\uffa0")
CROCKFORD = "[0-9A-HJKMNP-TV-Z]"


def visible(longest: int, *, shortest: int = 1) -> st.SearchStrategy[str]:
    """Names of people and offices, in any script: what can be seen, with a letter or digit in it."""
    return st.text(VISIBLE, min_size=shortest, max_size=longest).filter(
        lambda text: any(character.isalnum() for character in text)
    )


WORDS: Mapping[Any, st.SearchStrategy[Any]] = {
    bool: st.booleans(),
    words.OfficeCode: st.from_regex(r"\A[A-Z]{3}\Z"),
    words.PersonName: visible(120),
    words.DisplayName: visible(24),
    words.PublicNote: visible(120),
    words.RegionName: visible(60),
    words.Phone: st.from_regex(r"\A\+[0-9]{8,15}\Z"),
    words.OneTimeCode: st.from_regex(r"\A[0-9]{6}\Z"),
    words.Email: st.from_regex(r"\A[a-z]{1,20}@[a-z]{1,20}\.(com|id|go\.id)\Z"),
    words.BookingCode: st.from_regex(rf"\A[A-Z]{{3}}-{CROCKFORD}{{6}}\Z"),
    words.BillingCode: st.from_regex(r"\A[1-9][0-9]{14}\Z"),
    words.SettlementId: st.from_regex(r"\A[\x21-\x7e]{1,64}\Z"),
    words.Rupiah: st.integers(1, 10**10),
    words.TicketNumber: st.from_regex(r"\A[A-Z]-[0-9]{3,5}\Z"),
    words.CounterNumber: st.integers(1, 99),
    hall.Minutes: st.integers(0, 480),
    hall.GoalMinutes: st.integers(1, 240),
    hall.PlacesInLine: st.integers(1, 50),
    words.Count: st.integers(0, 2**31 - 1),
    words.Latitude: st.floats(-90, 90),
    words.Longitude: st.floats(-180, 180),
    words.Version: st.integers(1, 2**62),
    words.Instant: INSTANTS,
    date: st.dates(),
    str: st.text(VISIBLE, max_size=40),
}


def contracts(contract: type) -> st.SearchStrategy[Any]:
    """Draw any valid object of a contract dataclass."""
    hints = get_type_hints(contract, include_extras=True)
    return st.builds(
        contract, **{field.name: _value(hints[field.name]) for field in dataclasses.fields(contract)}
    )


def _value(hint: Any) -> st.SearchStrategy[Any]:
    if hint in WORDS:
        return WORDS[hint]
    if get_origin(hint) is Literal:
        return st.sampled_from(get_args(hint))
    if get_origin(hint) in (Union, types.UnionType):
        return st.one_of(*(st.none() if part is type(None) else _value(part) for part in get_args(hint)))
    if get_origin(hint) is tuple:
        return st.lists(_value(get_args(hint)[0]), max_size=4).map(tuple)
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return contracts(hint)
    raise TypeError(f"no strategy draws {hint}: add the word to WORDS")
