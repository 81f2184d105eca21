"""Places that were given up: they cool down, are offered to who waits longest, or are free again.

given up ──▶ cooling ──▶ offered ──▶ booked
                │  ▲        │
                │  └────────┤ declined, expired: to the next at once
                └───────────┴──▶ free

Until a place is free or booked it counts as taken.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from random import SystemRandom

import uuid_utils

from chassis.database import Transaction
from contracts.events import WaitlistOffered
from services.booking.domain.cool_down import CoolDown
from services.booking.domain.offer import Offer
from services.booking.domain.payment import ANY_HOLDER, HoldLimit
from services.booking.domain.quota import Taken
from services.booking.domain.waitlist import Entry
from services.booking.store import payments, slots, waitlist
from services.booking.store.waitlist import Returning

AT_ONCE = CoolDown(shortest=timedelta(0), longest=timedelta(0))

_MOST_AT_ONCE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Returns:
    """How places return; `chance` draws a number from 0 to 1 that nobody can foretell.

    What is paid first is offered to nobody who left more holds unpaid than `hold_limit` lets.
    """

    cool_down: CoolDown = AT_ONCE
    hold_limit: HoldLimit = ANY_HOLDER
    chance: Callable[[], float] = field(default=SystemRandom().random)


FREE_AT_ONCE = Returns()


def give_up_places(
    tx: Transaction, offers: Mapping[str, Offer], given_up: Mapping[str, tuple[Taken, ...]], returns: Returns
) -> None:
    """Let places of some bookings, by their ids, return; `offers` are their locked slots that are given out.

    Places of a slot that is not given out any more have nowhere to return to, and are free at once.
    """
    cooling: list[Returning] = []
    free: list[Taken] = []
    for booking_id, places in given_up.items():
        if not places:
            continue
        first = offers.get(places[0].slot_id)
        if returns.cool_down.is_off or first is None:
            free += places
            continue
        due_at = returns.cool_down.returns_at(now=tx.now, starts_at=first.starts_at, chance=returns.chance())
        return_id = str(uuid_utils.uuid7())
        cooling.append(Returning(return_id=return_id, places=places, due_at=due_at, booking_id=booking_id))
    waitlist.add_returning(tx, cooling)
    slots.give_back_places(tx, free)


def return_due_places(tx: Transaction, returns: Returns) -> int:
    """Offer the places whose time has come to who waits, or free them; return how many there were."""
    due = waitlist.take_due(tx, most=_MOST_AT_ONCE)
    offers = slots.lock_offers(tx, {place.slot_id for one in due for place in one.places}) if due else {}
    for one in due:
        if one.entry_id is not None:
            _expire(tx, one.entry_id)
        _pass_on(tx, one, offers, returns)
    return len(due)


def _expire(tx: Transaction, entry_id: str) -> None:
    entry = waitlist.lock_entry(tx, entry_id)
    if entry is not None and entry.status == "offered":
        waitlist.put_entry(tx, entry.ended("expired"))


def _pass_on(tx: Transaction, one: Returning, offers: Mapping[str, Offer], returns: Returns) -> None:
    offer = offers.get(one.places[0].slot_id)
    entry = None if offer is None else _next(tx, one, offer, returns.hold_limit)
    if offer is None or entry is None:
        waitlist.forget_returning(tx, one.return_id)
        slots.give_back_places(tx, one.places)
        return
    ends_at = returns.cool_down.offer_ends_at(now=tx.now, starts_at=offer.starts_at)
    offered = entry.offered(starts_at=offer.starts_at, ends_at=offer.ends_at, offer_ends_at=ends_at)
    waitlist.put_off(tx, one.return_id, until=ends_at, entry_id=entry.entry_id)
    waitlist.put_entry(tx, offered)
    tx.emit(_told(offered))


def _next(tx: Transaction, one: Returning, offer: Offer, limit: HoldLimit) -> Entry | None:
    """Choose who gets an offer; nobody for a place that is kept for some, or a visit that is cut."""
    is_whole = tuple(place.slot_id for place in one.places) == offer.slot_ids
    is_anybodys = all(place.pool == "regular" for place in one.places)
    if not is_whole or not is_anybodys or offer.following is None or offer.sell_until <= tx.now:
        return None
    passed_over: set[str] = set()
    while entry := waitlist.next_waiting(tx, offer, without=passed_over):
        if offer.prepaid is None or not _is_barred(tx, entry.person_id, limit):
            return entry
        passed_over.add(entry.person_id)
    return None


def _is_barred(tx: Transaction, person_id: str, limit: HoldLimit) -> bool:
    unpaid = payments.count_unpaid(tx, [person_id], since=tx.now - limit.within)
    return limit.bars(unpaid.get(person_id, 0))


def _told(entry: Entry) -> WaitlistOffered:
    if entry.starts_at is None or entry.ends_at is None or entry.offer_ends_at is None:
        raise ValueError(f"nothing is offered to {entry.entry_id}")
    return WaitlistOffered(
        version=entry.version,
        entry_id=entry.entry_id,
        person_id=entry.person_id,
        office=entry.office,
        service=entry.service,
        status=entry.status,
        starts_at=entry.starts_at,
        ends_at=entry.ends_at,
        offer_ends_at=entry.offer_ends_at,
    )
