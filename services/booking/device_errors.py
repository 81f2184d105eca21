"""What booking refuses of an office's devices; a part of the tree in `errors.py`."""

from contracts.refusals import Refused


class TooManyPairings(Refused):
    """From one network address as many devices wait for somebody's approval as may; data: `retry_seconds`."""

    code = "too_many_pairings"


class PairingsFull(Refused):
    """In the whole country as many devices wait as there are codes for; data: `retry_seconds`."""

    code = "pairings_full"


class PairingPending(Refused):
    """Nobody has approved the device yet; data: `retry_seconds`."""

    code = "pairing_pending"


class PairingExpired(Refused):
    """Nobody approved the device in time, its session was taken, or it never asked; which is never told."""

    code = "pairing_expired"


class UnknownPairingCode(Refused):
    """No device shows this code."""

    code = "unknown_pairing_code"


class OtherDeviceKind(Refused):
    """The device that shows the code is of another kind than was approved; data: its `kind`."""

    code = "other_device_kind"


class CounterNeeded(Refused):
    """A counter-top board stands at one of the office's counters; data: `most`."""

    code = "counter_needed"


class UnknownDevice(Refused):
    """The office has no such device."""

    code = "unknown_device"


class DeviceNotPaired(Refused):
    """The device was revoked, its secret was used twice, or it was never paired; which is never told."""

    code = "device_not_paired"
