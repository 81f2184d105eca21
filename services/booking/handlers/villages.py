"""Villages: for which district one stands, and at which offices it may book for its people."""

from chassis.database import Transaction
from contracts.requests.assistance import GetVillage, Village
from services.booking.assistance_errors import NoVillage, OfficeNotCovering
from services.booking.domain.coverage import is_covered
from services.booking.domain.office import Office
from services.booking.handlers.identifier import known_form
from services.booking.store import villages
from services.booking.store.villages import VillageRecord


def get_village(tx: Transaction, query: GetVillage) -> Village:
    """Read a clerk's district, and the offices that take bookings of its people. Raises NoVillage."""
    village = village_of(tx, query.clerk_id)
    return Village(district=village.district, offices=tuple(villages.offices_covering(tx, village.district)))


def village_of(tx: Transaction, clerk_id: str) -> VillageRecord:
    """Find the village of a clerk. Raises NoVillage."""
    village = villages.find_village(tx, known_form(clerk_id))
    if village is None:
        raise NoVillage
    return village


def require_covered(tx: Transaction, clerk_id: str, office: Office) -> None:
    """Let a clerk book at offices alone that are for the village's people.

    Raises NoVillage, OfficeNotCovering.
    """
    village = village_of(tx, clerk_id)
    if not is_covered(village.district, by=office.covers):
        raise OfficeNotCovering(office=office.code, district=village.district)
