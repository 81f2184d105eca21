"""The offices: who they are, and whether they give out slots."""

from dataclasses import replace

from chassis.database import Transaction
from contracts.events import OfficeChanged
from contracts.requests.booking import ListOffices, Offices
from contracts.words import ServiceCode
from services.booking.domain.office import Office
from services.booking.errors import OfficeNotOpen, UnknownOffice, UnknownServiceHere
from services.booking.store import offices


def list_offices(tx: Transaction, _query: ListOffices) -> Offices:
    """Read all offices, each as its latest event told it."""
    return Offices(offices=tuple(_as_event(office) for office in offices.list_offices(tx)))


def change_office(tx: Transaction, office: Office) -> None:
    """Make an office what it is told to be; nothing happens when it is that already."""
    present = offices.find_office(tx, office.code)
    if present is None:
        changed = replace(office, version=1)
    elif replace(office, version=present.version) != present:
        changed = replace(office, version=present.version + 1)
    else:
        return
    offices.put_office(tx, changed)
    tx.emit(_as_event(changed))


def selling_office(tx: Transaction, code: str, service: ServiceCode) -> Office:
    """Find the office that is to give a slot for a service.

    Raises UnknownOffice, OfficeNotOpen, UnknownServiceHere.
    """
    office = offices.find_office(tx, code)
    if office is None:
        raise UnknownOffice(office=code)
    if not office.is_selling:
        raise OfficeNotOpen(office=code, status=office.status)
    if service not in office.services:
        raise UnknownServiceHere(office=code, service=service)
    return office


def _as_event(office: Office) -> OfficeChanged:
    return OfficeChanged(
        version=office.version,
        office=office.code,
        name=office.name,
        office_class=office.office_class,
        city=office.city,
        province=office.province,
        timezone=office.timezone,
        status=office.status,
        services=office.services,
        counters=office.counters,
    )
