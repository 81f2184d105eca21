"""What is answered at the door is what the application would answer."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from contracts.requests.availability import GetAvailability
from contracts.requests.booking import ListSlots, Slots
from gateway import availability as module
from gateway.quick_reads import QuickReads
from tests.unit.gateway.doors import Door, door_of
from tests.unit.gateway.fakes import TOMORROW, availability, bearer, gateway, office

pytestmark = pytest.mark.anyio

SLOTS = f"/v1/offices/TRK/slots?service=new&date={TOMORROW}"
TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


@asynccontextmanager
async def door() -> AsyncIterator[Door]:
    """Serve the application behind the door, and without one."""
    async with gateway(office()) as running:
        running.services.answers[GetAvailability] = availability(10, 5)
        async with door_of(running, [QuickReads(running.copies, secure=False)]) as at:
            yield at


@pytest.fixture(autouse=True)
def _long_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    """Copies live as long as a test may take."""
    monkeypatch.setattr(module, "LIFE_SECONDS", 60.0)


def _told(answer: httpx.Response) -> tuple[int, bytes, dict[str, str]]:
    headers = {name: value for name, value in answer.headers.items() if name != "traceparent"}
    return answer.status_code, answer.content, headers


async def test_the_second_who_asks_in_the_same_words_gets_the_same_answer_at_the_door() -> None:
    """Status, body and all headers; whoever asks, as the answer is everybody's."""
    async with door() as at:
        first = await at.http.get(SLOTS)
        assert at.house.entered == 1
        again = await at.http.get(SLOTS, headers=bearer())
        assert at.house.entered == 1
        assert _told(first) == _told(again) == _told(await at.direct.get(SLOTS))
        assert again.json()["slots"][0]["places_left"] == 5


@pytest.mark.parametrize("known", ['"{0}"', '"other", "{0}"', 'W/"{0}"', "*"])
async def test_who_has_the_answer_is_told_so_at_the_door(known: str) -> None:
    """In every form that the application understands; a tag of before gets the answer."""
    async with door() as at:
        etag = (await at.http.get(SLOTS)).headers["etag"].strip('"')
        headers = {"If-None-Match": known.format(etag)}
        quick, slow = await at.http.get(SLOTS, headers=headers), await at.direct.get(SLOTS, headers=headers)
        assert quick.status_code == 304
        assert _told(quick) == _told(slow)
        assert (await at.http.get(SLOTS, headers={"If-None-Match": f'"{etag}0"'})).status_code == 200
        assert at.house.entered == 1


async def test_the_askers_trace_goes_on() -> None:
    """Under a span of this answer."""
    async with door() as at:
        await at.http.get(SLOTS)
        answer = await at.http.get(SLOTS, headers={"traceparent": TRACE})
        assert answer.headers["traceparent"].split("-")[1] == TRACE.split("-")[1]
        assert answer.headers["traceparent"] != TRACE


async def test_whatever_is_not_a_living_copy_goes_on_to_the_application() -> None:
    """Another method, a district, other words, an office that differs since, a fault."""
    async with door() as at:
        at.running.services.answers[ListSlots] = Slots(
            office="TRK", service="new", date=TOMORROW, slots=(), travel_minutes=240
        )
        await at.http.get(SLOTS)
        assert (await at.http.head(SLOTS)).status_code == 200
        for _ in range(2):
            assert (await at.http.get(f"{SLOTS}&district=Malinau")).json()["travel_minutes"] == 240
        assert (await at.http.get(f"{SLOTS}&date=soon")).status_code == 422
        assert (await at.http.post(SLOTS)).status_code == 405
        assert at.house.entered == 6
        at.running.copies.forget_office(office("TRK", version=2))
        assert (await at.http.get(SLOTS)).status_code == 200
        assert at.house.entered == 7


async def test_addresses_without_end_are_not_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor are long ones: people's are short."""
    monkeypatch.setattr(module, "MOST_COPIES", 3)
    async with door() as at:
        for number in range(20):
            assert (await at.http.get(f"{SLOTS}&n={number}")).status_code == 200
        assert len(at.running.copies._meant) <= 3
        at.house.entered = 0
        for _ in range(2):
            await at.http.get(f"{SLOTS}&n={'x' * 200}")
        assert at.house.entered == 2
