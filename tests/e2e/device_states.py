"""The pages of devices in every state: the one on which they are paired, and those of the head."""

from contracts.requests.devices import (
    ApprovePairing,
    BeginPairing,
    Devices,
    FindPairing,
    ListDevices,
    RenewDevice,
    TakePairing,
)
from tests.e2e.device_samples import USER_CODE, asked_pairing
from tests.e2e.screens import CitizenPages
from tests.e2e.state import State

HEAD, LIST = "kepala.trk", "/kepala/TRK/perangkat"
APPROVAL = f"{LIST}/kode/{USER_CODE}"


def _type_code(pages: CitizenPages) -> None:
    pages.page.get_by_label("Kode di layar perangkat").fill("482 913")
    pages.submit("Lanjut: periksa perangkatnya")


def _choose_kiosk(pages: CitizenPages) -> None:
    pages.page.get_by_role("button", name="Kios").click()


def _come_too_late(pages: CitizenPages) -> None:
    _choose_kiosk(pages)
    pages.page.get_by_role("button", name="Minta kode baru").wait_for()


def _approve_without_counter(pages: CitizenPages) -> None:
    pages.page.get_by_label("Nama perangkat").fill("Papan loket 2")
    pages.submit("Setujui perangkat ini")


DEVICE_STATES = {
    "pairing": State(path="/pasang"),
    "pairing, revoked": State(path="/pasang?lepas=1"),
    "pairing, no codes left": State(
        path="/pasang", refuses=((BeginPairing, "pairings_full"),), then=_choose_kiosk
    ),
    "pairing, code": State(path="/pasang", refuses=((TakePairing, "pairing_pending"),), then=_choose_kiosk),
    "pairing, too late": State(
        path="/pasang",
        refuses=((TakePairing, "pairing_expired"),),
        then=_come_too_late,
    ),
    "devices": State(path=LIST, login=HEAD),
    "devices, none": State(
        path=LIST, login=HEAD, answers=((ListDevices, Devices(office="TRK", devices=())),)
    ),
    "devices, no code": State(
        path=LIST, login=HEAD, then=lambda pages: pages.submit("Lanjut: periksa perangkatnya")
    ),
    "devices, unknown code": State(
        path=LIST, login=HEAD, refuses=((FindPairing, "unknown_pairing_code"),), then=_type_code
    ),
    "devices, too many codes": State(
        path=LIST, login=HEAD, refuses=((FindPairing, "too_many_attempts"),), then=_type_code
    ),
    "device to approve": State(path=LIST, login=HEAD, then=_type_code),
    "device to approve, no name": State(
        path=APPROVAL, login=HEAD, then=lambda pages: pages.submit("Setujui perangkat ini")
    ),
    "board to approve, no counter": State(
        path=APPROVAL,
        login=HEAD,
        answers=((FindPairing, asked_pairing("counter_board")),),
        refuses=((ApprovePairing, "counter_needed"),),
        then=_approve_without_counter,
    ),
    "renewal, no secret": State(
        path="/pasang?lanjut=/kios/TRK", refuses=((RenewDevice, "device_not_paired"),)
    ),
}
