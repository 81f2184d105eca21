"""Display as a process of its own, beside nothing but PostgreSQL and RabbitMQ."""

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from chassis import migrate
from contracts.events import BoardChanged
from contracts.refusals import RemoteRefusal
from contracts.requests.display import GetBoard
from contracts.requests.waiting import GetStatistics, GetWaiting, ListStatistics
from tests.integration.display.hall import TARAKAN, called, opened, scanned
from tests.processes import Process, service_command
from tests.wire import Wire


@pytest.fixture
def display_process(database: Callable[[str], str], vhost: str, process: Callable[..., Process]) -> Process:
    """The service, ready."""
    url = database("display")
    migrate.upgrade("services.display", url)
    environment = {"DATABASE_URL": url, "AMQP_URL": vhost}
    return process(service_command("services.display.service:DisplayService"), environment).start()


def test_a_call_is_published_and_can_be_asked_for(display_process: Process, wire: Wire) -> None:
    """The last board that is published is the one that is answered."""
    heard = wire.listen("TRK.display.BoardChanged")
    today = datetime.now(UTC).astimezone(ZoneInfo(TARAKAN.timezone)).date()
    andi = scanned("A-001", date=today)

    wire.publish(TARAKAN, opened(1), andi, called(andi, 1))

    wire.wait_for(lambda: any(_shows_call(event) for event in heard.events))
    newest = max((event for event in heard.events), key=lambda event: event.version)
    assert wire.ask(GetBoard(office="TRK")) == newest
    assert isinstance(newest, BoardChanged)
    assert [(call.number, call.counter) for call in newest.calls] == [("A-001", 1)]


def test_how_long_people_wait_can_be_asked_for(display_process: Process, wire: Wire) -> None:
    """By office and for all; the work of the clock was done at the start, and none of it failed."""
    today = datetime.now(UTC).astimezone(ZoneInfo(TARAKAN.timezone)).date()
    wire.publish(TARAKAN, opened(1), scanned("A-001", date=today))
    wire.wait_for(lambda: _waiting(wire) == [1])

    (service,) = wire.ask(GetWaiting(office="TRK")).services

    assert (service.waiting, service.counters) == (1, 1)
    assert service.high_minutes is not None
    assert wire.ask(GetStatistics(office="TRK")).waiting == 1
    assert "timed_work_failed" not in display_process.log()


def test_a_board_of_an_unknown_office_is_refused(display_process: Process, wire: Wire) -> None:
    """With the code and data that every client sees."""
    with pytest.raises(RemoteRefusal) as refused:
        wire.ask(GetBoard(office="SKW"))
    assert (refused.value.code, refused.value.data) == ("unknown_office", {"office": "SKW"})


def _shows_call(event: object) -> bool:
    """Tell a board with the call and with its counter: events may be worked on in any order."""
    return isinstance(event, BoardChanged) and bool(event.calls and event.counters)


def _waiting(wire: Wire) -> list[int]:
    """Return how many wait at each office where a counter is open."""
    return [one.waiting for one in wire.ask(ListStatistics()).offices if one.counters]
