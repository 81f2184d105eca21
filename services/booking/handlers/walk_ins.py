"""Check-in is told how many places of each date are for people without a booking."""

from chassis.database import Transaction
from contracts.events import WalkInPlacesSet
from contracts.events.walk_in import WalkInPlaces
from services.booking.domain.office import Office
from services.booking.store import walk_ins


def tell_walk_in_places(tx: Transaction, office: Office) -> None:
    """Tell of each date, from today on, whose slots keep other places for the door than was told last.

    Or whose last one ends at another time. The office has to be locked, as it is while its slots are changed.
    """
    today = tx.now.astimezone(office.zone).date()
    kept = walk_ins.kept_by_date(tx, office.code, first=today)
    told = walk_ins.told_by_date(tx, office.code, first=today)
    for day in sorted(kept.keys() | told.keys()):
        now = kept.get(day, walk_ins.KeptDay())
        if now == told.get(day):
            continue
        tx.emit(
            WalkInPlacesSet(
                version=walk_ins.tell(tx, office.code, day, now),
                office=office.code,
                date=day,
                services=tuple(
                    WalkInPlaces(service=service, places=count)  # type: ignore[arg-type]  # the slots' own word
                    for service, count in now.places.items()
                ),
                closes_at=now.closes_at,
            )
        )
    walk_ins.forget_before(tx, office.code, today)
