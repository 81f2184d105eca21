"""A simulated morning is drawn from its seed alone, and played where no officer sits."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from types import TracebackType
from typing import Any, Self, cast, get_args

import pytest
from click.testing import CliRunner
from stdnum.id import nik

from cli.simulate import command
from cli.simulate.morning import MORNING_SECONDS, draw_morning, percentile
from cli.simulate.office import Office, Refused
from cli.simulate.play import Play
from contracts.words import PriorityClass, ServiceCode
from services.booking.domain.nik import births_of

TODAY = date(2026, 11, 23)
SERVICES: tuple[ServiceCode, ...] = ("new", "renewal", "collection")


def test_the_same_seed_draws_the_same_people() -> None:
    """So that a morning that showed something can be played again."""
    assert draw_morning(60, SERVICES, seed=4, today=TODAY) == draw_morning(60, SERVICES, seed=4, today=TODAY)
    assert draw_morning(60, SERVICES, seed=4, today=TODAY) != draw_morning(60, SERVICES, seed=5, today=TODAY)


def test_people_come_in_order_within_the_morning() -> None:
    """Nobody before it begins or after it ends, and for what the office offers."""
    morning = draw_morning(300, SERVICES, seed=1, today=TODAY)
    moments = [visitor.comes_at for visitor in morning]
    assert moments == sorted(moments)
    assert 0 <= moments[0] <= moments[-1] <= MORNING_SECONDS
    assert {visitor.service for visitor in morning} == set(SERVICES)
    assert {visitor.priority for visitor in morning} <= set(get_args(PriorityClass))
    assert 0.5 < sum(visitor.has_booking for visitor in morning) / len(morning) < 0.7


def test_everybody_has_a_number_of_their_own_that_the_office_accepts() -> None:
    """Region, date of birth and sex are in it, and the library that booking asks takes it."""
    morning = draw_morning(500, SERVICES, seed=2, today=TODAY)
    numbers = {visitor.nik for visitor in morning}
    assert len(numbers) == len(morning)
    for visitor in morning:
        assert nik.is_valid(visitor.nik)
        assert visitor.birth_date in births_of(visitor.nik)
        assert TODAY - visitor.birth_date >= timedelta(days=18 * 365)


@pytest.mark.parametrize(
    ("seconds", "share", "expected"),
    [([], 0.5, 0), ([4.0], 0.9, 4), ([1, 2, 3, 4], 0.5, 2), ([4, 3, 2, 1], 0.9, 4), (range(1, 101), 0.9, 90)],
)
def test_a_percentile_is_the_nearest_rank(seconds: list[float], share: float, expected: float) -> None:
    """A value that somebody really waited."""
    assert percentile(seconds, share) == expected


class _Counters:
    """An office whose counters officers left in these states, with a ticket before the first of them."""

    def __init__(self, *state: str, ticket: str | None = None) -> None:
        self.url, self.code = "http://127.0.0.1", "TRK"
        self.state = dict(enumerate(state, 1))
        self.present = {1: ticket} if ticket else {}
        self.line: list[str] = []
        self.done: list[tuple[int, str]] = []
        self.officer_comes_to: int | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    async def about(self) -> dict[str, Any]:
        return {
            "name": "Tarakan",
            "timezone": "Asia/Makassar",
            "services": SERVICES,
            "counters": len(self.state),
        }

    async def counter(self, counter: int) -> dict[str, Any]:
        return {"state": self.state[counter], "ticket": self.present.get(counter)}

    async def walk_in(self, _: object) -> dict[str, Any]:
        self.line.append(f"A-{len(self.line) + 1:03d}")
        return {"number": self.line[-1], "waiting_before": 0}

    async def at_counter(self, counter: int, deed: str, **told: Any) -> dict[str, Any]:
        self.done.append((counter, deed))
        if deed in ("open", "close"):
            self.state[counter] = "open" if deed == "open" else "closed"
        if deed == "finish":
            assert self.present.pop(counter) == told["ticket_id"]
        if deed == "call":
            if self.officer_comes_to == counter:
                self.present[counter] = "A-900"
            if counter in self.present:
                raise Refused("counter_busy", "A ticket is there.", {})
            if not self.line:
                raise Refused("queue_empty", "Nobody waits.", {})
            number = self.present[counter] = self.line.pop(0)
            called = {"called_at": "2026-11-23T08:00:00+08:00", "scanned_at": "2026-11-23T07:59:00+08:00"}
            return {"ticket": {"ticket_id": number, "number": number, "display_name": None, **called}}
        return {}


def _simulate(office: _Counters, monkeypatch: pytest.MonkeyPatch, *options: str) -> tuple[int, str]:
    """Play a morning of three people who walk in and answer, at an office that is no server."""
    people = [
        replace(each, has_booking=False, answers=True, comes_at=0.0, served_for=0.0)
        for each in draw_morning(3, SERVICES, seed=4, today=TODAY)
    ]
    monkeypatch.setattr(command, "Office", lambda *_, **__: office)
    monkeypatch.setattr(command, "draw_morning", lambda *_, **__: people)
    monkeypatch.setattr("cli.simulate.play._LOOK_AGAIN_SECONDS", 0.0)
    result = CliRunner().invoke(command.simulate, ["TRK", "--speed", "3600", *options])
    return result.exit_code, result.output


def test_a_play_leaves_the_counters_alone_where_officers_sit(monkeypatch: pytest.MonkeyPatch) -> None:
    """One serves, one is paused: neither is opened, called at, finished or closed."""
    office = _Counters("open", "closed", "paused", ticket="A-500")
    code, told = _simulate(office, monkeypatch)
    assert (code, {counter for counter, _ in office.done}) == (0, {2}), told
    assert office.state == {1: "open", 2: "closed", 3: "paused"}
    assert office.present == {1: "A-500"}
    assert [deed for _, deed in office.done].count("finish") == 3


def test_a_play_opens_no_more_counters_than_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first that are closed."""
    office = _Counters("open", "closed", "closed", "closed")
    assert _simulate(office, monkeypatch, "--counters", "2")[0] == 0
    assert {counter for counter, _ in office.done} == {2, 3}


def test_where_officers_sit_at_all_counters_nothing_is_played(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody comes, and the sentence says what to do."""
    office = _Counters("open", "paused")
    code, told = _simulate(office, monkeypatch)
    assert (code, office.done, office.line) == (1, [], [])
    assert "No counter of TRK is closed" in told


def test_a_counter_that_an_officer_takes_over_is_left_to_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Their ticket is not finished, and their counter not closed; the others play on."""
    office = _Counters("closed", "closed")
    office.officer_comes_to = 1
    code, told = _simulate(office, monkeypatch)
    assert code == 0
    assert (office.state[1], office.present) == ("open", {1: "A-900"})
    assert (1, "finish") not in office.done
    assert "Somebody else works at counter 1" in told


def test_a_counter_that_was_opened_since_is_left_to_its_officer() -> None:
    """Between the choice and the first call people book, which takes a while."""
    office = _Counters("open")
    said: list[str] = []
    play = Play(cast(Office, office), [], speed=3600, seed=1, say=said.append)
    asyncio.run(play.run(counters=[1], zone="Asia/Makassar"))
    assert office.done == []
