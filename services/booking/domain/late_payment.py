"""Which places money buys that arrives: those that are kept for it, the same slot's, the nearest, or none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.booking.domain.booking import Booking
from services.booking.domain.offer import Offer
from services.booking.domain.priority import own_pools
from services.booking.domain.quota import Taken
from services.booking.domain.rollout import SELLING_STATUSES
from services.booking.domain.sale import take

Places = Mapping[str, tuple[Taken, ...]]
"""The places of each booking, by its id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A slot for people who come together, their places there, and which of them they had all along."""

    offer: Offer
    places: Places
    kept: frozenset[str] = frozenset()


def places_for(
    party: Sequence[Booking],
    own: Places,
    offers: Mapping[str, Offer],
    nearest: Iterable[str],
    *,
    now: datetime,
) -> Given | None:
    """Give places to all of some people, or to nobody.

    `own` are places that are still kept for a booking, `nearest` the ids of other slots in the order in which
    they are tried. Of `offers` all slots are locked.
    """
    same = _usable(offers.get(party[0].slot_id), now)
    given = None if same is None else _in_slot(party, own, same, offers)
    if given is not None:
        return given
    for slot_id in nearest:
        other = _usable(offers.get(slot_id), now)
        given = None if other is None else _in_slot(party, {}, other, offers)
        if given is not None:
            return given
    return None


def _usable(offer: Offer | None, now: datetime) -> Offer | None:
    if offer is None or offer.following is None or offer.office_status not in SELLING_STATUSES:
        return None
    return offer if now < offer.sell_until else None


def _in_slot(
    party: Sequence[Booking], own: Places, offer: Offer, offers: Mapping[str, Offer]
) -> Given | None:
    left = {slot_id: offers[slot_id].places for slot_id in offer.slot_ids}
    places: dict[str, tuple[Taken, ...]] = {}
    kept: set[str] = set()
    for one in party:
        had = own.get(one.booking_id, ())
        if tuple(place.slot_id for place in had) == offer.slot_ids:
            places[one.booking_id] = had
            kept.add(one.booking_id)
            continue
        pools = own_pools(one.priority, is_assisted=one.pool == "assisted")
        places[one.booking_id] = take(left, offer.slot_ids, pools)
        if not places[one.booking_id]:
            return None
    return Given(offer=offer, places=places, kept=frozenset(kept))
