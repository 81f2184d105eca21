"""An office's plan over HTTP, and the bookings that stand against it."""

from typing import Any

import pytest

from contracts.office_plan import OfficePlan
from contracts.refusals import RemoteRefusal
from contracts.requests.booking import (
    AffectedBooking,
    AffectedBookings,
    ChangeOfficePlan,
    ListAffectedBookings,
)
from contracts.schema import load
from tests.unit.gateway.fakes import NOON, PERSON, bearer, codes, gateway, office

pytestmark = pytest.mark.anyio

PLAN: dict[str, Any] = {
    "office": "TRK",
    "services": ["new"],
    "counters": 4,
    "hours": [{"valid_from": "2026-01-01", "week": [{"days": ["monday"], "open": "08.00-16.00"}]}],
}
AFFECTED = AffectedBookings(
    office="TRK",
    status="pilot",
    bookings=(
        AffectedBooking(
            code="TRK-7K3M9P",
            service="new",
            priority="regular",
            display_name="Pak Andi",
            date=NOON.date(),
            starts_at=NOON,
            ends_at=NOON,
        ),
    ),
)


async def test_the_head_decides_and_sees_who_is_affected() -> None:
    """The whole plan travels; the answer lists the bookings."""
    async with gateway(office()) as api:
        api.services.answers[ChangeOfficePlan] = AFFECTED
        answer = await api.http.simulate_put(
            "/v1/offices/TRK/plan", json={"plan": PLAN}, headers=bearer("head", "TRK")
        )
        assert answer.status_code == 200
        assert [one["code"] for one in answer.json["bookings"]] == ["TRK-7K3M9P"]
        assert api.services.asked == [
            ChangeOfficePlan(office="TRK", plan=load(OfficePlan, PLAN), changed_by=PERSON)
        ]


@pytest.mark.parametrize(
    ("role", "at", "code"), [("officer", "TRK", "not_allowed"), ("head", "SKW", "other_office")]
)
async def test_nobody_else_decides(role: str, at: str, code: str) -> None:
    """No officer, and no head of another office."""
    async with gateway(office()) as api:
        answer = await api.http.simulate_put(
            "/v1/offices/TRK/plan", json={"plan": PLAN}, headers=bearer(role, at)
        )
        assert (answer.status_code, answer.json["code"]) == (403, code)
        assert api.services.asked == []


async def test_a_fault_deep_in_a_plan_is_pointed_at() -> None:
    """Whether the form is wrong or the service finds a contradiction."""
    async with gateway(office()) as api:
        broken = {
            **PLAN,
            "hours": [{"valid_from": "2026-01-01", "week": [{"days": ["senin"], "open": "8-16"}]}],
        }
        answer = await api.http.simulate_put(
            "/v1/offices/TRK/plan", json={"plan": broken}, headers=bearer("head", "TRK")
        )
        assert codes(answer.json["errors"]) == {
            ("/plan/hours/0/week/0/days/0", "unknown_choice"),
            ("/plan/hours/0/week/0/open", "bad_form"),
        }
        fault = {"pointer": "/plan/release", "code": "not_exactly_one"}
        api.services.answers[ChangeOfficePlan] = RemoteRefusal("office_plan_invalid", {"faults": [fault]})
        refused = await api.http.simulate_put(
            "/v1/offices/TRK/plan", json={"plan": PLAN}, headers=bearer("head", "TRK")
        )
        assert (refused.status_code, refused.json["code"]) == (422, "office_plan_invalid")
        assert codes(refused.json["errors"]) == {("/plan/release", "not_exactly_one")}


@pytest.mark.parametrize("role", ["head", "officer"])
async def test_staff_read_who_is_affected(role: str) -> None:
    """To call them, or to help them at the desk."""
    async with gateway(office()) as api:
        api.services.answers[ListAffectedBookings] = AFFECTED
        answer = await api.http.simulate_get("/v1/offices/TRK/affected-bookings", headers=bearer(role, "TRK"))
        assert (answer.status_code, answer.json["bookings"][0]["display_name"]) == (200, "Pak Andi")
        assert api.services.asked == [ListAffectedBookings(office="TRK")]
