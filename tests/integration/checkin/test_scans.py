"""A ticket is held to the reader: who is admitted, and under which number."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from contracts.events import TicketScanned
from contracts.requests.counter_deeds import TransferTicket
from contracts.requests.floor import ExplainTurn
from services.checkin import errors, handlers
from tests.integration.checkin.hall import (
    NOON,
    TARAKAN,
    TODAY,
    Hall,
    booking,
    cancelled,
    refusal,
    ticket,
)


def test_a_scanned_ticket_gets_a_number_and_keeps_the_name(hall: Hall) -> None:
    """The kiosk shows the number, the chosen name and how many wait before."""
    coming = booking(name="Bu Sari", service="renewal")
    hall.hear(coming)

    admitted = hall.scan(ticket(coming))

    assert (admitted.number, admitted.display_name, admitted.waiting_before) == ("B-001", "Bu Sari", 0)
    assert (admitted.ticket_id, admitted.scanned_at) == (coming.booking_id, hall.now)


def test_a_scan_says_the_whole_state_of_the_ticket(hall: Hall) -> None:
    """TicketScanned carries what notify and display need, under version 1."""
    coming = booking()
    hall.hear(coming)

    hall.scan(ticket(coming))

    assert hall.said() == [
        TicketScanned(
            version=1,
            ticket_id=coming.booking_id,
            office="TRK",
            date=TODAY,
            number="A-001",
            service="new",
            priority="regular",
            state="waiting",
            person_id=coming.person_id,
            display_name="Pak Andi",
            counter=None,
            calls=0,
            scanned_at=hall.now,
            turn_at=coming.starts_at,
            waiting_since=hall.now,
            called_at=None,
            finished_at=None,
        )
    ]


def test_each_service_counts_its_own_numbers_from_one(hall: Hall) -> None:
    """A letter for each service; the next day begins at 001 again."""
    numbers = [hall.arrive(service=service).number for service in ("new", "renewal", "new", "collection")]
    assert numbers == ["A-001", "B-001", "A-002", "E-001"]

    tomorrow = NOON + timedelta(days=1)
    later = hall.arrive(date=TODAY + timedelta(days=1), starts_at=tomorrow, now=tomorrow)
    assert later.number == "A-001"


@pytest.mark.parametrize("typed", ["TRK-1A2B3C", "trk1a2b3c", " TRK 1A2 B3C ", "TRK-IA2B3C", "trk-la2b3c"])
def test_a_typed_booking_code_admits_as_the_qr_code_does(hall: Hall, typed: str) -> None:
    """Case, hyphen and spaces do not matter; I and L are read as 1."""
    hall.hear(booking(code="TRK-1A2B3C"))
    assert hall.scan(typed).number == "A-001"


def test_those_with_an_earlier_appointment_wait_before(hall: Hall) -> None:
    """Who comes early is told of those whose hour is sooner, for the same service alone."""
    hall.arrive(starts_at=NOON + timedelta(hours=1))
    hall.arrive(starts_at=NOON, service="renewal")
    hall.arrive(starts_at=NOON)

    assert hall.arrive(starts_at=NOON).waiting_before == 1
    assert hall.arrive(starts_at=NOON + timedelta(hours=2)).waiting_before == 3


def test_a_genuine_ticket_is_admitted_before_its_booking_is_known(hall: Hall) -> None:
    """With booking away the signature is proof enough; the name is not known."""
    admitted = hall.scan(ticket(booking()))

    assert (admitted.number, admitted.display_name) == ("A-001", None)


def test_the_name_is_filled_in_when_the_booking_comes_later(hall: Hall) -> None:
    """TicketScanned is said again with the name, under the next version; once."""
    coming = booking()
    hall.scan(ticket(coming))
    hall.said()

    hall.hear(coming, coming)

    (named,) = hall.said()
    assert isinstance(named, TicketScanned)
    assert (named.version, named.display_name, named.person_id) == (2, "Pak Andi", coming.person_id)
    assert (named.number, named.state) == ("A-001", "waiting")


def test_a_ticket_that_was_called_already_gets_its_name_too(hall: Hall) -> None:
    """The late name does not undo the call."""
    coming = booking()
    hall.scan(ticket(coming))
    hall.open()
    hall.call()
    hall.said()

    hall.hear(coming)

    (named,) = hall.said()
    assert isinstance(named, TicketScanned)
    assert (named.version, named.state, named.counter, named.display_name) == (3, "called", 1, "Pak Andi")


def test_a_booking_given_up_after_its_scan_stays_in_the_queue(hall: Hall) -> None:
    """The person stands in the hall; nothing is said of it."""
    coming = booking()
    hall.hear(coming)
    hall.scan(ticket(coming))
    hall.said()

    hall.hear(cancelled(coming))

    assert hall.said() == []
    assert hall.open().waiting == 1


def test_a_ticket_newer_than_its_booking_says_where_and_when(hall: Hall) -> None:
    """A ticket signed after a change counts, though the change has not been heard of yet."""
    before = booking(date=TODAY - timedelta(days=1))
    hall.hear(before)

    assert hall.scan(ticket(before, version=2, date=TODAY)).display_name == "Pak Andi"


def test_a_ticket_older_than_its_booking_does_not_admit(hall: Hall) -> None:
    """A ticket from before a change is for the wrong day now."""
    moved = booking(version=2, date=TODAY + timedelta(days=1))
    hall.hear(moved)

    refused = refusal(hall, ticket(moved, version=1, date=TODAY))

    assert isinstance(refused, errors.OtherDay)


@pytest.mark.parametrize(
    ("timezone", "now"),
    [
        ("Asia/Jakarta", datetime(2026, 11, 22, 17, 0, tzinfo=UTC)),
        ("Asia/Makassar", datetime(2026, 11, 22, 16, 0, tzinfo=UTC)),
        ("Asia/Jayapura", datetime(2026, 11, 22, 15, 0, tzinfo=UTC)),
    ],
)
def test_the_day_of_a_ticket_begins_at_the_offices_own_midnight(
    empty_hall: Hall, timezone: str, now: datetime
) -> None:
    """A second before midnight it is the wrong day, in each of the country's three zones."""
    empty_hall.hear(replace(TARAKAN, timezone=timezone))

    refused = refusal(empty_hall, ticket(booking()), now=now - timedelta(seconds=1))
    assert refused.data["date"] == "2026-11-23"
    assert empty_hall.scan(ticket(booking(starts_at=now)), now=now).number == "A-001"


def test_kiosk_and_phone_count_the_same_people_before_a_ticket(hall: Hall) -> None:
    """Who was sent to a counter too, where it calls the ticket as well."""
    hall.arrive(starts_at=NOON - timedelta(minutes=10))
    hall.open(1)
    hall.open(2)
    hall.call(1)
    hall.at(handlers.transfer_ticket, TransferTicket, 1, to_counter=2)
    first, second = booking(), booking()

    assert hall.scan(ticket(first)).waiting_before == 1
    admitted = hall.scan(ticket(second))

    assert admitted.waiting_before == 2
    again = refusal(hall, ticket(second))
    assert again.data == {"number": admitted.number, "waiting_before": 2}
    query = ExplainTurn(office="TRK", number=admitted.number)
    told = hall.do(lambda tx: handlers.explain_turn(tx, query))
    assert told.place == 3
