"""Villages that book for their people, and the offices that are for them."""

from dataclasses import dataclass

from sqlalchemy import func, literal, or_, select

from chassis.database import Transaction
from services.booking.domain.coverage import regions_of
from services.booking.domain.rollout import SELLING_STATUSES
from services.booking.store.identity_tables import staff
from services.booking.store.tables import office


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageRecord:
    """The district that a village stands for, and its own phone."""

    district: str
    phone: str


def find_village(tx: Transaction, clerk_id: str) -> VillageRecord | None:
    """Find the village of an account."""
    query = select(staff.c.district, staff.c.phone)
    row = tx.execute(query.where(staff.c.staff_id == clerk_id, staff.c.role == "village")).one_or_none()
    return None if row is None else VillageRecord(district=row.district, phone=row.phone)


def offices_covering(tx: Transaction, district: str) -> list[str]:
    """List the offices that take bookings and are for the people of a district, by code."""
    is_for_them = or_(*(literal(region) == func.any(office.c.covers) for region in regions_of(district)))
    query = select(office.c.code).where(is_for_them, office.c.status.in_(sorted(SELLING_STATUSES)))
    return list(tx.execute(query.order_by(office.c.code)).scalars())
