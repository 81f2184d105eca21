"""The ways to offices, and who can be there in time."""

from chassis.database import Transaction
from contracts.requests.booking import Slot
from contracts.requests.travel import District, Districts, ListDistricts, Reach
from services.booking.domain.office import Office, sell_until
from services.booking.domain.plan_of import span_of
from services.booking.domain.travel import Travel
from services.booking.errors import UnknownDistrict, UnknownOffice
from services.booking.store import offices, travel


def list_districts(tx: Transaction, query: ListDistricts) -> Districts:
    """Read from which districts an office knows the way. Raises UnknownOffice."""
    if offices.find_office(tx, query.office) is None:
        raise UnknownOffice(office=query.office)
    ways = travel.travel_to(tx, query.office)
    return Districts(office=query.office, districts=tuple(_district(way) for way in ways))


def way_from(tx: Transaction, office: str, district: str | None) -> Travel | None:
    """Find the way from a district; None where none was named. Raises UnknownDistrict."""
    if district is None:
        return None
    way = travel.travel_from(tx, office, district)
    if way is None:
        raise UnknownDistrict(office=office, district=district)
    return way


def reach_of(tx: Transaction, office: Office, way: Travel | None, slot: Slot) -> Reach | None:
    """Say whether who sets out now from a district can be there for a slot; None without a district."""
    if way is None:
        return None
    last = sell_until(slot.starts_at, slot.ends_at, sells_running_slots=office.sells_running_slots)
    return way.reach(slot.starts_at, until=last, now=tx.now, zone=office.zone)


def _district(way: Travel) -> District:
    unreachable = tuple(span_of(hours) for hours in way.unreachable)
    return District(district=way.district, minutes=way.minutes, unreachable=unreachable)
