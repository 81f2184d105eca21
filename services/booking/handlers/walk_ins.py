"""Check-in is told how many places of each date are for people without a booking."""

from chassis.database import Transaction
from contracts.events import WalkInPlacesSet
from contracts.events.walk_in import WalkInPlaces
from services.booking.domain.office import Office
from services.booking.store import walk_ins


def tell_walk_in_places(tx: Transaction, office: Office) -> None:
    """Tell of each date, from today on, whose slots keep other places for the door than was told last.

    The office has to be locked, as it is while its slots are changed.
    """
    today = tx.now.astimezone(office.zone).date()
    kept = walk_ins.kept_by_date(tx, office.code, first=today)
    told = walk_ins.told_by_date(tx, office.code, first=today)
    for day in sorted(kept.keys() | told.keys()):
        places = kept.get(day, {})
        if places == told.get(day):
            continue
        tx.emit(
            WalkInPlacesSet(
                version=walk_ins.tell(tx, office.code, day, places),
                office=office.code,
                date=day,
                services=tuple(
                    WalkInPlaces(service=service, places=count)  # type: ignore[arg-type]  # the slots' own word
                    for service, count in places.items()
                ),
            )
        )
    walk_ins.forget_before(tx, office.code, today)
