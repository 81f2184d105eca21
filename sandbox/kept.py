"""What the phone took, kept in SQLite for the next start: the last messages, oldest first."""

import sqlite3
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime

from sandbox.received import Received

MOST = 500
IN_MEMORY = ":memory:"

_TABLE = """
CREATE TABLE IF NOT EXISTS message (
    id TEXT PRIMARY KEY, channel TEXT, "to" TEXT, subject TEXT, text TEXT, reference TEXT, received_at TEXT
)"""
_ADD = "INSERT INTO message VALUES (:id, :channel, :to, :subject, :text, :reference, :received_at)"
_FORGET = "DELETE FROM message WHERE id <= (SELECT id FROM message ORDER BY id DESC LIMIT 1 OFFSET ?)"


class Kept:
    """The messages in a file; by default in memory, for as long as the process lives."""

    def __init__(self, file: str = IN_MEMORY) -> None:
        self._database = sqlite3.connect(file, isolation_level=None)
        self._database.row_factory = sqlite3.Row
        # A message of a demonstration is worth no wait for the disk; a killed process loses none.
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = OFF")
        self._database.execute(_TABLE)

    def add(self, message: Received) -> None:
        """Keep a message, and forget what is older than the last MOST."""
        row = asdict(message) | {"received_at": message.received_at.isoformat()}
        self._database.execute(_ADD, row)
        self._database.execute(_FORGET, (MOST,))

    def after(self, message_id: str) -> Iterator[Received]:
        """Read what came after a message's id; after "" that is everything."""
        for row in self._database.execute("SELECT * FROM message WHERE id > ? ORDER BY id", (message_id,)):
            told = dict(row) | {"received_at": datetime.fromisoformat(row["received_at"])}
            yield Received(**told)

    def close(self) -> None:
        """Be done with the file."""
        self._database.close()
