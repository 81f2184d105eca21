"""The rollout: which offices give out slots, and what people are told by the others."""

from chassis.database import Transaction
from contracts.place import nearest
from contracts.words import ServiceCode
from services.booking.domain.office import Office
from services.booking.errors import OfficeNotOpen, UnknownOffice, UnknownServiceHere
from services.booking.store import offices

NEAREST_OFFICES = 3


def selling_office(tx: Transaction, code: str, service: ServiceCode) -> Office:
    """Find the office that is to give a slot for a service.

    Raises UnknownOffice; OfficeNotOpen and UnknownServiceHere with the nearest offices that do.
    """
    office = offices.find_office(tx, code)
    if office is None:
        raise UnknownOffice(office=code)
    if not office.is_selling:
        today = tx.now.astimezone(office.zone).date()
        opens_on = offices.rollout_of(tx, code).opens_on(today)
        raise OfficeNotOpen(
            office=code,
            status=office.status,
            opens_on=None if opens_on is None else opens_on.isoformat(),
            nearest=nearest_open(tx, office, service),
        )
    if service not in office.services:
        raise UnknownServiceHere(office=code, service=service, nearest=nearest_open(tx, office, service))
    return office


def offices_to_advance(tx: Transaction) -> list[str]:
    """List the offices that have reached another stage than their status says."""
    return offices.offices_at_new_stage(tx)


def nearest_open(tx: Transaction, office: Office, service: ServiceCode) -> list[dict[str, object]]:
    """List the nearest offices that give out slots for a service, in words that travel to the asker."""
    if office.place is None:
        return []
    open_ones = (
        other
        for other in offices.list_offices(tx)
        if other.is_selling and service in other.services and other.code != office.code
    )
    found = nearest(office.place, open_ones, count=NEAREST_OFFICES)
    return [
        {"office": other.code, "name": other.name, "distance_km": round(distance)}
        for other, distance in found
    ]
