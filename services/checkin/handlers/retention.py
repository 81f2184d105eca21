"""Names and persons are kept no longer than the work needs (law 27/2022 on personal data)."""

from datetime import date, timedelta

from chassis import tombstones
from chassis.database import Transaction
from contracts.events import PersonErased
from contracts.events.accounts import ERASED_REMEMBERED
from services.checkin.store import erasure, retention

SUMS_KEPT = timedelta(days=731)
"""How long it is known what days came to: two years, so that a month has its like of last year."""


def forget_past_queues(tx: Transaction, *, kept: timedelta) -> None:
    """Drop the tickets of days that were over longer ago than `kept`.

    One that was left before a counter stays until it is finished: else the counter would be free, and
    no event would have said so. What the days came to is kept without the people, for SUMS_KEPT.
    """
    retention.forget_sums(tx, _first_kept(tx, SUMS_KEPT))
    retention.forget_queues(tx, _first_kept(tx, kept))


def forget_past_bookings(tx: Transaction, *, kept: timedelta) -> None:
    """Drop the bookings of days that were over longer ago than `kept`.

    An event that is replayed after that brings its booking back until the next time.
    """
    retention.forget_expected(tx, _first_kept(tx, kept))


def forget_person(tx: Transaction, event: PersonErased) -> None:
    """Take an erased person's name off their tickets; display is told by the same event."""
    erasure.forget_people(tx, people=event.people, bookings=event.bookings)


def forget_tombstones(tx: Transaction) -> None:
    """Forget whom an erasure of long ago was about."""
    tombstones.forget(tx, before=tx.now - ERASED_REMEMBERED)


def _first_kept(tx: Transaction, kept: timedelta) -> date:
    """Count in UTC's days: no office's today is before UTC's yesterday."""
    return tx.now.date() - kept
