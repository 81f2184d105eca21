"""Pairing a device: it shows a code, somebody in charge of its office types it, and it gets its session once.

    begin_pairing ──▶ approve_pairing ──▶ take_pairing
                 └──▶ ten minutes ──▶ nothing

Whoever approves has seen which kind of device asks, and since when (RFC 8628, 5.4: a stranger's device must
not be approved by mistake). Codes that nobody shows are counted against who types them, whatever is right in
between: else who has a device of their own could guess at those of others without end.
"""

import secrets

import uuid_utils

from chassis.database import Transaction
from contracts.requests.devices import (
    ApprovePairing,
    AskedPairing,
    BeginPairing,
    Device,
    DeviceSession,
    FindPairing,
    Pairing,
    TakePairing,
)
from services.booking.device_errors import (
    CounterNeeded,
    OtherDeviceKind,
    PairingExpired,
    PairingPending,
    PairingsFull,
    TooManyPairings,
    UnknownPairingCode,
)
from services.booking.domain import device as rules
from services.booking.domain import throttle
from services.booking.domain.audit import Deed
from services.booking.errors import TooManyAttempts, UnknownOffice
from services.booking.handlers import audit
from services.booking.handlers.device_sessions import begin_device_session, secret_digest
from services.booking.handlers.sessions import SignIn
from services.booking.store import devices, pairings, sign_in_failures
from services.booking.store.devices import DeviceRecord
from services.booking.store.offices import find_office
from services.booking.store.pairings import Approval, AskedRecord

_DRAWS = 20
_SECRET_BYTES = 32


def begin_pairing(tx: Transaction, command: BeginPairing, *, sign_in: SignIn) -> Pairing:
    """Give a device its secret and a code for its screen. Raises TooManyPairings, PairingsFull."""
    address = None if command.address is None else sign_in.vault.address_digest(command.address)
    waiting, from_there = pairings.count_living(tx, address)
    wait_seconds = int(rules.PAIRING_LIVES.total_seconds())
    if address is not None and from_there >= rules.MOST_OF_ADDRESS:
        raise TooManyPairings(retry_seconds=wait_seconds)
    if waiting >= rules.MOST_PAIRINGS:
        raise PairingsFull(retry_seconds=wait_seconds)
    device_code = secrets.token_urlsafe(_SECRET_BYTES)
    for _ in range(_DRAWS):
        record = AskedRecord(
            device_code_digest=secret_digest(device_code),
            user_code=f"{secrets.randbelow(10**rules.DIGITS):0{rules.DIGITS}}",
            kind=command.kind,
            address_digest=address,
            asked_at=tx.now,
            expires_at=tx.now + rules.PAIRING_LIVES,
        )
        if pairings.add(tx, record):
            return Pairing(
                device_code=device_code,
                user_code=record.user_code,
                kind=record.kind,
                expires_in_seconds=wait_seconds,
                interval_seconds=rules.POLL_SECONDS,
            )
    raise PairingsFull(retry_seconds=wait_seconds)


def find_pairing(tx: Transaction, query: FindPairing, *, sign_in: SignIn) -> AskedPairing:
    """Read which device shows a code. Raises UnknownPairingCode, TooManyAttempts."""
    asked = _asking(tx, query.user_code, query.approved_by, sign_in)
    return AskedPairing(
        user_code=asked.user_code, kind=asked.kind, asked_at=asked.asked_at, expires_at=asked.expires_at
    )


def approve_pairing(tx: Transaction, command: ApprovePairing, *, sign_in: SignIn) -> Device:
    """Make a device one of the office.

    Raises UnknownOffice, UnknownPairingCode, TooManyAttempts, OtherDeviceKind, CounterNeeded.
    """
    office = find_office(tx, command.office)
    if office is None:
        raise UnknownOffice(office=command.office)
    asked = _asking(tx, command.user_code, command.approved_by, sign_in)
    if asked.kind != command.kind:
        raise OtherDeviceKind(kind=asked.kind)
    counter = command.counter if asked.kind == "counter_board" else None
    if asked.kind == "counter_board" and (counter is None or counter > office.counters):
        raise CounterNeeded(most=office.counters)
    approval = Approval(
        device_id=str(uuid_utils.uuid7()),
        office=office.code,
        name=command.name,
        counter=counter,
        paired_by=command.approved_by,
    )
    pairings.approve(tx, asked, approval, taken_within=rules.TAKEN_WITHIN)
    audit.record(tx, _paired(command, approval), key=sign_in.vault.audit_key)
    return Device(
        device_id=approval.device_id,
        office=approval.office,
        kind=asked.kind,
        name=approval.name,
        counter=approval.counter,
        paired_at=tx.now,
        paired_by=devices.name_of(tx, approval.paired_by),
        seen_at=None,
    )


def take_pairing(tx: Transaction, command: TakePairing, *, sign_in: SignIn) -> DeviceSession:
    """Begin the session of a device that was approved. Raises PairingPending, PairingExpired."""
    found = pairings.lock(tx, secret_digest(command.device_code))
    if found is None:
        raise PairingExpired
    asked, approval = found
    if approval is None:
        raise PairingPending(retry_seconds=rules.POLL_SECONDS)
    pairings.forget(tx, asked.device_code_digest)
    record = DeviceRecord(
        device_id=approval.device_id,
        office=approval.office,
        kind=asked.kind,
        name=approval.name,
        counter=approval.counter,
        paired_by=approval.paired_by,
        paired_at=tx.now,
        seen_at=tx.now,
    )
    devices.add(tx, record)
    audit.record(tx, _signed_in(record), key=sign_in.vault.audit_key)
    return begin_device_session(tx, record, sign_in)


def _asking(tx: Transaction, user_code: str, approver: str, sign_in: SignIn) -> AskedRecord:
    """Find the device that shows a code; a wrong code is counted although the request is refused."""
    digest = sign_in.vault.login_digest(f"pairing:{approver}")
    most = rules.WRONG_CODES_ALLOWED
    wrong_at = sign_in_failures.failed_at(tx, digest, after=tx.now - throttle.WINDOW, most=most)
    wait_seconds = throttle.retry_seconds(wrong_at, now=tx.now, allowed=most)
    if wait_seconds is not None:
        raise TooManyAttempts(retry_seconds=wait_seconds)
    asked = pairings.find_asking(tx, user_code)
    if asked is None:
        with sign_in.transactions() as counting:
            sign_in_failures.add(counting, [digest])
        raise UnknownPairingCode
    return asked


def _paired(command: ApprovePairing, approval: Approval) -> Deed:
    details: dict[str, str] = {"kind": command.kind}
    if approval.counter is not None:
        details["counter"] = str(approval.counter)
    return Deed(
        actor=command.approved_by,
        role=command.role,
        office=approval.office,
        action="device_paired",
        subject=approval.device_id,
        details=details,
    )


def _signed_in(record: DeviceRecord) -> Deed:
    return Deed(
        actor=record.device_id,
        role=rules.ROLES[record.kind],
        office=record.office,
        action="signed_in",
        subject=record.device_id,
        details={},
    )
