"""What booking and ticket say together, and what a counter offers."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.ticket import Ticket
from services.checkin import errors
from services.checkin.domain.office import Office
from services.checkin.domain.visit import newest_visit, visit_of_ticket

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
TARAKAN = Office(
    code="TRK", name="Tarakan", timezone="Asia/Makassar", services=("new", "renewal"), counters=2
)
TICKET = Ticket(
    booking_id="0193577a-0000-7000-8000-000000000000",
    office="TRK",
    date=date(2026, 11, 23),
    starts_at=NOON,
    minutes=60,
    service="new",
    priority="regular",
    version=1,
    expires_at=NOON + timedelta(hours=8),
)
BOOKED = replace(visit_of_ticket(TICKET), person_id="person", display_name="Pak Andi", version=1)


@given(known_version=st.integers(0, 5), ticket_version=st.integers(1, 5))
def test_the_newer_of_booking_and_ticket_says_where_and_when(known_version: int, ticket_version: int) -> None:
    """The person stays the booking's, whichever is newer."""
    known = replace(BOOKED, office="SKW", version=known_version)
    newest = newest_visit(known, replace(TICKET, version=ticket_version))

    assert newest.office == ("TRK" if ticket_version > known_version else "SKW")
    assert (newest.person_id, newest.display_name) == ("person", "Pak Andi")


def test_a_ticket_does_not_undo_a_cancellation() -> None:
    """However new it says it is."""
    assert newest_visit(replace(BOOKED, cancelled=True), replace(TICKET, version=9)).cancelled


def test_a_counter_offers_what_is_wanted_once_and_in_that_order() -> None:
    """None wanted means all that the office has."""
    assert TARAKAN.services_for_counter(("renewal", "new", "renewal")) == ("renewal", "new")
    assert TARAKAN.services_for_counter(()) == ("new", "renewal")


def test_a_counter_cannot_offer_what_the_office_lacks() -> None:
    """All that is missing is named at once."""
    with pytest.raises(errors.UnknownServiceHere) as refused:
        TARAKAN.services_for_counter(("epassport", "new", "collection"))
    assert refused.value.data["services"] == ["collection", "epassport"]
