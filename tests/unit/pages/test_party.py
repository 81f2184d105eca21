"""Whose booking keeps somebody from making another."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from gateway.pages.citizen.party import booking_ahead
from tests.unit.gateway.test_bookings import BOOKING


def test_a_dependents_booking_keeps_nobody_else_from_booking() -> None:
    """Booking says whose it is; two of a family may be called by the same name."""
    mine = replace(BOOKING, ends_at=datetime.now(UTC) + timedelta(hours=1))
    childs = replace(mine, dependent="child")
    assert booking_ahead([childs]) is None
    assert booking_ahead([childs, mine]) is mine
    assert booking_ahead([replace(mine, display_name="Another name since")]) is not None
