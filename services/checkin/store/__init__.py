"""Check-in's tables and SQL."""

from services.checkin.store.tables import metadata

__all__ = ["metadata"]
