"""The head of a running office closes a day on which somebody has booked, and changes their mind."""

import uuid
from typing import Any

from tests.processes import wait_until
from tests.stack import Stack

EVERY_DAY = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
BAMBANG = {
    "nik": "6571011501900201",
    "birth_date": "1990-01-15",
    "sex": "male",
    "name": "Bambang Susilo",
    "display_name": "Pak Bambang",
    "phone": "0812 5550 0201",
    "email": "bambang@contoh.id",
    "password": "rahasia-sekali",
}


def plan(*closures: dict[str, str]) -> dict[str, Any]:
    """Tarakan, open day and night as the demonstration has it, with closures."""
    return {
        "plan": {
            "office": "TRK",
            "services": ["new", "renewal", "epassport", "replacement", "collection"],
            "counters": 4,
            "observes_holidays": False,
            "hours": [{"valid_from": "2026-01-01", "week": [{"days": EVERY_DAY, "open": "00.00-24.00"}]}],
            "closures": list(closures),
        }
    }


def test_a_day_is_closed_and_opened_again_and_the_booking_stands(stack: Stack) -> None:
    """Over HTTP, through the broker, in the real database: listed while it is affected, never lost."""
    bambang = stack.register(BAMBANG)
    head, officer = stack.sign_in("kepala.trk"), stack.sign_in("petugas.trk")
    day = _days(stack)[5]
    slot = stack.get(f"/v1/offices/TRK/slots?service=new&date={day}").json()["slots"][9]["slot_id"]
    key = {"Idempotency-Key": str(uuid.uuid4())}
    code = stack.post("/v1/bookings", {"slot_id": slot}, headers=bambang | key).json()["code"]
    closure = {"from_date": day, "reason": "Pemadaman listrik"}

    closed = stack.put("/v1/offices/TRK/plan", plan(closure), headers=head)
    assert [one["code"] for one in closed.json()["bookings"]] == [code]
    wait_until(lambda: day not in _days(stack), seconds=10)
    affected = stack.get("/v1/offices/TRK/affected-bookings", headers=officer).json()
    assert [one["display_name"] for one in affected["bookings"]] == ["Pak Bambang"]
    assert stack.get(f"/v1/bookings/{code}", headers=bambang).json()["status"] == "booked"

    opened = stack.put("/v1/offices/TRK/plan", plan(), headers=head)
    assert opened.json()["bookings"] == []
    wait_until(lambda: day in _days(stack), seconds=10)


def _days(stack: Stack) -> list[str]:
    return [day["date"] for day in stack.get("/v1/offices/TRK/days?service=new").json()["days"]]
