"""A ticket is held to the reader: who is admitted, under which number, and who is not."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from contracts.events import TicketScanned
from contracts.hall import HallRules
from contracts.keys import SigningKey
from contracts.refusals import Refused
from contracts.ticket import TicketSigner
from services.checkin import errors
from tests.integration.checkin.hall import NOON, TARAKAN, TODAY, Hall, booking, cancelled, rescheduled, ticket


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

    refused = _refusal(hall, ticket(moved, version=1, date=TODAY))

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

    refused = _refusal(empty_hall, ticket(booking()), now=now - timedelta(seconds=1))
    assert refused.data["date"] == "2026-11-23"
    assert empty_hall.scan(ticket(booking(starts_at=now)), now=now).number == "A-001"


def test_a_text_that_is_no_ticket_is_tampered(hall: Hall) -> None:
    """Whatever else the reader reads is refused, and so is a ticket with one letter changed."""
    genuine = ticket(booking())
    changed = genuine[:100] + ("A" if genuine[100] != "A" else "B") + genuine[101:]
    for text in ("https://example.com/menu-of-the-canteen", changed):
        assert isinstance(_refusal(hall, text), errors.TamperedTicket)


def test_a_ticket_signed_with_another_key_is_tampered(hall: Hall) -> None:
    """A forger may know the form, but not the key."""
    forger = TicketSigner(SigningKey.generate("test"))
    assert isinstance(_refusal(hall, ticket(booking(), signer=forger)), errors.TamperedTicket)


def test_a_ticket_after_its_time_is_expired(hall: Hall) -> None:
    """The token itself says until when it holds."""
    assert isinstance(_refusal(hall, ticket(booking(), expires_at=NOON)), errors.ExpiredTicket)


def test_a_code_that_was_never_booked_is_unknown(hall: Hall) -> None:
    """The refusal says the code as it was read."""
    refused = _refusal(hall, "trk 7k3m9p")
    assert isinstance(refused, errors.UnknownTicket)
    assert refused.data == {"code": "TRK-7K3M9P"}


def test_a_ticket_of_another_office_is_told_which(hall: Hall) -> None:
    """By name when that office is known here, and how far it is where both places are."""
    coming = booking(office="SKW")
    refused = _refusal(hall, ticket(coming))
    assert isinstance(refused, errors.OtherOffice)
    assert refused.data == {"office": "SKW", "office_name": None, "distance_km": None}

    singkawang = replace(TARAKAN, office="SKW", name="Kantor Imigrasi Singkawang")
    told = {"office": "SKW", "office_name": "Kantor Imigrasi Singkawang"}
    hall.hear(replace(singkawang, version=2, latitude=0.91, longitude=108.98))
    assert _refusal(hall, ticket(coming)).data == {**told, "distance_km": None}

    hall.hear(replace(TARAKAN, version=2, latitude=3.3, longitude=117.63))
    assert _refusal(hall, ticket(coming)).data == {**told, "distance_km": 997}


def test_a_ticket_of_another_day_is_told_which(hall: Hall) -> None:
    """A typed code is checked as a scanned one is."""
    tomorrow = NOON + timedelta(days=1)
    coming = booking(date=date(2026, 11, 24), starts_at=tomorrow, code="TRK-000001")
    hall.hear(coming)
    for text in (ticket(coming), "TRK-000001"):
        refused = _refusal(hall, text)
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
    assert isinstance(_refusal(hall, ticket(coming)), errors.CancelledBooking)


def test_a_second_scan_is_told_the_number(hall: Hall) -> None:
    """By QR code or typed, the ticket keeps the number that it has; and how many are before it now."""
    hall.arrive()
    coming = booking()
    hall.hear(coming)
    hall.scan(ticket(coming))
    for text in (ticket(coming), coming.code):
        refused = _refusal(hall, text)
        assert isinstance(refused, errors.AlreadyScanned)
        assert refused.data == {"number": "A-002", "waiting_before": 1}

    hall.open()
    hall.call()
    assert _refusal(hall, coming.code).data == {"number": "A-002", "waiting_before": 0}


def test_a_second_scan_is_told_the_number_though_the_booking_was_given_up(hall: Hall) -> None:
    """It waits in the hall all the same."""
    coming = booking()
    hall.hear(coming)
    hall.scan(ticket(coming))
    hall.hear(cancelled(coming))
    assert isinstance(_refusal(hall, ticket(coming)), errors.AlreadyScanned)


def test_who_comes_much_too_early_is_told_when_to_come_back(empty_hall: Hall) -> None:
    """By the clock of the office; the ticket is as good as new then."""
    empty_hall.hear(replace(TARAKAN, hall=HallRules(early_minutes=60)))
    coming = booking()
    empty_hall.hear(coming)

    refused = _refusal(empty_hall, ticket(coming), now=NOON - timedelta(minutes=60, seconds=1))

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

    refused = _refusal(empty_hall, ticket(near), now=now)
    assert isinstance(refused, errors.TooLate)
    assert refused.data == {
        "starts_at": "2026-11-23T12:00:00+08:00",
        "ends_at": "2026-11-23T13:00:00+08:00",
    }
    assert not empty_hall.scan(ticket(far), now=now).is_late
    unknown = booking(is_far=True)
    assert isinstance(_refusal(empty_hall, ticket(unknown), now=now), errors.TooLate)


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
    assert isinstance(_refusal(hall, ticket(moved)), errors.AlreadyScanned)


def test_a_ticket_that_was_left_before_a_counter_is_not_admitted_on_another_day(hall: Hall) -> None:
    """First the officer says what became of it."""
    coming = booking()
    hall.hear(coming)
    hall.scan(ticket(coming))
    hall.open()
    hall.call()
    moved = rescheduled(coming, NOON + timedelta(days=1))
    hall.hear(moved)
    assert isinstance(_refusal(hall, ticket(moved), now=moved.starts_at), errors.AlreadyCalled)


def test_an_office_never_heard_of_admits_nobody(empty_hall: Hall) -> None:
    """Without its time zone nobody knows which day it is there."""
    refused = _refusal(empty_hall, ticket(booking()))
    assert isinstance(refused, errors.UnknownOffice)
    assert refused.data == {"office": "TRK"}


def test_a_refused_scan_leaves_no_gap_in_the_numbers(hall: Hall) -> None:
    """The number that a second scan took is given back."""
    coming = booking()
    hall.scan(ticket(coming))
    _refusal(hall, ticket(coming))
    assert hall.arrive().number == "A-002"


def _refusal(hall: Hall, text: str, *, now: datetime | None = None) -> Refused:
    said_before = list(hall.heard)
    with pytest.raises(Refused) as refused:
        hall.scan(text, now=now)
    assert hall.heard == said_before
    return refused.value
