"""Devices that show a code and wait to be approved."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from chassis.database import Transaction
from contracts.words import DeviceKind
from services.booking.store.device_tables import device_pairing


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRecord:
    """A device that asks to be paired, as it is kept."""

    device_code_digest: bytes
    user_code: str
    kind: DeviceKind
    address_digest: bytes | None
    asked_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """What somebody in charge said about a device that asked."""

    device_id: str
    office: str
    name: str
    counter: int | None
    paired_by: str


_ASKED = (
    device_pairing.c.device_code_digest,
    device_pairing.c.user_code,
    device_pairing.c.kind,
    device_pairing.c.address_digest,
    device_pairing.c.asked_at,
    device_pairing.c.expires_at,
)
_APPROVAL = (
    device_pairing.c.device_id,
    device_pairing.c.office,
    device_pairing.c.name,
    device_pairing.c.counter,
    device_pairing.c.paired_by,
)


def count_living(tx: Transaction, address_digest: bytes | None) -> tuple[int, int]:
    """Count the devices that wait: in all, and from one network address."""
    of_address = func.count().filter(device_pairing.c.address_digest == address_digest)
    counted = select(func.count().label("all"), of_address.label("from_there"))
    row = tx.execute(counted.where(device_pairing.c.expires_at > tx.now)).mappings().one()
    return int(row["all"]), int(row["from_there"])


def add(tx: Transaction, record: AskedRecord) -> bool:
    """Keep a device that asks; False when another one shows its code."""
    values = {column.name: getattr(record, column.name) for column in _ASKED}
    statement = insert(device_pairing).values(values).on_conflict_do_nothing(index_elements=["user_code"])
    return tx.execute(statement.returning(device_pairing.c.user_code)).one_or_none() is not None


def find_asking(tx: Transaction, user_code: str) -> AskedRecord | None:
    """Find the device that shows a code and that nobody has approved; nobody else does meanwhile."""
    query = select(*_ASKED).where(
        device_pairing.c.user_code == user_code,
        device_pairing.c.expires_at > tx.now,
        device_pairing.c.device_id.is_(None),
    )
    row = tx.execute(query.with_for_update()).one_or_none()
    return None if row is None else AskedRecord(**row._mapping)


def approve(tx: Transaction, asked: AskedRecord, approval: Approval, *, taken_within: timedelta) -> None:
    """Keep what was said about a device."""
    values = {column.name: getattr(approval, column.name) for column in _APPROVAL}
    expires_at = max(asked.expires_at, tx.now + taken_within)
    statement = update(device_pairing).where(device_pairing.c.user_code == asked.user_code)
    tx.execute(statement.values(**values, expires_at=expires_at))


def lock(tx: Transaction, device_code_digest: bytes) -> tuple[AskedRecord, Approval | None] | None:
    """Find a living pairing by its secret, and let nobody else take it until the transaction ends."""
    query = select(*_ASKED, *_APPROVAL).where(
        device_pairing.c.device_code_digest == device_code_digest, device_pairing.c.expires_at > tx.now
    )
    row = tx.execute(query.with_for_update()).mappings().one_or_none()
    if row is None:
        return None
    asked = AskedRecord(**{column.name: row[column.name] for column in _ASKED})
    if row["device_id"] is None:
        return asked, None
    return asked, Approval(**{column.name: row[column.name] for column in _APPROVAL})


def forget(tx: Transaction, device_code_digest: bytes) -> None:
    """Drop a pairing: it was taken."""
    tx.execute(delete(device_pairing).where(device_pairing.c.device_code_digest == device_code_digest))


def forget_expired(tx: Transaction) -> None:
    """Drop those that count no longer."""
    tx.execute(delete(device_pairing).where(device_pairing.c.expires_at <= tx.now))
