"""A reminder waits for its time in the database, and is dropped by whatever makes it pointless."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from contracts.events.booking import BookingState
from services.notify.domain.reminders import BEFORE, OF_USE
from tests.integration.notify.post import Post
from tests.unit.notify.samples import (
    booking_affected,
    booking_cancelled,
    booking_reinstated,
    booking_rescheduled,
    slot_booked,
)

DAY = timedelta(days=1)
WHEN: dict[str, Any] = {
    "starts_at": slot_booked().starts_at + 7 * DAY,
    "ends_at": slot_booked().ends_at + 7 * DAY,
    "date": slot_booked().date + 7 * DAY,
}
STRANGER = "01976a00-0000-7000-8000-0000000000f7"
STARTS_AT: datetime = WHEN["starts_at"]


@pytest.fixture
def andi(post: Post) -> Post:
    """A post office that knows Pak Andi and Tarakan, and told him of his booking a week ahead."""
    post.know_office()
    post.know_contact()
    post.hear(slot_booked(**WHEN))
    post.deliver()
    return post


def reminders(post: Post) -> dict[int, str]:
    """The status of each reminder, by its occurrence."""
    return {
        occurrence: status
        for (template, _, occurrence), status in post.statuses().items()
        if template == "booking_reminder"
    }


def come(post: Post, moment: datetime) -> int:
    """Let it be then, and send what is due; return how many messages were tried."""
    post.now = moment
    post.look_after()
    return post.deliver()


def test_it_comes_on_the_day_before_and_once(andi: Post) -> None:
    """Not a second earlier; with day, hour and what to bring."""
    assert reminders(andi) == {1: "scheduled"}
    assert come(andi, STARTS_AT - BEFORE - timedelta(seconds=1)) == 0
    assert come(andi, STARTS_AT - BEFORE) == 1
    assert reminders(andi) == {1: "delivered"}
    told = andi.sandbox.received(andi.phone)[-1]["text"]
    assert "kami ingatkan" in told
    assert "Senin, 30 November 2026 pukul 09.00 WITA" in told
    assert "/tiket/TRK-7KQ2MX" in told
    assert come(andi, STARTS_AT - timedelta(hours=1)) == 0


def test_for_an_afternoon_it_comes_before_the_night(post: Post) -> None:
    """At 20.00 in Tarakan, not at 22.30; the office's clock is the one of its own events."""
    post.know_office()
    post.know_contact()
    at_half_past_four = timedelta(hours=7, minutes=30)
    post.hear(
        slot_booked(**WHEN | {name: WHEN[name] + at_half_past_four for name in ("starts_at", "ends_at")})
    )
    post.deliver()
    eight = STARTS_AT - timedelta(hours=13)
    assert come(post, eight - timedelta(seconds=1)) == 0
    assert come(post, eight) == 1


@pytest.mark.parametrize(
    "event", [booking_cancelled(**WHEN), booking_affected(**WHEN)], ids=["cancelled", "affected"]
)
def test_nobody_is_reminded_of_what_was_cancelled_or_cannot_be(andi: Post, event: BookingState) -> None:
    """Told once that it does not stand, and nothing after that."""
    andi.hear(event)
    assert reminders(andi) == {1: "superseded"}
    andi.deliver()
    assert come(andi, STARTS_AT - BEFORE) == 0


def test_who_has_moved_is_reminded_of_the_new_time(andi: Post) -> None:
    """And not of the old one."""
    later = {"starts_at": STARTS_AT + DAY, "ends_at": WHEN["ends_at"] + DAY, "date": WHEN["date"] + DAY}
    andi.hear(booking_rescheduled(**later))
    andi.deliver()
    assert reminders(andi) == {1: "superseded", 2: "scheduled"}
    assert come(andi, STARTS_AT - BEFORE) == 0
    assert come(andi, STARTS_AT + DAY - BEFORE) == 1


def test_who_can_come_after_all_is_reminded(andi: Post) -> None:
    """The closure was lifted in time."""
    for event in (booking_affected(**WHEN), booking_reinstated(**WHEN)):
        andi.hear(event)
        andi.deliver()
    assert reminders(andi) == {1: "superseded", 3: "scheduled"}
    assert come(andi, STARTS_AT - BEFORE) == 1


def test_an_outage_after_the_reminder_is_told(andi: Post) -> None:
    """Who was reminded last believes that the booking stands."""
    assert come(andi, STARTS_AT - BEFORE) == 1
    andi.hear(booking_affected(**WHEN))
    assert andi.deliver() == 2


def test_who_is_not_known_yet_is_reminded_when_they_are(post: Post) -> None:
    """A reminder whose time has come waits for its contact as any other message."""
    post.know_office()
    post.hear(slot_booked(**WHEN, person_id=STRANGER))
    assert come(post, STARTS_AT - BEFORE) == 0
    assert reminders(post) == {1: "waiting"}
    post.know_contact(person_id=STRANGER)
    assert post.deliver() == 3
    assert reminders(post) == {1: "delivered"}


def test_a_reminder_that_comes_too_late_is_not_sent(andi: Post) -> None:
    """Not in the night after an outage, and not when the person stands in the hall."""
    assert come(andi, STARTS_AT - BEFORE + OF_USE) == 0
    assert reminders(andi) == {1: "failed"}


def test_a_reminder_is_tried_as_long_as_it_is_of_use(andi: Post) -> None:
    """A provider that is away for an afternoon costs nobody theirs."""
    andi.sandbox.fail({"channel": "whatsapp", "kind": "broken", "times": 1000})
    moment = STARTS_AT - BEFORE
    for _ in range(40):
        come(andi, moment)
        moment += timedelta(minutes=6)
    assert reminders(andi) == {1: "due"}
    andi.sandbox.fail()
    assert come(andi, moment + timedelta(minutes=15)) == 1
    assert reminders(andi) == {1: "delivered"}


def test_who_hears_of_a_booking_too_late_is_not_reminded_too(post: Post) -> None:
    """The confirmation came an hour before."""
    post.know_office()
    post.know_contact()
    post.now = STARTS_AT - BEFORE - timedelta(hours=1)
    post.hear(slot_booked(**WHEN))
    assert reminders(post) == {}


def test_what_is_pointless_by_now_is_not_woken(andi: Post) -> None:
    """Whatever wrote the newer message did not know of reminders."""
    with andi.database.engine.begin() as connection:
        connection.execute(
            text("UPDATE message SET version = 7, topic = (SELECT topic FROM message LIMIT 1)"
                 " WHERE template = 'booking_confirmed'")
        )  # fmt: skip
    assert come(andi, STARTS_AT - BEFORE) == 0
    assert reminders(andi) == {1: "superseded"}
