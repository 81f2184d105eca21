"""Scanning tickets and running counters over HTTP."""

import pytest

from contracts.requests.checkin import (
    Admission,
    CallNext,
    CloseCounter,
    Counter,
    FinishTicket,
    GetCounter,
    MarkNoShow,
    OpenCounter,
    RecallTicket,
    ScanTicket,
)
from contracts.requests.counter_deeds import CallTicket
from tests.unit.gateway.fakes import NOON, PERSON, bearer, codes, gateway, office

pytestmark = pytest.mark.anyio

ADMISSION = Admission(
    ticket_id="0199a1b2-0000-7000-8000-0000000000bb",
    number="A-001",
    display_name="Pak Andi",
    service="new",
    scanned_at=NOON,
    waiting_before=2,
)
COUNTER = Counter(office="TRK", counter=3, state="open", services=("new",), ticket=None, waiting=2)
DEEDS = {
    "open": OpenCounter,
    "call": CallNext,
    "recall": RecallTicket,
    "finish": FinishTicket,
    "close": CloseCounter,
}


@pytest.mark.parametrize("role", ["kiosk", "officer"])
async def test_a_ticket_is_scanned_at_the_own_office(role: str) -> None:
    """By the kiosk, or by an officer at the front desk."""
    async with gateway(office()) as api:
        api.services.answers[ScanTicket] = ADMISSION
        answer = await api.http.simulate_post(
            "/v1/offices/TRK/scans", json={"ticket": "TRK-7K3M9P"}, headers=bearer(role, "TRK")
        )
        assert answer.status_code == 201
        assert (answer.json["number"], answer.json["waiting_before"]) == ("A-001", 2)
        assert answer.json["is_back"] is False
        assert api.services.asked == [ScanTicket(office="TRK", ticket="TRK-7K3M9P")]


async def test_a_scan_says_nothing_of_the_office_itself() -> None:
    """The office is the path's, and the path's is the token's."""
    async with gateway(office()) as api:
        answer = await api.http.simulate_post(
            "/v1/offices/TRK/scans",
            json={"ticket": "TRK-7K3M9P", "office": "SKW"},
            headers=bearer("kiosk", "TRK"),
        )
        assert codes(answer.json["errors"]) == {("/office", "unknown_field")}
        other = await api.http.simulate_post(
            "/v1/offices/SKW/scans", json={"ticket": "TRK-7K3M9P"}, headers=bearer("kiosk", "TRK")
        )
        assert (other.status_code, other.json["code"]) == (403, "other_office")
        assert api.services.asked == []


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("body", [b"", b"{}"])
async def test_a_counter_is_run_with_or_without_a_body(deed: str, body: bytes) -> None:
    """Office and counter come from the path, the officer from the token."""
    async with gateway(office()) as api:
        api.services.answers[DEEDS[deed]] = COUNTER
        answer = await api.http.simulate_post(
            f"/v1/offices/TRK/counters/3/{deed}",
            body=body,
            headers=bearer("officer", "TRK") | ({"Content-Type": "application/json"} if body else {}),
        )
        assert (answer.status_code, answer.json["counter"]) == (200, 3)
        assert api.services.asked == [DEEDS[deed](office="TRK", counter=3, officer=PERSON)]


async def test_who_did_not_come_is_named() -> None:
    """So the same request twice does not reach whom the counter called next."""
    async with gateway(office()) as api:
        api.services.answers[MarkNoShow] = COUNTER
        headers, path = bearer("officer", "TRK"), "/v1/offices/TRK/counters/3/no-show"
        nobody = await api.http.simulate_post(path, headers=headers)
        assert (nobody.status_code, api.services.asked) == (422, [])
        absent = await api.http.simulate_post(path, json={"ticket_id": "one"}, headers=headers)
        assert absent.status_code == 200
        assert api.services.asked == [MarkNoShow(office="TRK", counter=3, officer=PERSON, ticket_id="one")]


async def test_a_counter_opens_for_the_services_named() -> None:
    """Twice the same is no harm; an unknown one is a fault with its place in the list."""
    async with gateway(office()) as api:
        api.services.answers[OpenCounter] = COUNTER
        headers = bearer("officer", "TRK")
        path = "/v1/offices/TRK/counters/3/open"
        assert (
            await api.http.simulate_post(path, json={"services": ["new"]}, headers=headers)
        ).status_code == 200
        answer = await api.http.simulate_post(path, json={"services": ["new", "visa"]}, headers=headers)
        assert codes(answer.json["errors"]) == {("/services/1", "unknown_choice")}


async def test_a_call_takes_no_fields() -> None:
    """Nobody calls in the name of another officer."""
    async with gateway(office()) as api:
        answer = await api.http.simulate_post(
            "/v1/offices/TRK/counters/3/call", json={"officer": "x", "x": 1}, headers=bearer("officer", "TRK")
        )
        assert codes(answer.json["errors"]) == {("/officer", "unknown_field"), ("/x", "unknown_field")}


@pytest.mark.parametrize("number", ["0", "100", "one", "-1"])
async def test_what_can_be_no_counter_is_not_found(number: str) -> None:
    """Counters have numbers from 1 to 99."""
    async with gateway(office()) as api:
        answer = await api.http.simulate_get(
            f"/v1/offices/TRK/counters/{number}", headers=bearer("officer", "TRK")
        )
        assert (answer.status_code, answer.json["code"]) == (404, "not_found")


async def test_a_counter_is_read_by_its_officer() -> None:
    """As it is now."""
    async with gateway(office()) as api:
        api.services.answers[GetCounter] = COUNTER
        answer = await api.http.simulate_get("/v1/offices/TRK/counters/3", headers=bearer("officer", "TRK"))
        assert answer.json == {
            "office": "TRK",
            "counter": 3,
            "state": "open",
            "services": ["new"],
            "ticket": None,
            "waiting": 2,
            "steps": ["service"],
            "emergency_since": None,
            "undo_until": None,
        }


async def test_only_a_head_calls_a_ticket_out_of_its_turn() -> None:
    """An officer calls who is next; the head's reason goes with the call."""
    path, wish = "/v1/offices/TRK/counters/3/call-ticket", {"number": "A-012", "reason": "far"}
    async with gateway(office()) as api:
        api.services.answers[CallTicket] = COUNTER
        refused = await api.http.simulate_post(path, json=wish, headers=bearer("officer", "TRK"))
        assert (refused.status_code, refused.json["code"]) == (403, "not_allowed")
        assert api.services.asked == []
        allowed = await api.http.simulate_post(path, json=wish, headers=bearer("head", "TRK"))
        assert allowed.status_code == 200
        (asked,) = api.services.asked
        assert isinstance(asked, CallTicket)
        assert (asked.number, asked.reason, asked.counter) == ("A-012", "far", 3)


@pytest.mark.parametrize("number", ["A", "12", "AA-012", "A-1", "A-012345", "%C3%84-012"])
async def test_a_number_that_is_none_is_refused_before_anybody_is_asked(number: str) -> None:
    """As one that was never given out: with a code that does not change."""
    async with gateway(office()) as api:
        answer = await api.http.simulate_get(f"/v1/offices/TRK/queue/{number}")
        assert (answer.status_code, answer.json["code"]) == (404, "unknown_number")
        assert api.services.asked == []
