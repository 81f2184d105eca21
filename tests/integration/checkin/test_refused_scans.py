"""A ticket is held to the reader, and not admitted: each is told why, and what to do."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from contracts.events import TicketScanned
from contracts.hall import HallRules
from contracts.keys import SigningKey
from contracts.ticket import TicketSigner
from services.checkin import errors
from tests.integration.checkin.hall import (
    NOON,
    TARAKAN,
    Hall,
    booking,
    cancelled,
    refusal,
    rescheduled,
    ticket,
)


def test_a_text_that_is_no_ticket_is_tampered(hall: Hall) -> None:
    """Whatever else the reader reads is refused, and so is a ticket with one letter changed."""
    genuine = ticket(booking())
    changed = genuine[:100] + ("A" if genuine[100] != "A" else "B") + genuine[101:]
    for text in ("https://example.com/menu-of-the-canteen", changed):
        assert isinstance(refusal(hall, text), errors.TamperedTicket)


def test_a_ticket_signed_with_another_key_is_tampered(hall: Hall) -> None:
    """A forger may know the form, but not the key."""
    forger = TicketSigner(SigningKey.generate("test"))
    assert isinstance(refusal(hall, ticket(booking(), signer=forger)), errors.TamperedTicket)


def test_a_ticket_after_its_time_is_expired(hall: Hall) -> None:
    """The token itself says until when it holds."""
    assert isinstance(refusal(hall, ticket(booking(), expires_at=NOON)), errors.ExpiredTicket)


def test_a_code_that_was_never_booked_is_unknown(hall: Hall) -> None:
    """The refusal says the code as it was read."""
    refused = refusal(hall, "trk 7k3m9p")
    assert isinstance(refused, errors.UnknownTicket)
    assert refused.data == {"code": "TRK-7K3M9P"}


def test_a_ticket_of_another_office_is_told_which(hall: Hall) -> None:
    """By name when that office is known here, and how far it is where both places are."""
    coming = booking(office="SKW")
    refused = refusal(hall, ticket(coming))
    assert isinstance(refused, errors.OtherOffice)
    assert refused.data == {"office": "SKW", "office_name": None, "distance_km": None}

    singkawang = replace(TARAKAN, office="SKW", name="Kantor Imigrasi Singkawang")
    told = {"office": "SKW", "office_name": "Kantor Imigrasi Singkawang"}
    hall.hear(replace(singkawang, version=2, latitude=0.91, longitude=108.98))
    assert refusal(hall, ticket(coming)).data == {**told, "distance_km": None}

    hall.hear(replace(TARAKAN, version=2, latitude=3.3, longitude=117.63))
    assert refusal(hall, ticket(coming)).data == {**told, "distance_km": 997}


def test_a_ticket_of_another_day_is_told_which(hall: Hall) -> None:
    """A typed code is checked as a scanned one is."""
    tomorrow = NOON + timedelta(days=1)
    coming = booking(date=date(2026, 11, 24), starts_at=tomorrow, code="TRK-000001")
    hall.hear(coming)
    for text in (ticket(coming), "TRK-000001"):
        refused = refusal(hall, text)
        assert isinstance(refused, errors.OtherDay)
        assert refused.data == {
            "date": "2026-11-24",
            "starts_at": "2026-11-24T12:00:00+08:00",
            "is_past": False,
        }


def test_a_cancelled_booking_is_refused(hall: Hall) -> None:
    """Its ticket is genuine still, so the booking's own word decides."""
    coming = booking()
    hall.hear(coming, cancelled(coming))
    assert isinstance(refusal(hall, ticket(coming)), errors.CancelledBooking)


def test_a_second_scan_is_told_the_number(hall: Hall) -> None:
    """By QR code or typed, the ticket keeps the number that it has; and how many are before it now."""
    hall.arrive()
    coming = booking()
    hall.hear(coming)
    hall.scan(ticket(coming))
    for text in (ticket(coming), coming.code):
        refused = refusal(hall, text)
        assert isinstance(refused, errors.AlreadyScanned)
        assert refused.data == {"number": "A-002", "waiting_before": 1}

    hall.open()
    hall.call()
    assert refusal(hall, coming.code).data == {"number": "A-002", "waiting_before": 0}


def test_a_second_scan_is_told_the_number_though_the_booking_was_given_up(hall: Hall) -> None:
    """It waits in the hall all the same."""
    coming = booking()
    hall.hear(coming)
    hall.scan(ticket(coming))
    hall.hear(cancelled(coming))
    assert isinstance(refusal(hall, ticket(coming)), errors.AlreadyScanned)


def test_who_comes_much_too_early_is_told_when_to_come_back(empty_hall: Hall) -> None:
    """By the clock of the office; the ticket is as good as new then."""
    empty_hall.hear(replace(TARAKAN, hall=HallRules(early_minutes=60)))
    coming = booking()
    empty_hall.hear(coming)

    refused = refusal(empty_hall, ticket(coming), now=NOON - timedelta(minutes=60, seconds=1))

    assert isinstance(refused, errors.TooEarly)
    assert refused.data == {
        "come_back_at": "2026-11-23T11:00:00+08:00",
        "starts_at": "2026-11-23T12:00:00+08:00",
    }
    assert empty_hall.scan(ticket(coming), now=NOON - timedelta(minutes=60)).number == "A-001"


def test_who_comes_after_the_grace_waits_behind_those_who_are_here(hall: Hall) -> None:
    """An hour that has passed does not overtake the hour that is; within the grace it keeps its turn."""
    late, in_time = booking(), booking()
    hall.hear(late, in_time)
    next_hour = NOON + timedelta(hours=1)
    grace_ends = next_hour + timedelta(minutes=15)
    hall.arrive(starts_at=next_hour, now=grace_ends - timedelta(minutes=1))

    kept = hall.scan(ticket(in_time), now=grace_ends)
    behind = hall.scan(ticket(late), now=grace_ends + timedelta(seconds=1))

    assert (kept.is_late, kept.waiting_before) == (False, 0)
    assert (behind.is_late, behind.waiting_before) == (True, 2)


def test_an_office_may_refuse_who_comes_after_the_grace(empty_hall: Hall) -> None:
    """Who has a long way has a longer one; without their booking nobody knows that."""
    empty_hall.hear(replace(TARAKAN, hall=HallRules(late="refused", grace_minutes=15, far_grace_minutes=60)))
    near, far = booking(), booking(is_far=True)
    empty_hall.hear(near, far)
    now = NOON + timedelta(hours=2)

    refused = refusal(empty_hall, ticket(near), now=now)
    assert isinstance(refused, errors.TooLate)
    assert refused.data == {
        "starts_at": "2026-11-23T12:00:00+08:00",
        "ends_at": "2026-11-23T13:00:00+08:00",
    }
    assert not empty_hall.scan(ticket(far), now=now).is_late
    unknown = booking(is_far=True)
    assert isinstance(refusal(empty_hall, ticket(unknown), now=now), errors.TooLate)


@pytest.mark.parametrize("was_called", [False, True])
def test_who_waited_in_vain_comes_again_on_the_day_to_which_they_moved(hall: Hall, was_called: bool) -> None:
    """With a number of that day, and once more as often as anybody; the office let them down before."""
    coming = booking()
    hall.hear(coming)
    hall.scan(ticket(coming))
    hall.open()
    if was_called:
        hall.call()
        hall.recall()
        hall.no_show()
    hall.arrive()
    moved = rescheduled(coming, NOON + timedelta(days=1))
    hall.hear(moved)
    hall.said()
    back = hall.scan(ticket(moved), now=moved.starts_at)
    assert (back.number, back.waiting_before, back.is_back) == ("A-001", 0, False)
    (said,) = hall.said()
    assert isinstance(said, TicketScanned)
    assert (said.date, said.state, said.calls, said.no_shows) == (moved.date, "waiting", 0, 0)
    assert said.version == (5 if was_called else 2)
    assert isinstance(refusal(hall, ticket(moved)), errors.AlreadyScanned)


def test_a_ticket_that_was_left_before_a_counter_is_not_admitted_on_another_day(hall: Hall) -> None:
    """First the officer says what became of it."""
    coming = booking()
    hall.hear(coming)
    hall.scan(ticket(coming))
    hall.open()
    hall.call()
    moved = rescheduled(coming, NOON + timedelta(days=1))
    hall.hear(moved)
    assert isinstance(refusal(hall, ticket(moved), now=moved.starts_at), errors.AlreadyCalled)


def test_an_office_never_heard_of_admits_nobody(empty_hall: Hall) -> None:
    """Without its time zone nobody knows which day it is there."""
    refused = refusal(empty_hall, ticket(booking()))
    assert isinstance(refused, errors.UnknownOffice)
    assert refused.data == {"office": "TRK"}


def test_a_refused_scan_leaves_no_gap_in_the_numbers(hall: Hall) -> None:
    """The number that a second scan took is given back."""
    coming = booking()
    hall.scan(ticket(coming))
    refusal(hall, ticket(coming))
    assert hall.arrive().number == "A-002"
