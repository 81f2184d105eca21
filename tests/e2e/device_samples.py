"""An office's devices, as the tests of pages see them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from contracts.requests import Request
from contracts.requests.accounts import Session
from contracts.requests.devices import (
    ApprovePairing,
    AskedPairing,
    BeginPairing,
    Device,
    Devices,
    DeviceSession,
    FindPairing,
    ListDevices,
    Pairing,
    RevokeDevice,
)
from contracts.words import DeviceEnd, DeviceKind

USER_CODE = "482913"
_NOW = datetime.now(UTC)


def pairing(kind: DeviceKind = "kiosk") -> Pairing:
    """Return what a device is told that asks; it may ask again at once."""
    return Pairing(
        device_code="a-secret-of-the-device",
        user_code=USER_CODE,
        kind=kind,
        expires_in_seconds=600,
        interval_seconds=0,
    )


def asked_pairing(kind: DeviceKind = "kiosk") -> AskedPairing:
    """Return a device that has shown its code for two minutes."""
    asked_at = _NOW - timedelta(minutes=2)
    return AskedPairing(
        user_code=USER_CODE, kind=kind, asked_at=asked_at, expires_at=asked_at + timedelta(minutes=10)
    )


def device(
    name: str = "Kios pintu masuk",
    kind: DeviceKind = "kiosk",
    *,
    silent: int = 0,
    ended: DeviceEnd | None = None,
) -> Device:
    """Return a device of Tarakan that was heard of so many hours ago."""
    return Device(
        device_id=f"device-{name.replace(' ', '-')}",
        office="TRK",
        kind=kind,
        name=name,
        counter=2 if kind == "counter_board" else None,
        paired_at=_NOW - timedelta(days=40),
        paired_by="Kepala TRK",
        seen_at=_NOW - timedelta(hours=silent, minutes=10),
        ended_at=_NOW - timedelta(hours=1) if ended else None,
        ended=ended,
    )


def device_session(session: Session) -> DeviceSession:
    """Return a kiosk's session as what a paired one is given."""
    return DeviceSession(
        token=session.token,
        expires_at=session.expires_at,
        refresh_secret="a-secret-for-the-next",
        device_id=session.subject,
        role="kiosk",
        office="TRK",
        kind="kiosk",
        name="Kios pintu masuk",
        counter=None,
    )


def devices() -> tuple[Device, ...]:
    """Return one of each kind, in each state that a device can be in."""
    return (
        device(),
        device("Papan ruang tunggu lantai dua", "board", silent=26),
        device("Papan loket 2", "counter_board"),
        device("Kios lama", silent=30, ended="secret_reused"),
        device("Kios cadangan", silent=60, ended="revoked"),
    )


OF_DEVICES: dict[type[Request[Any]], Callable[[Any], Any]] = {
    BeginPairing: lambda wanted: pairing(wanted.kind),
    FindPairing: lambda _: asked_pairing(),
    ApprovePairing: lambda wanted: device(wanted.name, wanted.kind),
    ListDevices: lambda wanted: Devices(office=wanted.office, devices=devices()),
    RevokeDevice: lambda _: device(ended="revoked"),
}
"""What booking answers about devices."""
