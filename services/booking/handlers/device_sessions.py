"""The sessions of paired devices: begun at the pairing, renewed by a secret, ended by the head or by a copy.

How secrets follow one another is drawn in `domain/device.py`.
"""

import hashlib
import secrets

from chassis.database import Transaction
from contracts.access import Access
from contracts.events import SessionsRevoked
from contracts.requests.devices import Device, Devices, DeviceSession, ListDevices, RenewDevice, RevokeDevice
from contracts.words import DeviceEnd
from services.booking.device_errors import DeviceNotPaired, UnknownDevice
from services.booking.domain import device as rules
from services.booking.domain.audit import Deed
from services.booking.handlers import audit
from services.booking.handlers.identifier import known_form
from services.booking.handlers.sessions import SignIn
from services.booking.store import devices, pairings
from services.booking.store.devices import DeviceRecord

_SECRET_BYTES = 32


def begin_device_session(tx: Transaction, record: DeviceRecord, sign_in: SignIn) -> DeviceSession:
    """Sign the token of a device that has proved which it is, and give it the secret for the next one."""
    refresh_secret = secrets.token_urlsafe(_SECRET_BYTES)
    devices.add_secret(tx, secret_digest(refresh_secret), record.device_id)
    access = Access(
        subject=record.device_id,
        role=rules.ROLES[record.kind],
        office=record.office,
        display_name=record.name,
        expires_at=tx.now + sign_in.paired_device_lasts,
        session_version=rules.LIVING,
    )
    return DeviceSession(
        token=sign_in.signer.sign(access, now=tx.now),
        expires_at=access.expires_at,
        refresh_secret=refresh_secret,
        device_id=record.device_id,
        role=access.role,
        office=record.office,
        kind=record.kind,
        name=record.name,
        counter=record.counter,
    )


def renew_device(command: RenewDevice, *, sign_in: SignIn) -> DeviceSession:
    """Begin a device's next session. Raises DeviceNotPaired.

    In a transaction of its own: a copy that is used ends the device although the request is refused.
    """
    with sign_in.transactions() as tx:
        session = _renewed(tx, secret_digest(command.refresh_secret), sign_in)
    if session is None:
        raise DeviceNotPaired
    return session


def list_devices(tx: Transaction, query: ListDevices) -> Devices:
    """Read which devices an office has."""
    found = devices.list_of_office(tx, query.office)
    return Devices(office=query.office, devices=tuple(_shown(record, name) for record, name in found))


def revoke_device(tx: Transaction, command: RevokeDevice, *, sign_in: SignIn) -> Device:
    """End a device, and tell who checks tokens. Raises UnknownDevice."""
    record = devices.lock(tx, command.office, known_form(command.device_id))
    if record is None:
        raise UnknownDevice
    if record.ended is None:
        _end(tx, record, "revoked")
        deed = Deed(
            actor=command.revoked_by,
            role=command.role,
            office=record.office,
            action="device_revoked",
            subject=record.device_id,
            details={"kind": record.kind},
        )
        audit.record(tx, deed, key=sign_in.vault.audit_key)
    return _shown(*devices.find_named(tx, record.device_id))


def forget_old_devices(tx: Transaction) -> None:
    """Drop codes that expired, devices that ended or were not heard of for long, and secrets of long ago."""
    pairings.forget_expired(tx)
    devices.forget_old(tx, ended_before=tx.now - rules.ENDED_KEPT, seen_before=tx.now - rules.IDLE_KEPT)
    devices.forget_spent(tx, before=tx.now - rules.SPENT_KEPT)


def secret_digest(secret: str) -> bytes:
    """Make what is stored of a secret; it has 32 random bytes, so that a plain hash does."""
    return hashlib.sha256(secret.encode()).digest()


def _renewed(tx: Transaction, digest: bytes, sign_in: SignIn) -> DeviceSession | None:
    """Return the next session; None for who has none, be it because of a copy that was used just now."""
    found = devices.lock_of_secret(tx, digest)
    if found is None:
        return None
    record, state = found
    if record.ended is not None:
        return None
    if state == "spent":
        _end(tx, record, "secret_reused")
        deed = Deed(
            actor=record.device_id,
            role=rules.ROLES[record.kind],
            office=record.office,
            action="device_secret_reused",
            subject=record.device_id,
            details={"kind": record.kind},
        )
        audit.record(tx, deed, key=sign_in.vault.audit_key)
        return None
    if state == "live":
        devices.use_secret(tx, digest, record.device_id)
    return begin_device_session(tx, record, sign_in)


def _end(tx: Transaction, record: DeviceRecord, ended: DeviceEnd) -> None:
    devices.end(tx, record.device_id, ended)
    tx.emit(SessionsRevoked(version=rules.ENDED, subject=record.device_id))


def _shown(record: DeviceRecord, paired_by: str | None) -> Device:
    return Device(
        device_id=record.device_id,
        office=record.office,
        kind=record.kind,
        name=record.name,
        counter=record.counter,
        paired_at=record.paired_at,
        paired_by=paired_by,
        seen_at=record.seen_at,
        ended_at=record.ended_at,
        ended=record.ended,
    )
