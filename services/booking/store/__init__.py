"""What booking keeps, and the SQL that reads and writes it."""

from services.booking.store.tables import metadata

__all__ = ["metadata"]
