"""The offices: who they are, and what they are changed to."""

from dataclasses import replace

from chassis.database import Transaction
from contracts.events import OfficeChanged
from contracts.requests.booking import ListOffices, Offices
from services.booking.domain.office import Office
from services.booking.store import offices


def list_offices(tx: Transaction, _query: ListOffices) -> Offices:
    """Read all offices, each as its latest event told it."""
    return Offices(offices=tuple(_as_event(office) for office in offices.list_offices(tx)))


def change_office(tx: Transaction, office: Office) -> None:
    """Make an office what it is told to be; others hear of it when they can see the difference."""
    present = offices.lock_office(tx, office.code)
    if present is None:
        changed = replace(office, version=1)
    else:
        changed = replace(office, version=present.version)
        if changed == present:
            return
        if _as_event(changed) != _as_event(present):
            changed = replace(changed, version=present.version + 1)
    offices.put_office(tx, changed)
    if present is None or changed.version > present.version:
        tx.emit(_as_event(changed))


def advance_rollout(tx: Transaction, code: str) -> bool:
    """Give an office the status that its rollout has today; say whether that is another than before."""
    office = offices.lock_office(tx, code)
    rollout = offices.rollout_of(tx, code)
    if office is None or not rollout.stages:
        return False
    status = rollout.status_on(tx.now.astimezone(office.zone).date())
    change_office(tx, replace(office, status=status))
    return status != office.status


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
        covers=office.covers,
        hall=office.hall,
        latitude=None if office.place is None else office.place.latitude,
        longitude=None if office.place is None else office.place.longitude,
    )
