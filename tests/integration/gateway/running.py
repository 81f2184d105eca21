"""The gateway as a process, with a look at its streams."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from cli.servers.ports import free_port
from contracts.requests import Request
from contracts.requests.accounts import ListRevocations, Revocations
from contracts.requests.availability import GetAvailability
from contracts.requests.booking import ListOffices, Offices
from contracts.requests.display import GetBoard
from tests.integration.gateway.responder import Answer
from tests.processes import Process
from tests.unit.gateway.fakes import KEY, TOMORROW, availability, board, office

SECONDS = 60.0

ANSWERS: dict[type[Request[Any]], Answer] = {
    ListOffices: lambda _: Offices(offices=(office("TRK"), office("SKW", status="planned"))),
    ListRevocations: lambda _: Revocations(revocations=()),
    GetBoard: lambda query: board(1, query.office),
    GetAvailability: lambda query: availability(10, 5, office=query.office, day=query.date),
}
"""What booking and display say to a gateway that starts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateway:
    """A running gateway and its address."""

    process: Process
    url: str

    def places_left(self) -> int | None:
        """Read how many places tomorrow's first slot has; None where it is refused for want of booking."""
        answer = httpx.get(f"{self.url}/v1/offices/TRK/slots?service=new&date={TOMORROW}")
        if answer.status_code == 503:
            return None
        return int(answer.json()["slots"][0]["places_left"])

    @contextmanager
    def stream(self, path: str, **headers: str) -> Iterator["Stream"]:
        """Follow a stream for the block."""
        with httpx.stream("GET", self.url + path, headers=headers, timeout=SECONDS) as response:
            yield Stream(response=response, lines=response.iter_lines())


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """Server-sent events as they come."""

    response: httpx.Response
    lines: Iterator[str]

    def next(self, name: str = "board") -> tuple[str, dict[str, Any]]:
        """Return the id and the data of the next event of this name."""
        event: dict[str, str] = {}
        for line in self.lines:
            if line == "":
                if event.get("event") == name:
                    return event.get("id", ""), json.loads(event["data"])
                event = {}
            field, _, value = line.partition(": ")
            event[field] = value
        raise AssertionError("the stream ended")


def start_gateway(
    process: Callable[..., Process], amqp_url: str, *, wait: bool = True, **settings: str
) -> Gateway:
    """Start `python -m gateway` on a free port."""
    port = free_port()
    environment = {
        "AMQP_URL": amqp_url,
        "ACCESS_KEYS": KEY.public().to_json(),
        "GATEWAY_PORT": str(port),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        **settings,
    }
    started = process(("-m", "gateway"), environment).start(wait=wait)
    return Gateway(process=started, url=f"http://127.0.0.1:{port}")
