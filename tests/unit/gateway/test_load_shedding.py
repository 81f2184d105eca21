"""Refusals at the door, over HTTP."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from contracts.requests import Request
from contracts.requests.booking import BookSlot
from gateway.backend import Overloaded
from gateway.load_shedding import LoadShedding
from gateway.problems import MEDIA_TYPE
from tests.unit.gateway.doors import served
from tests.unit.gateway.fakes import gateway, office

pytestmark = pytest.mark.anyio

TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
FULL = Overloaded(retry_seconds=4)


@asynccontextmanager
async def client(refusal: Overloaded | None) -> AsyncIterator[httpx.AsyncClient]:
    """Run the application behind a door that refuses, or not."""

    def overload(request_type: type[Request[Any]]) -> Overloaded | None:
        assert request_type is BookSlot
        return refusal

    async with (
        gateway(office()) as running,
        served(running.http.app, [LoadShedding(overload, secure=False)]) as port,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as http,
    ):
        yield http


async def test_a_booking_too_many_is_told_when_to_come_back() -> None:
    """A problem like every other, before anybody looked at who asks or what."""
    async with client(FULL) as http:
        answer = await http.post("/v1/bookings", content=b"{", headers={"traceparent": TRACE})
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "4"
    assert answer.headers["content-type"] == MEDIA_TYPE
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    told = answer.json()
    assert (told["code"], told["retry_seconds"]) == ("overloaded", 4)
    assert told["instance"] == answer.headers["traceparent"].split("-")[1] == TRACE.split("-")[1]
    assert told["detail"].endswith("Coba lagi dalam 4 detik.")


async def test_the_refusal_is_in_the_askers_language() -> None:
    """As everywhere else."""
    async with client(FULL) as http:
        answer = await http.post("/v1/bookings", headers={"accept-language": "en-GB,id;q=0.5"})
    assert answer.headers["content-language"] == "en"
    assert answer.json()["title"] == "Too many people are asking at this moment."


async def test_each_who_is_refused_has_a_trace_of_their_own() -> None:
    """What is written once for many is not the trace; and a connection is good for more than one refusal."""
    async with client(FULL) as http:
        answers = [await http.post("/v1/bookings", json={"slot_id": "x"}) for _ in range(3)]
    assert len({answer.json()["instance"] for answer in answers}) == 3
    assert len({answer.headers["content-length"] for answer in answers}) == 1


async def test_reads_are_answered_while_bookings_are_refused() -> None:
    """The door is one way's; the next room decides about all else."""
    async with client(FULL) as http:
        assert (await http.get("/v1/bookings")).json()["code"] == "not_signed_in"
        assert (await http.get("/")).status_code == 200


async def test_with_room_the_door_is_open() -> None:
    """The booking goes on to where it is asked who books."""
    async with client(None) as http:
        assert (await http.post("/v1/bookings")).json()["code"] == "not_signed_in"
