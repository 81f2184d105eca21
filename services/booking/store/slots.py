"""The slots of which people book places, locked while they do, and how many places are taken."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import ARRAY, BigInteger, Integer, Row, bindparam, cast, func, literal, select, update

from chassis.database import Transaction
from services.booking.domain.offer import Offer
from services.booking.domain.office import sell_until
from services.booking.domain.quota import Places, Protected, Taken
from services.booking.store.tables import ID, office, slot
from services.booking.store.touched import touch

_IDS = bindparam("slot_ids", type_=ARRAY(ID))
_ASKED = slot.alias("asked")
_FOLLOWING = select(func.unnest(_ASKED.c.following)).where(
    _ASKED.c.slot_id == func.any(_IDS), _ASKED.c.following != literal([], ARRAY(ID))
)
_READ_OFFERS = (
    select(
        slot,
        office.c.status.label("office_status"),
        office.c.sells_running_slots,
        office.c.far_districts,
        cast(office.c.prepaid.op("->>")(slot.c.service), BigInteger).label("prepaid"),
    )
    .join(office, office.c.code == slot.c.office)
    .where(slot.c.slot_id == func.any(func.array_cat(_IDS, func.array(_FOLLOWING.scalar_subquery()))))
    .order_by(slot.c.slot_id)
)
"""With the slots that were asked for, those of which bookings there take a place too."""
_LOCK_OFFERS = _READ_OFFERS.with_for_update(of=slot)

_COUNTS = ("booked", "assisted_booked", "priority_booked")
_CHANGES = (
    func.unnest(
        bindparam("slot_ids", type_=ARRAY(ID)), *(bindparam(name, type_=ARRAY(Integer)) for name in _COUNTS)
    )
    .table_valued("slot_id", *_COUNTS)
    .render_derived()
)
_COUNT_PLACES = (
    update(slot)
    .where(slot.c.slot_id == _CHANGES.c.slot_id)
    .values({name: slot.c[name] + _CHANGES.c[name] for name in _COUNTS})
)


def lock_offers(tx: Transaction, slot_ids: Collection[str]) -> dict[str, Offer]:
    """Read slots, and keep everyone else from changing them until the transaction ends.

    All callers lock in the order of ids, so no two of them wait for each other. A slot that is not yet
    released, or withdrawn, is locked too, but is no offer; so is one that is followed by such a slot.
    """
    rows = tx.execute(_LOCK_OFFERS, {"slot_ids": sorted(slot_ids)})
    given_out = {row.slot_id: row for row in rows if row.released_at <= tx.now and not row.is_withdrawn}
    return {slot_id: _offer(row, given_out, tx) for slot_id, row in given_out.items()}


def read_offers(tx: Transaction, slot_ids: Collection[str]) -> dict[str, Offer]:
    """Read slots as `lock_offers` does, while everyone may go on changing them."""
    rows = tx.execute(_READ_OFFERS, {"slot_ids": sorted(slot_ids)})
    given_out = {row.slot_id: row for row in rows if row.released_at <= tx.now and not row.is_withdrawn}
    return {slot_id: _offer(row, given_out, tx) for slot_id, row in given_out.items()}


def take_places(tx: Transaction, places: Iterable[Taken]) -> None:
    """Count places of locked slots as taken."""
    _count_places(tx, Counter(places), 1)


def give_back_places(tx: Transaction, places: Iterable[Taken]) -> None:
    """Count places of locked slots as free again."""
    _count_places(tx, Counter(places), -1)


def withdrawn_of(tx: Transaction, slot_ids: Collection[str]) -> set[str]:
    """Name those of some locked slots at whose time the office does not work."""
    query = select(slot.c.slot_id).where(slot.c.slot_id.in_(sorted(slot_ids)), slot.c.is_withdrawn)
    return set(tx.execute(query).scalars())


def places_of(row: Row[Any], tx: Transaction) -> Places:
    """Read the places of a slot's row as they are now."""
    return Places(
        capacity=row.capacity,
        booked=row.booked,
        protected=Protected(
            assisted=row.assisted_places, priority=row.priority_places, walk_in=row.walk_in_places
        ),
        assisted_booked=row.assisted_booked,
        priority_booked=row.priority_booked,
        is_protected=row.protected_until is not None and tx.now < row.protected_until,
    )


def _count_places(tx: Transaction, places: Counter[Taken], sign: int) -> None:
    if not places:
        return
    counts: dict[str, list[int]] = {}
    for place, number in places.items():
        of_slot = counts.setdefault(place.slot_id, [0, 0, 0])
        of_slot[0] += sign * number
        if place.pool != "regular":
            of_slot[1 if place.pool == "assisted" else 2] += sign * number
    columns = dict(zip(_COUNTS, zip(*counts.values(), strict=True), strict=True))
    arrays = {name: list(numbers) for name, numbers in columns.items()}
    tx.write(_COUNT_PLACES, {"slot_ids": list(counts), **arrays})
    touch(tx, counts)


def _offer(row: Row[Any], given_out: Mapping[str, Row[Any]], tx: Transaction) -> Offer:
    following = None if row.following is None else tuple(row.following)
    if following and not given_out.keys() >= set(following):
        following = None
    return Offer(
        slot_id=row.slot_id,
        office=row.office,
        office_status=row.office_status,
        service=row.service,
        date=row.date,
        starts_at=row.starts_at,
        ends_at=given_out[following[-1]].ends_at if following else row.ends_at,
        sell_until=sell_until(row.starts_at, row.ends_at, sells_running_slots=row.sells_running_slots),
        places=places_of(row, tx),
        following=following,
        prepaid=row.prepaid,
        far_districts=frozenset(row.far_districts),
    )
