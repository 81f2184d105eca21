"""Whom a reminder is for, and when it is sent."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

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
WITA = ZoneInfo("Asia/Makassar")


@pytest.mark.parametrize("event", [slot_booked(), booking_rescheduled(), booking_reinstated()])
def test_who_has_a_booking_is_reminded_on_the_day_before(event: BookingState) -> None:
    """Over WhatsApp alone, at 15.00 for an hour at 09.00; of use that evening, not in the night."""
    (reminder,) = of_reminder(event, at=WEEK_BEFORE, zone=WITA)
    assert (reminder.template, reminder.channel) == ("booking_reminder", "whatsapp")
    assert reminder.send_at == event.starts_at - BEFORE
    assert reminder.expires_at == event.starts_at - BEFORE + OF_USE
    assert (reminder.topic, reminder.version) == (of_booking(event)[0].topic, event.version)


@pytest.mark.parametrize("event", [booking_cancelled(), booking_affected()])
def test_nobody_is_reminded_of_what_cannot_be(event: BookingState) -> None:
    """What is told instead is newer in the same topic, which ends the reminder asked for before."""
    assert of_reminder(event, at=WEEK_BEFORE, zone=WITA) == ()


def test_who_booked_just_now_needs_no_reminder() -> None:
    """The confirmation is the last thing on their phone."""
    last = STARTS_AT - BEFORE - WORTH_IT
    assert len(of_reminder(slot_booked(), at=last, zone=WITA)) == 1
    assert of_reminder(slot_booked(), at=last + timedelta(seconds=1), zone=WITA) == ()


def test_who_may_come_after_all_is_reminded_up_to_its_time() -> None:
    """They may have heard of neither the outage nor its end."""
    send_at = booking_reinstated().starts_at - BEFORE
    assert len(of_reminder(booking_reinstated(), at=send_at, zone=WITA)) == 1
    assert of_reminder(booking_reinstated(), at=send_at + timedelta(seconds=1), zone=WITA) == ()


def test_each_time_of_a_booking_has_a_reminder_of_its_own() -> None:
    """The store keeps one of each occurrence."""
    versions = [
        of_reminder(booking_rescheduled(version=v), at=WEEK_BEFORE, zone=WITA)[0].occurrence for v in (2, 4)
    ]
    assert versions == [2, 4]


@pytest.mark.parametrize(
    ("hour", "sent", "expires"),
    [
        ("08:00", "14:00", "20:00"),
        ("13:00", "19:00", "22:00"),
        ("15:30", "20:00", "22:00"),
        ("23:45", "20:00", "22:00"),
        ("00:15", "08:00", "14:00"),
        ("03:00", "09:00", "15:00"),
    ],
)
def test_no_phone_rings_at_night(hour: str, sent: str, expires: str) -> None:
    """By the office's clock, always on the day before."""
    starts_at = datetime.fromisoformat(f"2026-12-01T{hour}:00").replace(tzinfo=WITA).astimezone(UTC)
    booked = replace(slot_booked(), starts_at=starts_at)
    (reminder,) = of_reminder(booked, at=starts_at - timedelta(days=7), zone=WITA)
    assert reminder.send_at is not None
    told = [f"{at.astimezone(WITA):%m-%d %H:%M}" for at in (reminder.send_at, reminder.expires_at)]
    assert told == [f"11-30 {sent}", f"11-30 {expires}"]


def test_without_the_offices_clock_it_is_hours_before() -> None:
    """Of an office that is not known yet."""
    (reminder,) = of_reminder(slot_booked(), at=WEEK_BEFORE, zone=None)
    assert (reminder.send_at, reminder.expires_at) == (STARTS_AT - BEFORE, STARTS_AT - BEFORE + OF_USE)
