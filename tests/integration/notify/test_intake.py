"""What becomes of events: one message for each thing to tell, whatever the order and the repeats."""

from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfoNotFoundError

import pytest
from sqlalchemy import text

from chassis.database import Database
from contracts.events import Event
from services.notify import handlers
from services.notify.domain.messages import of_ticket
from services.notify.store import metadata
from tests.catalog import declared, migrated
from tests.contention import at_once
from tests.integration.notify.post import Post, new_id, tell
from tests.integration.sandbox.provider import Sandbox
from tests.unit.notify.samples import (
    NOW,
    booking_cancelled,
    counter_called,
    slot_booked,
    ticket_scanned,
    turn_near,
)

CONFIRMED = ("booking_confirmed", "whatsapp", 1), ("booking_confirmed", "email", 1)
CANCELLED = ("booking_cancelled", "whatsapp", 1), ("booking_cancelled", "email", 1)
ADMITTED, NEAR = ("ticket_admitted", "whatsapp", 1), ("turn_near", "whatsapp", 1)
CALLED, RECALLED = (
    (
        "ticket_called",
        "whatsapp",
        of_ticket(counter_called(calls=calls), call_of_use=timedelta())[0].occurrence,
    )
    for calls in (1, 2)
)


def test_the_migrations_make_the_declared_tables(database: Callable[[str], str]) -> None:
    """Two descriptions of one schema do not drift apart."""
    assert migrated("services.notify", database("migrated")) == declared(metadata, database("declared"))


@pytest.fixture
def stranger(notify: Database, sandbox: Sandbox, phone: str, mailbox: str) -> Post:
    """A notify that knows neither the person nor the office."""
    return Post(database=notify, sandbox=sandbox, phone=phone, mailbox=mailbox)


def test_a_message_is_due_at_once_when_contact_and_office_are_known(post: Post) -> None:
    """The usual case."""
    post.hear(slot_booked())
    assert post.statuses() == dict.fromkeys(CONFIRMED, "due")


def test_who_comes_again_on_another_day_is_told_their_new_number_and_call(post: Post) -> None:
    """Their booking was moved while they waited: what they were told of the day before is no answer."""
    post.hear(ticket_scanned(), turn_near(), counter_called())
    next_day = {"date": NOW.date() + timedelta(days=1), "number": "A-003"}
    post.hear(
        ticket_scanned(version=5, **next_day),
        turn_near(version=5, **next_day),
        counter_called(version=6, **next_day, called_at=NOW + timedelta(days=1)),
    )
    asked = [(row["template"], row["facts"]["number"]) for row in post.rows()]
    assert asked == [
        (template, number)
        for number in ("A-012", "A-003")
        for template in ("ticket_admitted", "turn_near", "ticket_called")
    ]


def test_a_message_waits_for_a_contact_that_comes_later(stranger: Post) -> None:
    """Events of different kinds arrive in any order."""
    stranger.know_office()
    stranger.hear(slot_booked())
    assert stranger.deliver() == 0
    assert stranger.statuses() == dict.fromkeys(CONFIRMED, "waiting")
    stranger.know_contact()
    assert stranger.statuses() == dict.fromkeys(CONFIRMED, "due")


def test_a_message_waits_for_an_office_that_comes_later(stranger: Post) -> None:
    """Without the office's zone the hour would be wrong."""
    stranger.know_contact()
    stranger.hear(slot_booked())
    assert stranger.statuses() == dict.fromkeys(CONFIRMED, "waiting")
    stranger.know_office()
    stranger.look_after()
    assert stranger.statuses() == dict.fromkeys(CONFIRMED, "due")


def test_the_clock_frees_what_a_contact_missed_because_both_came_at_once(stranger: Post) -> None:
    """Two transactions that don't see each other must not leave a message waiting for ever."""
    stranger.know_office()
    with stranger.transaction() as tx:
        tell(tx, slot_booked())
        stranger.know_contact()
    assert set(stranger.statuses().values()) == {"waiting"}
    stranger.look_after()
    assert set(stranger.statuses().values()) == {"due"}


def test_an_event_that_comes_again_asks_for_nothing_new(post: Post) -> None:
    """Whatever id it has the second time."""
    post.hear(slot_booked(), slot_booked())
    post.hear(counter_called(), counter_called())
    assert len(post.rows()) == 3


def test_the_same_event_in_many_transactions_at_once_asks_once(post: Post) -> None:
    """Real concurrency, one winner."""
    at_once([lambda: post.hear(counter_called()) for _ in range(8)])
    assert len(post.rows()) == 1


@pytest.mark.parametrize(
    "events", [(slot_booked(), booking_cancelled()), (booking_cancelled(), slot_booked())]
)
def test_of_a_booking_and_its_cancellation_heard_together_only_the_cancellation_is_told(
    post: Post, events: tuple[Event, ...]
) -> None:
    """In whichever order; and a later copy of the booking asks for nothing."""
    post.hear_together(*events)
    post.hear(slot_booked())
    assert set(post.statuses()) == {("booking_cancelled", "whatsapp", 1), ("booking_cancelled", "email", 1)}


def test_what_is_heard_together_about_many_bookings_is_all_told(post: Post) -> None:
    """Each with the event that asked for it as its cause."""
    bookings = [slot_booked(booking_id=new_id()) for _ in range(20)]
    post.hear_together(*bookings, *bookings[:5])
    rows = post.rows()
    assert sorted({row["topic"] for row in rows}) == sorted(f"booking/{one.booking_id}" for one in bookings)
    assert len({row["causation_id"] for row in rows}) == 20
    assert len(rows) == 40


def test_a_cancellation_supersedes_a_confirmation_that_was_not_sent(post: Post) -> None:
    """Nobody gets 'confirmed' after 'cancelled'."""
    post.hear(slot_booked(), booking_cancelled())
    assert post.statuses() == {**dict.fromkeys(CONFIRMED, "superseded"), **dict.fromkeys(CANCELLED, "due")}


def test_a_booking_that_is_heard_of_after_its_cancellation_is_not_confirmed(post: Post) -> None:
    """Order does no harm."""
    post.hear(booking_cancelled(), slot_booked())
    assert post.statuses() == dict.fromkeys(CANCELLED, "due")


def test_a_call_supersedes_the_number_and_a_recall_the_call(post: Post) -> None:
    """Only the last word reaches the phone when the earlier ones could not."""
    post.hear(ticket_scanned(), counter_called(), counter_called(version=3, calls=2))
    assert post.statuses() == {ADMITTED: "superseded", CALLED: "superseded", RECALLED: "due"}


def test_a_third_call_leaves_everything_as_it_is(post: Post) -> None:
    """It asks for no message, and takes none away."""
    post.hear(counter_called(calls=2), counter_called(version=3, calls=3))
    assert post.statuses() == {RECALLED: "due"}


def test_a_near_turn_is_told_beside_the_number_and_once_however_often_it_is_heard(post: Post) -> None:
    """The ticket did not change: neither message makes the other pointless."""
    post.hear(ticket_scanned(), turn_near(), turn_near(before=2))
    assert post.statuses() == {ADMITTED: "due", NEAR: "due"}


def test_nobody_is_told_that_their_turn_is_near_once_they_are_called(post: Post) -> None:
    """The call makes it pointless, whichever of the two is heard first."""
    post.hear(turn_near(), counter_called())
    assert post.statuses() == {NEAR: "superseded", CALLED: "due"}
    post.hear(
        counter_called(version=3, calls=2), turn_near(step="biometrics", steps=("service", "biometrics"))
    )
    assert post.statuses() == {NEAR: "superseded", CALLED: "superseded", RECALLED: "due"}


def test_a_name_that_becomes_known_later_leads_to_the_message(post: Post) -> None:
    """The first scan of an unknown booking tells nobody; the second knows whom."""
    post.hear(ticket_scanned(person_id=None, display_name=None))
    assert post.statuses() == {}
    post.hear(ticket_scanned(version=2))
    assert post.statuses() == {ADMITTED: "due"}


def test_a_scan_that_is_told_again_with_a_newer_version_keeps_its_message(post: Post) -> None:
    """The same thing to tell does not supersede itself."""
    post.hear(ticket_scanned(), ticket_scanned(version=2))
    assert post.statuses() == {ADMITTED: "due"}


def test_an_older_contact_does_not_replace_a_newer_one(post: Post) -> None:
    """Versions decide, not the order of arrival."""
    post.know_contact(version=3, display_name="Bu Sari")
    post.know_contact(version=2, display_name="Pak Budi")
    with post.database.engine.connect() as connection:
        assert connection.execute(text("SELECT display_name FROM contact")).scalar() == "Bu Sari"


def test_an_office_in_a_zone_that_does_not_exist_is_refused(post: Post) -> None:
    """The event is parked; the office keeps its last good zone."""
    with pytest.raises(ZoneInfoNotFoundError):
        post.know_office(version=2, timezone="Asia/Tarakan")


def test_finished_messages_are_forgotten_after_their_time(post: Post) -> None:
    """Personal data is kept no longer than needed; what is not finished stays."""
    post.hear(slot_booked(), booking_cancelled())
    post.now = NOW + timedelta(days=31)
    with post.transaction() as tx:
        handlers.forget_finished(tx, kept=timedelta(days=30))
    assert post.statuses() == dict.fromkeys(CANCELLED, "due")
