"""Devices that are paired, and the secrets by which they renew their sessions."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, Select, delete, insert, or_, select, update

from chassis.database import Transaction
from contracts.words import DeviceEnd, DeviceKind
from services.booking.domain.device import SecretState
from services.booking.store.device_tables import device, device_secret
from services.booking.store.identity_tables import staff


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceRecord:
    """A device as it is kept."""

    device_id: str
    office: str
    kind: DeviceKind
    name: str
    counter: int | None
    paired_by: str
    paired_at: datetime
    seen_at: datetime
    ended_at: datetime | None = None
    ended: DeviceEnd | None = None


def add(tx: Transaction, record: DeviceRecord) -> None:
    """Keep a new device."""
    tx.execute(insert(device).values(asdict(record)))


def lock_of_secret(tx: Transaction, digest: bytes) -> tuple[DeviceRecord, SecretState] | None:
    """Find whose secret it is and whether it still counts; nobody else renews meanwhile."""
    owner = select(device_secret.c.device_id).where(device_secret.c.digest == digest).scalar_subquery()
    row = (
        tx.execute(select(device).where(device.c.device_id == owner).with_for_update())
        .mappings()
        .one_or_none()
    )
    if row is None:
        return None
    # Read once the device is locked: who held it may have spent this very secret.
    state: SecretState = tx.execute(
        select(device_secret.c.state).where(device_secret.c.digest == digest)
    ).scalar_one()
    return DeviceRecord(**row), state


def lock(tx: Transaction, office: str, device_id: str) -> DeviceRecord | None:
    """Find an office's device; nobody else renews or ends it meanwhile."""
    query = select(device).where(device.c.device_id == device_id, device.c.office == office)
    row = tx.execute(query.with_for_update()).mappings().one_or_none()
    return None if row is None else DeviceRecord(**row)


def use_secret(tx: Transaction, digest: bytes, device_id: str) -> None:
    """Make a live secret the parent of what comes next; all others of the device are spent."""
    of_device = update(device_secret).where(device_secret.c.device_id == device_id)
    tx.execute(of_device.where(device_secret.c.state != "spent").values(state="spent"))
    tx.execute(update(device_secret).where(device_secret.c.digest == digest).values(state="parent"))


def add_secret(tx: Transaction, digest: bytes, device_id: str) -> None:
    """Keep a secret that the device is given now, and that it was seen."""
    values = {"digest": digest, "device_id": device_id, "state": "live", "issued_at": tx.now}
    tx.execute(insert(device_secret).values(values))
    tx.execute(update(device).where(device.c.device_id == device_id).values(seen_at=tx.now))


def end(tx: Transaction, device_id: str, ended: DeviceEnd) -> None:
    """Let a device be one no longer."""
    statement = update(device).where(device.c.device_id == device_id)
    tx.execute(statement.values(ended_at=tx.now, ended=ended))


def list_of_office(tx: Transaction, office: str) -> list[tuple[DeviceRecord, str | None]]:
    """List an office's devices, each with the name of who paired it; those that ended come last."""
    query = _with_name().where(device.c.office == office)
    rows = tx.execute(query.order_by(device.c.ended_at.is_not(None), device.c.paired_at.desc())).mappings()
    return [_named(row) for row in rows]


def find_named(tx: Transaction, device_id: str) -> tuple[DeviceRecord, str | None]:
    """Read a device that is there, with the name of who paired it."""
    return _named(tx.execute(_with_name().where(device.c.device_id == device_id)).mappings().one())


def name_of(tx: Transaction, staff_id: str) -> str | None:
    """Read what one of staff is called."""
    return tx.execute(select(staff.c.display_name).where(staff.c.staff_id == staff_id)).scalar_one_or_none()


def list_ended(tx: Transaction, *, since: datetime) -> list[str]:
    """List the devices that ended since then."""
    return list(tx.execute(select(device.c.device_id).where(device.c.ended_at > since)).scalars())


def forget_old(tx: Transaction, *, ended_before: datetime, seen_before: datetime) -> None:
    """Drop devices that ended long ago, and those of which nothing was heard for long."""
    tx.execute(delete(device).where(or_(device.c.ended_at < ended_before, device.c.seen_at < seen_before)))


def forget_spent(tx: Transaction, *, before: datetime) -> None:
    """Drop spent secrets of long ago: who comes with one is refused all the same."""
    old = device_secret.c.issued_at < before
    tx.execute(delete(device_secret).where(old, device_secret.c.state == "spent"))


def _with_name() -> Select[Any]:
    columns = (*device.c, staff.c.display_name.label("paired_by_name"))
    return select(*columns).outerjoin(staff, staff.c.staff_id == device.c.paired_by)


def _named(row: RowMapping) -> tuple[DeviceRecord, str | None]:
    values = dict(row)
    name = values.pop("paired_by_name")
    return DeviceRecord(**values), name
