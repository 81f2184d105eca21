"""Who works at an office's counters."""

from sqlalchemy import bindparam, select

from chassis.database import Transaction
from contracts.requests.staff import StaffMember
from services.booking.store.identity_tables import staff

_AT_COUNTERS = (
    select(staff.c.staff_id.label("subject"), staff.c.display_name.label("name"))
    .where(staff.c.office == bindparam("of_office"), staff.c.role.in_(("officer", "head")))
    .order_by(staff.c.display_name, staff.c.staff_id)
)


def at_counters(tx: Transaction, office: str) -> tuple[StaffMember, ...]:
    """Return an office's officers and heads, by name."""
    return tuple(StaffMember(**row._mapping) for row in tx.execute(_AT_COUNTERS, {"of_office": office}))
