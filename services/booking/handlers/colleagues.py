"""Who works at an office's counters, for its head."""

from chassis.database import Transaction
from contracts.requests.staff import ListStaff, Staff
from services.booking.store import colleagues


def list_staff(tx: Transaction, query: ListStaff) -> Staff:
    """Read an office's officers and heads; devices are none. Of an office nobody knows there are none."""
    return Staff(members=colleagues.at_counters(tx, query.office))
