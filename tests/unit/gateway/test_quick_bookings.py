"""What is taken at the door is what the application would have booked, refused and answered."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import orjson
import pytest
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from contracts.events import SessionsRevoked
from contracts.refusals import InternalFault, OutcomeUnknown, RemoteRefusal
from contracts.requests import Request
from contracts.requests.booking import BookSlot
from gateway.auth import SESSION_COOKIE
from gateway.backend import NoAnswer, ServiceUnavailable
from gateway.commands import MOST_BODY_BYTES
from gateway.quick_bookings import QuickBookings
from tests.unit.gateway.doors import Door, door_of
from tests.unit.gateway.fakes import PERSON, bearer, gateway, office, token
from tests.unit.gateway.test_bookings import BOOKING, SLOT

pytestmark = pytest.mark.anyio

ROUTE = "/v1/bookings"
BODY = orjson.dumps({"slot_id": SLOT})
TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


@asynccontextmanager
async def door(traces: list[str] | None = None) -> AsyncIterator[Door]:
    """Booking answers both ways the same; `traces` gets that of each booking that is taken at the door."""
    async with gateway(office()) as running:
        running.services.answers[BookSlot] = BOOKING

        def put(command: Request[Any], traceparent: str) -> "asyncio.Future[Any]":
            if isinstance(running.services.answers[BookSlot], ServiceUnavailable):
                raise ServiceUnavailable
            if traces is not None:
                traces.append(traceparent)
            return asyncio.ensure_future(running.services.ask_plain(command))

        async with door_of(running, [QuickBookings(put, running.authenticator, secure=False)]) as at:
            yield at


def headers(**others: str) -> dict[str, str]:
    """Return the headers of a booking as it should be."""
    said = {**bearer(), "Idempotency-Key": "key-0001-0001", "Content-Type": "application/json", **others}
    return {name: value for name, value in said.items() if value}


def _told(answer: httpx.Response) -> tuple[int, dict[str, Any], dict[str, str]]:
    said = {name: value for name, value in answer.headers.items() if name != "traceparent"}
    return answer.status_code, answer.json() | {"instance": None}, said


async def test_a_booking_is_taken_at_the_door_and_answered_as_inside() -> None:
    """Status, body and all headers; the command is the same, and goes on with the caller's trace."""
    traces: list[str] = []
    async with door(traces) as at:
        quick = await at.http.post(ROUTE, content=BODY, headers=headers(traceparent=TRACE))
        assert (at.house.entered, quick.status_code) == (0, 201)
        assert _told(quick) == _told(await at.direct.post(ROUTE, content=BODY, headers=headers()))
        command = BookSlot(person_id=PERSON, slot_id=SLOT, idempotency_key="key-0001-0001")
        assert at.running.services.asked == [command, command]
        (trace,) = traces
        assert trace == quick.headers["traceparent"] != TRACE
        assert trace.split("-")[1] == TRACE.split("-")[1]


@pytest.mark.parametrize(
    "refused",
    [
        RemoteRefusal("slot_full", {}),
        RemoteRefusal("already_booked", {"code": "TRK-7K3M9P"}),
        RemoteRefusal("no_such_code", {}),
        OutcomeUnknown(),
        InternalFault(),
        NoAnswer(),
    ],
    ids=lambda refused: refused.code,
)
@pytest.mark.parametrize("language", ["", "en-GB"])
async def test_refusals_are_told_as_inside(refused: Exception, language: str) -> None:
    """In the asker's language, with every header."""
    async with door() as at:
        at.running.services.answers[BookSlot] = refused
        given = headers(**{"Accept-Language": language})
        quick = await at.http.post(ROUTE, content=BODY, headers=given)
        assert at.house.entered == 0
        assert _told(quick) == _told(await at.direct.post(ROUTE, content=BODY, headers=given))
        assert quick.json()["instance"] == quick.headers["traceparent"].split("-")[1]


async def test_what_nobody_thought_of_is_a_problem_too() -> None:
    """And who asked does not wait for ever."""
    async with door() as at:
        at.running.services.answers[BookSlot] = RuntimeError("nobody thought of it")
        answer = await at.http.post(ROUTE, content=BODY, headers=headers())
        assert (at.house.entered, answer.status_code, answer.json()["code"]) == (0, 500, "internal")


@pytest.mark.parametrize(
    ("given", "body", "query"),
    [
        pytest.param({"Authorization": ""}, BODY, "", id="nobody"),
        pytest.param({"Authorization": "Bearer x"}, BODY, "", id="a false token"),
        pytest.param({"Authorization": f"Bearer {token('officer', 'TRK')}"}, BODY, "", id="an officer"),
        pytest.param({"Authorization": "", "Cookie": f"{SESSION_COOKIE}={token()}"}, BODY, "", id="a page"),
        pytest.param({"Cookie": "lang=en"}, BODY, "", id="a language in a cookie"),
        pytest.param({"Idempotency-Key": ""}, BODY, "", id="no key"),
        pytest.param({"Idempotency-Key": "short"}, BODY, "", id="a key of the wrong form"),
        pytest.param({"Content-Type": ""}, BODY, "", id="no type"),
        pytest.param({"Content-Type": "text/plain"}, BODY, "", id="another type"),
        pytest.param({"Content-Type": "application/json; charset=utf-8"}, BODY, "", id="a charset"),
        pytest.param({}, BODY, "?lang=en", id="a language in the address"),
        pytest.param({}, b"{", "", id="no JSON"),
        pytest.param({}, b"[]", "", id="no object"),
        pytest.param({}, b'{"slot_id": 1, "more": 2}', "", id="faults"),
        pytest.param({}, b'{"slot_id": "x", "person_id": "y"}', "", id="smuggled"),
        pytest.param({}, b" " * (MOST_BODY_BYTES + 1), "", id="too large"),
    ],
)
async def test_what_is_not_plainly_right_is_left_to_the_application(
    given: dict[str, str], body: bytes, query: str
) -> None:
    """Which gets it as it came, and says what is wrong with it."""
    traces: list[str] = []
    async with door(traces) as at:
        asked = headers(**given)
        answer = await at.http.post(ROUTE + query, content=body, headers=asked)
        assert (at.house.entered, traces) == (1, [])
        assert _told(answer) == _told(await at.direct.post(ROUTE + query, content=body, headers=asked))


async def test_while_booking_cannot_be_asked_that_is_told_as_inside() -> None:
    """Nothing was sent, and it is not tried twice."""
    async with door() as at:
        at.running.services.answers[BookSlot] = ServiceUnavailable()
        quick = await at.http.post(ROUTE, content=BODY, headers=headers())
        assert (at.house.entered, quick.status_code) == (0, 503)
        assert _told(quick) == _told(await at.direct.post(ROUTE, content=BODY, headers=headers()))


async def test_what_is_worth_a_look_is_logged_in_its_trace() -> None:
    """The number that the asker can tell us finds the line."""
    async with door() as at:
        at.running.services.answers[BookSlot] = OutcomeUnknown()
        with capture_logs(processors=[merge_contextvars]) as lines:
            answer = await at.http.post(ROUTE, content=BODY, headers=headers())
    (line,) = [line for line in lines if line["event"] == "request_refused"]
    assert (line["trace_id"], line["code"]) == (answer.json()["instance"], "outcome_unknown")


async def test_a_header_that_is_said_twice_is_left_to_the_application() -> None:
    """It knows which of the two counts."""
    async with door() as at:
        asked = [*headers().items(), ("Idempotency-Key", "key-0002-0002")]
        answer = await at.http.post(ROUTE, content=BODY, headers=asked)
        assert at.house.entered == 1
        assert _told(answer) == _told(await at.direct.post(ROUTE, content=BODY, headers=asked))


async def test_an_ended_session_books_no_more() -> None:
    """Also with a token that was good a moment ago."""
    async with door() as at:
        assert (await at.http.post(ROUTE, content=BODY, headers=headers())).status_code == 201
        at.running.revoked.apply(SessionsRevoked(version=2, subject=PERSON))
        answer = await at.http.post(ROUTE, content=BODY, headers=headers())
        assert (answer.status_code, answer.json()["code"]) == (401, "session_revoked")
