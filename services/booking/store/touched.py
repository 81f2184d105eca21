"""Which slots this process has changed, until somebody tells of them.

    every statement that changes slots ─▶ touch ── after the commit ──▶ TOUCHED ─▶ told, some at a time

Marking costs a transaction one call, however many people book in it.
"""

from collections.abc import Collection, Iterable
from functools import partial

from chassis.database import Transaction


class TouchedSlots:
    """The ids of slots in the order in which they were first touched since they were told."""

    def __init__(self) -> None:
        self._ids: dict[str, None] = {}

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, slot_ids: Iterable[str]) -> None:
        """Keep some; one that waits already keeps its turn."""
        self._ids.update(dict.fromkeys(slot_ids))

    def take(self, most: int) -> list[str]:
        """Take those that have waited longest."""
        taken = list(self._ids)[:most]
        for slot_id in taken:
            del self._ids[slot_id]
        return taken


TOUCHED = TouchedSlots()
"""Those of the whole process."""


def touch(tx: Transaction, slot_ids: Collection[str]) -> None:
    """Say that a transaction changes slots, or their places; it counts if it commits."""
    tx.after_commit(partial(TOUCHED.add, slot_ids))
