"""Devices over HTTP: who may let one in, and what its browser keeps."""

import pytest

from contracts.refusals import RemoteRefusal
from contracts.requests.accounts import Revocation
from contracts.requests.checkin import Admission, ScanTicket
from contracts.requests.devices import (
    ApprovePairing,
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
from contracts.words import Role
from gateway.auth import SESSION_COOKIE
from gateway.device_cookies import PAIRING_PAGE
from tests.e2e.device_samples import asked_pairing, device
from tests.unit.gateway.fakes import NOON, PERSON, bearer, gateway, office, token

pytestmark = pytest.mark.anyio

APPROVAL = {"user_code": "482913", "kind": "kiosk", "name": "Kios pintu masuk"}
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


def session(role: Role = "kiosk") -> DeviceSession:
    return DeviceSession(
        token=token(role, "TRK"),
        expires_at=NOON,
        refresh_secret="the-second",
        device_id=PERSON,
        role=role,
        office="TRK",
        kind="kiosk",
        name="Kios pintu masuk",
        counter=None,
    )


@pytest.mark.parametrize(
    ("role", "of_office", "status"),
    [("head", "TRK", 201), ("admin", None, 201), ("head", "SKW", 403), ("officer", "TRK", 403)],
)
async def test_who_is_in_charge_approves_a_device(role: Role, of_office: str | None, status: int) -> None:
    """The office's head, and an administrator anywhere; nobody else, and no other office's head."""
    async with gateway(office()) as api:
        approved: Device = device()
        api.services.answers[ApprovePairing] = approved
        answer = await api.http.simulate_post(
            "/v1/offices/TRK/pairings", json=APPROVAL, headers=bearer(role, of_office)
        )
        assert answer.status_code == status
        asked = ApprovePairing(office="TRK", approved_by=PERSON, role=role, **APPROVAL)  # type: ignore[arg-type]  # as sent
        assert api.services.asked == ([asked] if status == 201 else [])


async def test_the_head_reads_what_asks_and_ends_what_is_there() -> None:
    """Under the own name, which the log keeps."""
    async with gateway(office()) as api:
        api.services.answers.update(
            {
                FindPairing: asked_pairing(),
                ListDevices: Devices(office="TRK", devices=(device(),)),
                RevokeDevice: device(ended="revoked"),
            }
        )
        head = bearer("head", "TRK")
        shown = await api.http.simulate_get("/v1/offices/TRK/pairings/482913", headers=head)
        assert shown.json["kind"] == "kiosk"
        listed = await api.http.simulate_get("/v1/offices/TRK/devices", headers=head)
        assert [one["name"] for one in listed.json["devices"]] == ["Kios pintu masuk"]
        ended = await api.http.simulate_delete(f"/v1/offices/TRK/devices/{PERSON}", headers=head)
        assert ended.status_code == 204
        revoked = RevokeDevice(office="TRK", device_id=PERSON, revoked_by=PERSON, role="head")
        assert api.services.asked[-1] == revoked


async def test_a_device_asks_without_being_signed_in() -> None:
    """From its own address, which it cannot choose."""
    async with gateway() as api:
        api.services.answers[BeginPairing] = Pairing(
            device_code="secret", user_code="482913", kind="board", expires_in_seconds=600, interval_seconds=3
        )
        answer = await api.http.simulate_post("/v1/pairings", json={"kind": "board"})
        assert (answer.status_code, answer.json["user_code"]) == (201, "482913")
        assert api.services.asked == [BeginPairing(kind="board", address="127.0.0.1")]
        smuggled = await api.http.simulate_post("/v1/pairings", json={"kind": "board", "address": "::1"})
        assert smuggled.status_code == 422


async def test_a_browser_keeps_what_a_script_cannot_read() -> None:
    """The secret goes to the pairing page alone; while nobody has approved there is nothing to keep."""
    async with gateway(office(), public_url="https://antrean.example") as api:
        page, sent = f"{PAIRING_PAGE}/sesi", {"device_code": "secret"}
        api.services.answers[TakePairing] = RemoteRefusal("pairing_pending", {"retry_seconds": 3})
        pending = await api.http.simulate_post(page, json=sent, headers=SAME_ORIGIN)
        assert (pending.status_code, pending.json, pending.cookies) == (202, {"home": None}, {})
        api.services.answers[TakePairing] = session()
        taken = await api.http.simulate_post(page, json=sent, headers=SAME_ORIGIN)
        assert taken.json == {"home": "/kios/TRK"}
        assert all(cookie.http_only and cookie.secure for cookie in taken.cookies.values())
        secret = taken.cookies["antrean_device_renewal"]
        assert (secret.value, secret.path, secret.same_site) == ("the-second", PAIRING_PAGE, "Strict")
        assert SESSION_COOKIE in taken.cookies


async def test_a_browser_renews_with_its_secret() -> None:
    """And forgets that it is a device's once it is none; another site's page cannot make it."""
    async with gateway(office()) as api:
        page = f"{PAIRING_PAGE}/perpanjang"
        headers = {**SAME_ORIGIN, "Cookie": "antrean_device_renewal=the-first; antrean_device=kiosk"}
        api.services.answers[RenewDevice] = session()
        renewed = await api.http.simulate_post(page, headers=headers)
        assert renewed.cookies["antrean_device_renewal"].value == "the-second"
        assert api.services.asked == [RenewDevice(refresh_secret="the-first")]
        api.services.answers[RenewDevice] = RemoteRefusal("device_not_paired", {})
        refused = await api.http.simulate_post(page, headers=headers)
        assert (refused.status_code, refused.json["code"]) == (401, "device_not_paired")
        assert {cookie.value for cookie in refused.cookies.values()} == {""}
        forged = await api.http.simulate_post(page, headers={**headers, "Sec-Fetch-Site": "cross-site"})
        assert forged.status_code == 403


async def test_a_device_whose_token_is_over_is_sent_to_renew_it() -> None:
    """Where a person is sent to sign in."""
    async with gateway(office()) as api:
        person = await api.http.simulate_get("/kios/TRK")
        assert person.headers["location"] == "/masuk?lanjut=%2Fkios%2FTRK"
        paired = await api.http.simulate_get("/kios/TRK", headers={"Cookie": "antrean_device=kiosk"})
        assert paired.headers["location"] == "/pasang?lanjut=%2Fkios%2FTRK"
        head = await api.http.simulate_get("/kepala/TRK", headers={"Cookie": "antrean_device=kiosk"})
        assert head.headers["location"].startswith("/masuk")


async def test_a_revoked_device_is_refused_at_once() -> None:
    """Its token has hours to go; the other roles of a device are no kiosk."""
    async with gateway(office()) as api:
        api.services.answers[ScanTicket] = Admission(
            ticket_id=PERSON, number="A-001", display_name=None, service="new", scanned_at=NOON,
            waiting_before=0,
        )  # fmt: skip
        scans, ticket = "/v1/offices/TRK/scans", {"ticket": "TRK-7K3M9P"}
        kiosk, board = bearer("kiosk", "TRK"), bearer("board", "TRK")
        assert (await api.http.simulate_post(scans, json=ticket, headers=kiosk)).status_code == 201
        assert (await api.http.simulate_post(scans, json=ticket, headers=board)).json["code"] == "not_allowed"
        left = await api.http.simulate_get(f"{PAIRING_PAGE}/sesi", headers=board)
        assert 3500 < left.json["expires_in_seconds"] <= 3600
        api.revoked.load([Revocation(subject=PERSON, session_version=2)])
        assert (await api.http.simulate_post(scans, json=ticket, headers=kiosk)).json[
            "code"
        ] == "session_revoked"
        assert (await api.http.simulate_get(f"{PAIRING_PAGE}/sesi", headers=board)).status_code == 401
