"""Rows that wait for one-time codes: what is the same whichever table they are of.

add ──▶ waiting ──▶ lock, and count_wrong, or forget when the codes were right
               └──▶ renew, with other codes
               └──▶ forget_before, when nobody came back
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Column, ColumnElement, Row, Table, delete, false, func, insert, or_, select, update

from chassis.database import Transaction

_CODES = ("phone_code_digest", "email_code_digest", "tries", "sends", "sent_at", "codes_expire_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRecord:
    """What every such row has; the digests are those of the codes that count now."""

    address_digest: bytes | None
    phone_code_digest: bytes
    email_code_digest: bytes
    tries: int
    sends: int
    sent_at: datetime
    codes_expire_at: datetime
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """How many rows were begun of late that share something with one more."""

    of_person: int
    of_address: int


R = TypeVar("R", bound=CodeRecord)


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRows(Generic[R]):
    """A table of such rows, the column of their ids, and as what they are read."""

    table: Table
    key: Column[str]
    record: type[R]

    def id_of(self, record: R) -> str:
        """Return a row's id."""
        return str(getattr(record, self.key.name))

    def add(self, tx: Transaction, record: R) -> None:
        """Keep a new row."""
        tx.execute(insert(self.table).values(asdict(record)))

    def count_wrong(self, tx: Transaction, row_id: str) -> None:
        """Count one more wrong try at the codes."""
        tx.execute(update(self.table).where(self.key == row_id).values(tries=self.table.c.tries + 1))

    def lock(self, tx: Transaction, row_id: str) -> R | None:
        """Read a row, and keep others from changing it meanwhile."""
        statement = select(self.table).where(self.key == row_id)
        return self._read(tx.execute(statement.with_for_update()).one_or_none())

    def renew(self, tx: Transaction, record: R) -> None:
        """Keep a row's new codes, with what belongs to them."""
        values = {name: getattr(record, name) for name in _CODES}
        tx.execute(update(self.table).where(self.key == self.id_of(record)).values(values))

    def forget(self, tx: Transaction, row_id: str) -> bool:
        """Drop a row; False when somebody else did."""
        return tx.execute(delete(self.table).where(self.key == row_id)).rowcount == 1

    def forget_before(self, tx: Transaction, instant: datetime) -> None:
        """Drop the rows that nobody completed."""
        tx.execute(delete(self.table).where(self.table.c.created_at < instant))

    def crowd(
        self, tx: Transaction, of_person: ColumnElement[bool], *, address: bytes | None, since: datetime
    ) -> Crowd:
        """Count the rows begun since then that are the same person's, and from the same network address."""
        columns = self.table.c
        of_address = false() if address is None else columns.address_digest == address
        statement = select(
            func.count().filter(of_person).label("of_person"),
            func.count().filter(of_address).label("of_address"),
        ).where(columns.created_at > since, or_(of_person, of_address))
        return Crowd(**tx.execute(statement).one()._mapping)

    def _read(self, row: Row[Any] | None) -> R | None:
        return None if row is None else self.record(**row._mapping)
