"""Tickets that are held to readers at the same moment share a transaction, and nothing else."""

from datetime import timedelta

from contracts.events import TicketScanned
from contracts.refusals import Refused
from contracts.requests.checkin import Admission
from services.checkin import errors
from tests.integration.checkin.hall import NOON, TODAY, Hall, booking, cancelled, rescheduled, ticket


def test_what_one_is_refused_for_concerns_no_other(hall: Hall) -> None:
    """Each gets its own answer, and who is admitted gets a number without a gap."""
    andi, sari, gone, elsewhere = booking(), booking(service="renewal"), booking(), booking(office="MLN")
    hall.hear(andi, sari, gone, cancelled(gone))

    outcomes = hall.scan_together(
        ticket(andi),
        ticket(andi)[:-4],
        ticket(gone),
        sari.code,
        ticket(elsewhere),
        "TRK-ZZZZZZ",
        ticket(booking()),
    )

    assert [_told(outcome) for outcome in outcomes] == [
        "A-001",
        errors.TamperedTicket,
        errors.CancelledBooking,
        "B-001",
        errors.OtherOffice,
        errors.UnknownTicket,
        "A-002",
    ]
    assert [event.number for event in hall.said() if isinstance(event, TicketScanned)] == [
        "A-001",
        "B-001",
        "A-002",
    ]


def test_each_is_told_who_of_them_is_called_before(hall: Hall) -> None:
    """The order of appointments, and not the order in which the readers were asked."""
    hall.arrive(starts_at=NOON)
    later, sooner, other = (
        ticket(booking(starts_at=NOON + timedelta(minutes=10))),
        ticket(booking(starts_at=NOON + timedelta(minutes=5))),
        ticket(booking(service="renewal")),
    )

    admitted = hall.scan_together(later, sooner, other)

    assert [(each.number, each.waiting_before) for each in admitted if isinstance(each, Admission)] == [
        ("A-002", 2),
        ("A-003", 1),
        ("B-001", 0),
    ]


def test_of_one_ticket_at_two_readers_the_second_is_told_the_number(hall: Hall) -> None:
    """Also where the second reader was given its code."""
    andi = booking()
    hall.hear(andi)

    first, second, third = hall.scan_together(ticket(andi), andi.code, ticket(andi))

    assert isinstance(first, Admission)
    again = {"number": "A-001", "waiting_before": 0}
    assert [isinstance(each, errors.AlreadyScanned) and each.data for each in (second, third)] == [again] * 2


def test_who_is_back_and_who_was_moved_come_in_with_the_others(hall: Hall) -> None:
    """One under the number of before, one that waited in vain on another day under a new version."""
    moved = booking()
    hall.hear(moved)
    hall.scan(ticket(moved))
    tomorrow = NOON + timedelta(days=1)
    again = rescheduled(moved, tomorrow)
    hall.hear(again, now=tomorrow)
    absent = booking(date=TODAY + timedelta(days=1), starts_at=tomorrow)
    hall.hear(absent)
    hall.scan(ticket(absent))
    hall.open()
    hall.call()
    hall.recall()
    hall.no_show()

    back, anew, fresh = hall.scan_together(
        ticket(absent), ticket(again), ticket(booking(date=again.date, starts_at=tomorrow))
    )

    assert isinstance(back, Admission)
    assert isinstance(anew, Admission)
    assert isinstance(fresh, Admission)
    assert [(each.number, each.is_back) for each in (back, anew, fresh)] == [
        ("A-001", True),
        ("A-002", False),
        ("A-003", False),
    ]
    versions = {event.number: event.version for event in hall.said() if isinstance(event, TicketScanned)}
    assert versions["A-002"] == 2


def _told(outcome: Admission | Refused) -> object:
    return outcome.number if isinstance(outcome, Admission) else type(outcome)
