"""What is answered at the door is what the application would answer."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from contracts.requests.availability import GetAvailability
from contracts.requests.booking import ListSlots, Slots
from gateway import availability as module
from gateway.quick_reads import QuickReads
from tests.unit.gateway.fakes import TOMORROW, Gateway, availability, bearer, gateway, office

pytestmark = pytest.mark.anyio

SLOTS = f"/v1/offices/TRK/slots?service=new&date={TOMORROW}"
TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


class Door:
    """The application behind the door, which counts who is let through."""

    def __init__(self, running: Gateway) -> None:
        self.running = running
        self.passed = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Pass on."""
        self.passed += 1
        await self.running.http.app(scope, receive, send)


@asynccontextmanager
async def door() -> AsyncIterator[tuple[Door, httpx.AsyncClient, httpx.AsyncClient]]:
    """Give the door, who comes through it, and who is in the house already."""
    async with gateway(office()) as running:
        running.services.answers[GetAvailability] = availability(10, 5)
        behind = Door(running)
        before: Any = QuickReads(behind, running.copies, secure=False)
        inside: Any = running.http.app
        async with (
            httpx.AsyncClient(transport=httpx.ASGITransport(before), base_url="http://antrean") as http,
            httpx.AsyncClient(transport=httpx.ASGITransport(inside), base_url="http://antrean") as direct,
        ):
            yield behind, http, direct


@pytest.fixture(autouse=True)
def _long_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    """Copies live as long as a test may take."""
    monkeypatch.setattr(module, "LIFE_SECONDS", 60.0)


def _told(answer: httpx.Response) -> tuple[int, bytes, dict[str, str]]:
    headers = {name: value for name, value in answer.headers.items() if name != "traceparent"}
    return answer.status_code, answer.content, headers


async def test_the_second_who_asks_in_the_same_words_gets_the_same_answer_at_the_door() -> None:
    """Status, body and all headers; whoever asks, as the answer is everybody's."""
    async with door() as (behind, http, direct):
        first = await http.get(SLOTS)
        assert behind.passed == 1
        again = await http.get(SLOTS, headers=bearer())
        assert behind.passed == 1
        assert _told(first) == _told(again) == _told(await direct.get(SLOTS))
        assert again.json()["slots"][0]["places_left"] == 5


@pytest.mark.parametrize("known", ['"{0}"', '"other", "{0}"', 'W/"{0}"', "*"])
async def test_who_has_the_answer_is_told_so_at_the_door(known: str) -> None:
    """In every form that the application understands; a tag of before gets the answer."""
    async with door() as (behind, http, direct):
        etag = (await http.get(SLOTS)).headers["etag"].strip('"')
        headers = {"If-None-Match": known.format(etag)}
        quick, slow = await http.get(SLOTS, headers=headers), await direct.get(SLOTS, headers=headers)
        assert quick.status_code == 304
        assert _told(quick) == _told(slow)
        assert (await http.get(SLOTS, headers={"If-None-Match": f'"{etag}0"'})).status_code == 200
        assert behind.passed == 1


async def test_the_askers_trace_goes_on() -> None:
    """Under a span of this answer."""
    async with door() as (_, http, _direct):
        await http.get(SLOTS)
        answer = await http.get(SLOTS, headers={"traceparent": TRACE})
        assert answer.headers["traceparent"].split("-")[1] == TRACE.split("-")[1]
        assert answer.headers["traceparent"] != TRACE


async def test_whatever_is_not_a_living_copy_goes_on_to_the_application() -> None:
    """Another method, a district, other words, an office that differs since, a fault."""
    async with door() as (behind, http, _):
        behind.running.services.answers[ListSlots] = Slots(
            office="TRK", service="new", date=TOMORROW, slots=(), travel_minutes=240
        )
        await http.get(SLOTS)
        assert (await http.head(SLOTS)).status_code == 200
        for _ in range(2):
            assert (await http.get(f"{SLOTS}&district=Malinau")).json()["travel_minutes"] == 240
        assert (await http.get(f"{SLOTS}&date=soon")).status_code == 422
        assert (await http.post(SLOTS)).status_code == 405
        assert behind.passed == 6
        behind.running.copies.forget_office(office("TRK", version=2))
        assert (await http.get(SLOTS)).status_code == 200
        assert behind.passed == 7


async def test_addresses_without_end_are_not_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor are long ones: people's are short."""
    monkeypatch.setattr(module, "MOST_COPIES", 3)
    async with door() as (behind, http, _):
        for number in range(20):
            assert (await http.get(f"{SLOTS}&n={number}")).status_code == 200
        assert len(behind.running.copies._meant) <= 3
        behind.passed = 0
        for _ in range(2):
            await http.get(f"{SLOTS}&n={'x' * 200}")
        assert behind.passed == 2
