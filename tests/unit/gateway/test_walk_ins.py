"""Numbers for people without a booking, over HTTP."""

from datetime import date

import pytest

from contracts.refusals import RemoteRefusal
from contracts.requests.walk_in import GetWalkIns, IssueWalkIn, ServiceWalkIns, WalkIns
from tests.unit.gateway.fakes import bearer, gateway, office, refused
from tests.unit.gateway.test_office_work import ADMISSION

pytestmark = pytest.mark.anyio

PATH = "/v1/offices/TRK/walk-ins"
WISH = {"request_id": "5f0c8a61d2", "for_service": "new", "priority": "elderly"}
TODAY = WalkIns(
    office="TRK",
    date=date(2026, 11, 23),
    services=(ServiceWalkIns(service="new", places=7, places_left=3, waiting=5),),
)


@pytest.mark.parametrize("role", ["kiosk", "officer"])
async def test_a_number_is_given_at_the_own_office(role: str) -> None:
    """By the kiosk, or by an officer for who cannot use it."""
    async with gateway(office()) as api:
        api.services.answers[IssueWalkIn] = ADMISSION
        answer = await api.http.simulate_post(PATH, json=WISH, headers=bearer(role, "TRK"))
        assert answer.status_code == 201
        assert answer.json["number"] == "A-001"
        assert api.services.asked == [
            IssueWalkIn(office="TRK", request_id="5f0c8a61d2", for_service="new", priority="elderly")
        ]


async def test_nobody_else_gives_numbers() -> None:
    """A citizen at home would take the place of who stands at the door."""
    async with gateway(office()) as api:
        stranger = await api.http.simulate_post(PATH, json=WISH)
        citizen = await api.http.simulate_post(PATH, json=WISH, headers=bearer("citizen"))
        elsewhere = await api.http.simulate_post(PATH, json=WISH, headers=bearer("kiosk", "SKW"))
        assert (refused(stranger), refused(citizen), refused(elsewhere)) == (
            (401, "not_signed_in"),
            (403, "not_allowed"),
            (403, "other_office"),
        )
        assert api.services.asked == []


async def test_a_full_service_says_how_many_places_it_had() -> None:
    """The kiosk shows it, and what to do instead."""
    async with gateway(office()) as api:
        api.services.answers[IssueWalkIn] = RemoteRefusal("walk_in_full", {"service": "new", "places": 7})
        answer = await api.http.simulate_post(PATH, json=WISH, headers=bearer("kiosk", "TRK"))
        assert refused(answer) == (409, "walk_in_full")
        assert answer.json["places"] == 7


async def test_everybody_reads_what_is_left() -> None:
    """Without signing in: who thinks of coming wants to know."""
    async with gateway(office()) as api:
        api.services.answers[GetWalkIns] = TODAY
        answer = await api.http.simulate_get(PATH)
        assert answer.status_code == 200
        assert answer.json["services"] == [
            {"service": "new", "places": 7, "places_left": 3, "waiting": 5},
        ]
