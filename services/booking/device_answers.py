"""What booking answers to devices that want to be paired, and to who is in charge of them."""

from chassis.database import Transaction
from chassis.requests import answers
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
    RenewDevice,
    RevokeDevice,
    TakePairing,
)
from services.booking.equipment import Equipment
from services.booking.handlers import device_sessions, pairings


class DeviceAnswers(Equipment):
    """A part of the service."""

    @answers(BeginPairing)
    def begin_pairing(self, tx: Transaction, command: BeginPairing) -> Pairing:
        """Give a device a code."""
        return pairings.begin_pairing(tx, command, sign_in=self._sign_in())

    @answers(FindPairing)
    def find_pairing(self, tx: Transaction, query: FindPairing) -> AskedPairing:
        """Read which device shows a code."""
        return pairings.find_pairing(tx, query, sign_in=self._sign_in())

    @answers(ApprovePairing)
    def approve_pairing(self, tx: Transaction, command: ApprovePairing) -> Device:
        """Make a device one of an office."""
        return pairings.approve_pairing(tx, command, sign_in=self._sign_in())

    @answers(TakePairing)
    def take_pairing(self, tx: Transaction, command: TakePairing) -> DeviceSession:
        """Begin the session of a device that was approved."""
        return pairings.take_pairing(tx, command, sign_in=self._sign_in())

    @answers(RenewDevice)
    def renew_device(self, _tx: Transaction, command: RenewDevice) -> DeviceSession:
        """Begin a device's next session."""
        return device_sessions.renew_device(command, sign_in=self._sign_in())

    @answers(ListDevices)
    def list_devices(self, tx: Transaction, query: ListDevices) -> Devices:
        """Read which devices an office has."""
        return device_sessions.list_devices(tx, query)

    @answers(RevokeDevice)
    def revoke_device(self, tx: Transaction, command: RevokeDevice) -> Device:
        """End a device."""
        return device_sessions.revoke_device(tx, command, sign_in=self._sign_in())
