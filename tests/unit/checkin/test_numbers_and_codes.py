"""Numbers that the hall sees, codes that people type, and the order of calls."""

from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts import schema
from contracts.requests.checkin import Admission
from contracts.words import ServiceCode
from services.checkin.domain.numbering import LETTERS, ticket_number
from services.checkin.domain.policy import Offer, Waiting, next_to_call
from services.checkin.domain.typed_code import is_typed, read_typed_code

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
CODES = st.from_regex(r"[A-Z]{3}-[0-9A-HJKMNP-TV-Z]{6}", fullmatch=True)
SERVICES: tuple[ServiceCode, ...] = get_args(ServiceCode)
WAITING = st.builds(
    Waiting,
    ticket_id=st.uuids().map(str),
    service=st.sampled_from(SERVICES),
    turn_at=st.integers(0, 3).map(lambda hours: NOON + timedelta(hours=hours)),
    scanned_at=st.integers(0, 3).map(lambda minutes: NOON + timedelta(minutes=minutes)),
)


def test_each_service_has_a_letter_of_its_own() -> None:
    """A number says which service it is for."""
    assert set(LETTERS) == set(SERVICES)
    assert len(set(LETTERS.values())) == len(SERVICES)


@pytest.mark.parametrize(("place", "number"), [(1, "A-001"), (42, "A-042"), (999, "A-999"), (1000, "A-1000")])
def test_a_number_has_three_digits_until_more_are_needed(place: int, number: str) -> None:
    """The thousandth of a day still has one, and the contract takes it."""
    assert ticket_number("new", place) == number
    told = {
        "ticket_id": "1",
        "number": number,
        "display_name": None,
        "service": "new",
        "scanned_at": NOON.isoformat(),
        "waiting_before": 0,
    }
    assert schema.load(Admission, told).number == number


@given(code=CODES, data=st.data())
def test_a_code_is_read_however_it_is_typed(code: str, data: st.DataObject) -> None:
    """Lower case, spaces for the hyphen or nothing, and the look-alikes O, I and L."""
    typed = code.replace("-", data.draw(st.sampled_from(["-", "", " ", " - "])))
    office, rest = typed[:3], typed[3:]
    for digit, letters in (("0", "O0"), ("1", "IL1")):
        rest = rest.replace(digit, data.draw(st.sampled_from(letters)))
    typed = data.draw(st.sampled_from([str.upper, str.lower]))(office + rest)

    assert is_typed(typed)
    assert read_typed_code(f" {typed}\n") == code


def test_the_text_of_a_qr_code_is_not_taken_for_typed() -> None:
    """It is far longer than any code."""
    assert not is_typed("2KCEN" * 48)


@given(waiting=st.lists(WAITING, max_size=10), services=st.sets(st.sampled_from(SERVICES)))
def test_nobody_is_called_before_one_who_should_be_called_first(
    waiting: list[Waiting], services: set[ServiceCode]
) -> None:
    """Of those whose service is offered: earliest appointment, then first scanned."""
    chosen = next_to_call(waiting, Offer(counter=1, services=tuple(services), steps=("service",)))
    offered = [ticket for ticket in waiting if ticket.service in services]

    assert (chosen is None) == (not offered)
    for other in offered:
        assert chosen is not None
        assert (chosen.turn_at, chosen.scanned_at) <= (other.turn_at, other.scanned_at)
