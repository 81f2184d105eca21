"""Booking that reads the free places without locking the slots: for showing that the rush would notice."""

from services.booking.service import BookingService
from services.booking.store import slots

slots._LOCK_OFFERS = slots._READ_OFFERS  # the same query, without its lock

__all__ = ["BookingService"]
