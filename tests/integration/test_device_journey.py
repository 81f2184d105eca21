"""A kiosk of the running system is paired by a code, works, and is put out of use."""

import requests

from tests.processes import wait_until
from tests.stack import Stack


def test_a_kiosk_is_paired_works_and_is_revoked(stack: Stack) -> None:
    """Over HTTP and through the broker; revoked, its token is worth nothing though it has hours to go."""
    head = stack.sign_in("kepala.trk")
    asked = stack.post("/v1/pairings", {"kind": "kiosk"}).json()
    wanted = {"device_code": asked["device_code"]}
    assert stack.post("/v1/pairings/token", wanted).json()["code"] == "pairing_pending"

    shown = stack.get(f"/v1/offices/TRK/pairings/{asked['user_code']}", headers=head).json()
    approval = {"user_code": asked["user_code"], "kind": shown["kind"], "name": "Kios pintu belakang"}
    stack.post("/v1/offices/TRK/pairings", approval, headers=head).raise_for_status()
    session = stack.post("/v1/pairings/token", wanted).json()
    renewed = stack.post("/v1/pairings/renewal", {"refresh_secret": session["refresh_secret"]}).json()
    kiosk = {"Authorization": f"Bearer {renewed['token']}"}
    assert scan(stack, "TRK", kiosk) == "unknown_ticket"  # it may scan; there is no such ticket
    assert scan(stack, "SKW", kiosk) == "other_office"

    listed = stack.get("/v1/offices/TRK/devices", headers=head).json()["devices"]
    (device,) = (one for one in listed if one["name"] == "Kios pintu belakang")
    assert device["paired_by"] == "Kepala TRK"
    address = f"{stack.url}/v1/offices/TRK/devices/{device['device_id']}"
    requests.delete(address, headers=head, timeout=20).raise_for_status()
    wait_until(lambda: scan(stack, "TRK", kiosk) == "session_revoked", seconds=20)
    again = stack.post("/v1/pairings/renewal", {"refresh_secret": renewed["refresh_secret"]})
    assert again.json()["code"] == "device_not_paired"


def scan(stack: Stack, office: str, kiosk: dict[str, str]) -> str:
    """Hold a ticket to the kiosk that nobody has; return why it is refused."""
    refused = stack.post(f"/v1/offices/{office}/scans", {"ticket": f"{office}-7K3M9P"}, headers=kiosk)
    return str(refused.json()["code"])
