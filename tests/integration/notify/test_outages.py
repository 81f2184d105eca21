"""Who is told of an outage, and who of its end: each person by what they have heard before."""

from functools import partial
from itertools import permutations

import pytest

from contracts.events.booking import BookingState
from tests.contention import at_once
from tests.integration.notify.post import Post
from tests.unit.notify.samples import (
    booking_affected,
    booking_cancelled,
    booking_reinstated,
    booking_rescheduled,
    slot_booked,
)

EVENTS = (slot_booked(), booking_affected(), booking_reinstated())


def told(post: Post) -> list[str]:
    """Return what the phone was told, in order of the bookings' versions."""
    rows = [row for row in post.rows() if row["channel"] == "whatsapp" and row["status"] == "delivered"]
    return [row["template"] for row in sorted(rows, key=lambda row: int(row["version"]))]


def test_a_person_hears_of_the_outage_and_of_its_end(post: Post) -> None:
    """Over both channels, each once, however often the events come."""
    for event in EVENTS:
        post.hear(event, event)
        assert post.deliver() == 2
    assert told(post) == ["booking_confirmed", "booking_affected", "booking_reinstated"]


def test_an_outage_that_ends_before_it_was_told_is_not_told_at_all(post: Post) -> None:
    """Neither that the office will be shut nor that it will not."""
    post.hear(slot_booked())
    post.deliver()
    post.hear(booking_affected(), booking_reinstated())
    assert post.deliver() == 0
    assert told(post) == ["booking_confirmed"]


def test_an_end_that_comes_before_its_outage_keeps_both_untold(post: Post) -> None:
    """Events arrive in any order."""
    post.hear(slot_booked())
    post.deliver()
    post.hear(booking_reinstated(), booking_affected())
    assert post.deliver() == 0


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_who_has_heard_nothing_hears_once_that_the_booking_stands(post: Post, order: tuple[int, ...]) -> None:
    """A confirmation that did not get out before the outage is not lost with it."""
    post.hear(*(EVENTS[place] for place in order))
    assert post.deliver() == 2
    assert told(post) == ["booking_reinstated"]


def test_a_second_closure_of_the_day_is_told_again(post: Post) -> None:
    """Its messages are no repetition of the first ones."""
    for event in (*EVENTS, booking_affected(version=4), booking_reinstated(version=5)):
        post.hear(event)
        post.deliver()
    assert told(post)[3:] == ["booking_affected", "booking_reinstated"]


@pytest.mark.parametrize("stands", [booking_rescheduled(version=2), booking_reinstated(version=2)])
def test_an_outage_that_ends_untold_is_no_news_to_who_believes_the_booking_stands(
    post: Post, stands: BookingState
) -> None:
    """Whatever told them so."""
    post.hear(stands)
    post.deliver()
    post.hear(booking_affected(version=3), booking_reinstated(version=4))
    assert post.deliver() == 0


def test_a_message_that_may_have_got_through_is_taken_back(post: Post) -> None:
    """After a failure nobody knows whether the message came through: its end is told in any case."""
    post.hear(slot_booked())
    post.deliver()
    post.hear(booking_affected())
    post.sandbox.fail({"channel": "whatsapp", "kind": "broken", "times": 1, "to": post.phone})
    post.deliver()
    post.hear(booking_reinstated())
    assert post.statuses()["booking_reinstated", "whatsapp", 3] == "due"


def test_who_gives_an_affected_booking_up_hears_only_that(post: Post) -> None:
    """What was not sent of the outage is pointless."""
    post.hear(slot_booked())
    post.deliver()
    post.hear(booking_affected(), booking_cancelled(version=3))
    post.deliver()
    assert told(post) == ["booking_confirmed", "booking_cancelled"]


def test_a_sender_and_an_end_at_the_same_moment_never_leave_a_person_with_the_outage(post: Post) -> None:
    """Either the outage is not sent, or its end is sent after it: twenty races."""
    for race in range(20):
        booking = f"01976a00-0000-7000-8000-0000000001{race:02}"
        post.hear(slot_booked(booking_id=booking, code=f"TRK-7KQ2{race:02}"))
        post.deliver()
        post.hear(booking_affected(booking_id=booking, code=f"TRK-7KQ2{race:02}"))
        end = booking_reinstated(booking_id=booking, code=f"TRK-7KQ2{race:02}")
        at_once([partial(_deliver, post), partial(post.hear, end)])
        post.deliver()
        last = [row for row in post.rows() if booking in row["topic"] and row["status"] == "delivered"]
        newest = {
            row["channel"]: row["template"] for row in sorted(last, key=lambda row: int(row["version"]))
        }
        assert set(newest.values()) <= {"booking_confirmed", "booking_reinstated"}, race


def _deliver(post: Post) -> None:
    post.deliver()
