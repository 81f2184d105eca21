"""Events in any order and any number of times: check-in ends up knowing the same."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from contracts.events import Event
from contracts.events.booking import BookingState
from contracts.requests.checkin import Admission
from services.checkin.store.tables import expected_ticket, office, queue_ticket
from tests.integration.checkin.hall import TARAKAN, Hall, booking, cancelled, ticket
from tests.service_database import empty

SCANNED, GIVEN_UP, AWAITED = booking(name="Pak Andi"), booking(name="Bu Sari"), booking(name="Sdr. Budi")
SCANNED_THEN_GIVEN_UP = booking(name="Sdri. Citra")

EVENTS: tuple[Event, ...] = (
    replace(TARAKAN, version=2, counters=2),
    replace(TARAKAN, version=3, counters=5, services=("new",)),
    SCANNED,
    GIVEN_UP,
    cancelled(GIVEN_UP),
    AWAITED,
    SCANNED_THEN_GIVEN_UP,
    cancelled(SCANNED_THEN_GIVEN_UP),
)
AT_LEAST_ONCE = st.lists(st.sampled_from(EVENTS), max_size=8).flatmap(
    lambda repeated: st.permutations([*EVENTS, *repeated])
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(heard=AT_LEAST_ONCE)
def test_the_order_and_the_number_of_deliveries_do_not_matter(hall: Hall, heard: list[Event]) -> None:
    """Offices, bookings and the tickets in the hall are as if each event had come once, in order."""
    assert _known_after(hall, heard) == _known_after(hall, EVENTS)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(heard=AT_LEAST_ONCE)
def test_what_is_heard_together_is_known_as_if_it_came_one_by_one(hall: Hall, heard: list[Event]) -> None:
    """A booking and its cancellation in one transaction, in either order; the name of a ticket."""
    bookings = [event for event in heard if isinstance(event, BookingState)]
    one_by_one = _known_after(hall, bookings)
    assert _known_after(hall, [], together=bookings) == one_by_one


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(heard=AT_LEAST_ONCE, scanned_after=st.integers(0, len(EVENTS)))
def test_a_scanned_ticket_has_its_name_whenever_it_was_scanned(
    hall: Hall, heard: list[Event], scanned_after: int
) -> None:
    """Before its booking was heard of, between, or after."""
    empty(hall.database)
    hall.hear(TARAKAN, *heard[:scanned_after])
    admitted = hall.scan(ticket(SCANNED))
    hall.hear(*heard[scanned_after:])

    latest = [event for event in hall.heard if event.event_subject == admitted.ticket_id][-1]
    assert getattr(latest, "display_name", None) == "Pak Andi"
    assert latest.version == (1 if admitted.display_name else 2)
    hall.heard.clear()


def _known_after(
    hall: Hall, heard: Sequence[Event], *, together: Sequence[BookingState] = ()
) -> list[object]:
    empty(hall.database)
    hall.hear(TARAKAN, now=None)
    scanned: list[Admission] = [hall.scan(ticket(each)) for each in (SCANNED, SCANNED_THEN_GIVEN_UP)]
    hall.hear(*heard)
    if together:
        hall.hear_together(*together)
    assert all(admitted.display_name is None for admitted in scanned)
    with hall.database.transaction() as tx:
        return [
            sorted(
                map(
                    str,
                    tx.execute(
                        select(
                            *(
                                column
                                for column in table.c
                                if column.name not in ("scanned_at", "waiting_since")
                            )
                        )
                    ),
                )
            )
            for table in (office, expected_ticket, queue_ticket)
        ]
