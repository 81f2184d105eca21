"""Display's tables and SQL."""

from services.display.store.tables import metadata

__all__ = ["metadata"]
