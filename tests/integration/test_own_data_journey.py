"""A citizen of the running system reads a copy of their data, and has it erased everywhere."""

import uuid
from typing import Any

import psycopg
import requests

from tests.processes import wait_until
from tests.stack import Stack

WULAN: dict[str, Any] = {
    "nik": "6571015501900301",
    "birth_date": "1990-01-15",
    "sex": "female",
    "name": "Wulandari Lestari",
    "display_name": "Bu Wulandari",
    "phone": "0812 5550 0301",
    "email": "wulandari@contoh.id",
    "password": "rahasia-sekali",
}
SECRETS = ("Wulandari", "81255500301", "wulandari@contoh.id")
TABLES = {
    "booking": ("account", "booking", "registration", "address_proof", "audit_entry"),
    "checkin": ("expected_ticket", "queue_ticket"),
    "notify": ("contact", "message", "notice"),
    "display": ("board_ticket",),
}


def test_every_service_forgets_an_erased_person(stack: Stack) -> None:
    """Over HTTP, through the broker, in all four databases; the token is worth nothing afterwards."""
    wulan = stack.register(WULAN)
    code = book_and_come(stack, wulan)
    copy = stack.get("/v1/me/export", headers=wulan)
    assert copy.headers["content-disposition"] == 'attachment; filename="antrean.json"'
    assert copy.json()["account"]["nik"] == WULAN["nik"]
    assert [booking["code"] for booking in copy.json()["bookings"]] == [code]
    wait_until(lambda: {"booking", "checkin", "notify", "display"} == set(knowing(stack)), seconds=20)

    body = {"password": WULAN["password"]}
    erased = requests.delete(f"{stack.url}/v1/me", json=body, headers=wulan, timeout=20)
    assert erased.status_code == 204, erased.text
    wait_until(lambda: knowing(stack) == [], seconds=20)
    wait_until(lambda: stack.get("/v1/me/export", headers=wulan).status_code == 401, seconds=20)
    board = stack.get("/v1/offices/TRK/board").json()
    assert "Wulandari" not in str(board)


def book_and_come(stack: Stack, wulan: dict[str, str]) -> str:
    """Book the hour that runs, come, and be called; return the booking's code."""
    day = stack.get("/v1/offices/TRK/days?service=new").json()["days"][0]["date"]
    slot = stack.get(f"/v1/offices/TRK/slots?service=new&date={day}").json()["slots"][0]["slot_id"]
    headers = wulan | {"Idempotency-Key": str(uuid.uuid4())}
    booking = stack.post("/v1/bookings", {"slot_id": slot}, headers=headers).json()
    kiosk, officer = stack.sign_in("kios.trk"), stack.sign_in("petugas.trk")
    scan = {"ticket": booking["ticket"]}
    stack.post("/v1/offices/TRK/scans", scan, headers=kiosk).raise_for_status()
    for deed in ("open", "call"):
        stack.post(f"/v1/offices/TRK/counters/3/{deed}", {}, headers=officer).raise_for_status()
    return str(booking["code"])


def knowing(stack: Stack) -> list[str]:
    """Name the services whose tables have anything of hers."""
    return [service for service in TABLES if any(secret in dump(stack, service) for secret in SECRETS)]


def dump(stack: Stack, service: str) -> str:
    """Everything in a service's own tables, as text."""
    with psycopg.connect(stack.database_url(service)) as connection:
        rows = [
            connection.execute(f"SELECT {table}::text FROM {table}").fetchall()  # noqa: S608
            for table in TABLES[service]
        ]
    return str(rows)
