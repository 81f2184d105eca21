"""Notify's database: tables, and every SQL statement on them."""

from services.notify.store import notices
from services.notify.store.tables import metadata

__all__ = ["metadata", "notices"]
