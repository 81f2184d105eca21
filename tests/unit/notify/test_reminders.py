"""Whom a reminder is for, and when it is sent."""

from datetime import timedelta

import pytest

from contracts.events.booking import BookingState
from services.notify.domain.messages import of_booking
from services.notify.domain.reminders import BEFORE, OF_USE, WORTH_IT, of_reminder
from tests.unit.notify.samples import (
    booking_affected,
    booking_cancelled,
    booking_reinstated,
    booking_rescheduled,
    slot_booked,
)

STARTS_AT = slot_booked().starts_at
WEEK_BEFORE = STARTS_AT - timedelta(days=7)


@pytest.mark.parametrize("event", [slot_booked(), booking_rescheduled(), booking_reinstated()])
def test_who_has_a_booking_is_reminded_on_the_day_before(event: BookingState) -> None:
    """Over WhatsApp alone, at 15.00 for an hour at 09.00; of use that evening, not in the night."""
    (reminder,) = of_reminder(event, at=WEEK_BEFORE)
    assert (reminder.template, reminder.channel) == ("booking_reminder", "whatsapp")
    assert reminder.send_at == event.starts_at - BEFORE
    assert reminder.expires_at == event.starts_at - BEFORE + OF_USE
    assert (reminder.topic, reminder.version) == (of_booking(event)[0].topic, event.version)


@pytest.mark.parametrize("event", [booking_cancelled(), booking_affected()])
def test_nobody_is_reminded_of_what_cannot_be(event: BookingState) -> None:
    """What is told instead is newer in the same topic, which ends the reminder asked for before."""
    assert of_reminder(event, at=WEEK_BEFORE) == ()


def test_who_booked_just_now_needs_no_reminder() -> None:
    """The confirmation is the last thing on their phone."""
    last = STARTS_AT - BEFORE - WORTH_IT
    assert len(of_reminder(slot_booked(), at=last)) == 1
    assert of_reminder(slot_booked(), at=last + timedelta(seconds=1)) == ()


def test_who_may_come_after_all_is_reminded_up_to_its_time() -> None:
    """They may have heard of neither the outage nor its end."""
    send_at = booking_reinstated().starts_at - BEFORE
    assert len(of_reminder(booking_reinstated(), at=send_at)) == 1
    assert of_reminder(booking_reinstated(), at=send_at + timedelta(seconds=1)) == ()


def test_each_time_of_a_booking_has_a_reminder_of_its_own() -> None:
    """The store keeps one of each occurrence."""
    versions = [of_reminder(booking_rescheduled(version=v), at=WEEK_BEFORE)[0].occurrence for v in (2, 4)]
    assert versions == [2, 4]
