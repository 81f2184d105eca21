"""Display's tables and SQL."""

from services.display.store import measured_tables
from services.display.store.tables import metadata

__all__ = ["measured_tables", "metadata"]
