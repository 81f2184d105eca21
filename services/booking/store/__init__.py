"""What booking keeps, and the SQL that reads and writes it."""

from services.booking.store import identity_tables
from services.booking.store.tables import metadata

__all__ = ["identity_tables", "metadata"]
