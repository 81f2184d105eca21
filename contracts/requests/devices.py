"""What can be asked of booking about an office's devices: how one is paired, and which there are.

    device ──BeginPairing──▶ a six-digit code on its screen ──its head──▶ FindPairing, ApprovePairing
    device ──TakePairing, every few seconds──▶ `pairing_pending` … once: a session ──RenewDevice──▶ the next

The form is that of the device authorization grant (RFC 8628).
"""

from dataclasses import dataclass
from typing import ClassVar

from contracts.requests.base import Request
from contracts.words import (
    Count,
    CounterNumber,
    DeviceEnd,
    DeviceKind,
    DeviceName,
    Instant,
    OfficeCode,
    OneTimeCode,
    PersonName,
    Role,
    Secret,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """What a device is told that asks to be paired: its own secret, and the code for its screen."""

    device_code: Secret
    user_code: OneTimeCode
    kind: DeviceKind
    expires_in_seconds: Count
    interval_seconds: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginPairing(Request[Pairing]):
    """Ask to be paired; nobody needs to be signed in. `address` is the device's network address."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Pairing]] = Pairing
    repeatable: ClassVar[bool] = False

    kind: DeviceKind
    address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPairing:
    """Which kind of device shows a code, and since when: for who is about to approve it."""

    user_code: OneTimeCode
    kind: DeviceKind
    asked_at: Instant
    expires_at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class FindPairing(Request[AskedPairing]):
    """Read which device shows a code; codes that nobody shows are counted against who types them."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[AskedPairing]] = AskedPairing

    office: OfficeCode
    approved_by: str
    user_code: OneTimeCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A device of an office. `counter` is that of a counter-top board, `paired_by` the name of who approved.

    `seen_at` is when it last renewed its session; one that is ended has `ended_at` and why.
    """

    device_id: str
    office: OfficeCode
    kind: DeviceKind
    name: DeviceName
    counter: CounterNumber | None
    paired_at: Instant
    paired_by: PersonName | None
    seen_at: Instant | None
    ended_at: Instant | None = None
    ended: DeviceEnd | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovePairing(Request[Device]):
    """Make the device that shows the code one of the office; `kind` is the one that who approves has seen.

    Only a counter-top board has a `counter`, and it needs one.
    """

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Device]] = Device
    repeatable: ClassVar[bool] = False

    office: OfficeCode
    approved_by: str
    role: Role
    user_code: OneTimeCode
    kind: DeviceKind
    name: DeviceName
    counter: CounterNumber | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceSession:
    """A device's session: a token of some hours, and the secret that gets the next one, once."""

    token: str
    expires_at: Instant
    refresh_secret: Secret
    device_id: str
    role: Role
    office: OfficeCode
    kind: DeviceKind
    name: DeviceName
    counter: CounterNumber | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakePairing(Request[DeviceSession]):
    """Take the session of a pairing that was approved; it can be had once."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[DeviceSession]] = DeviceSession
    repeatable: ClassVar[bool] = False

    device_code: Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewDevice(Request[DeviceSession]):
    """Get a device's next token and secret; a secret that was replaced and is used again ends the device."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[DeviceSession]] = DeviceSession
    repeatable: ClassVar[bool] = False

    refresh_secret: Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Devices:
    """An office's devices, the newest first; those that ended lately come last."""

    office: OfficeCode
    devices: tuple[Device, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDevices(Request[Devices]):
    """Read which devices an office has."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Devices]] = Devices

    office: OfficeCode


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeDevice(Request[Device]):
    """End a device: nothing that it has counts any more. Of one that ended already nothing changes."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Device]] = Device

    office: OfficeCode
    device_id: str
    revoked_by: str
    role: Role
