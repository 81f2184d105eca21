"""A day's places are asked for once, kept up to date by events, and never kept for too long."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

import pytest

from contracts.refusals import RemoteRefusal
from contracts.requests import Request
from contracts.requests.availability import GetAvailability
from contracts.requests.booking import ListSlots, Slots
from gateway import availability as module
from gateway.availability import AvailabilityCopies
from gateway.backend import ServiceUnavailable
from tests.unit.gateway.fakes import TOMORROW, FakeServices, availability, gateway, office

pytestmark = pytest.mark.anyio

R = TypeVar("R")

DAY = GetAvailability(office="TRK", for_service="new", date=TOMORROW)
SLOTS = f"/v1/offices/TRK/slots?service=new&date={TOMORROW}"


class SlowServices(FakeServices):
    """Answers when the test lets it."""

    def __init__(self) -> None:
        super().__init__()
        self.let = asyncio.Event()

    async def ask(self, request: Request[R]) -> R:
        """Read at once, and answer later."""
        answer = await super().ask(request)
        await self.let.wait()
        return answer


@pytest.fixture
def services() -> FakeServices:
    """Booking, which counts five places left in version 10."""
    services = FakeServices()
    services.answers[GetAvailability] = availability(10, 5)
    return services


@pytest.fixture
def copies(services: FakeServices, monkeypatch: pytest.MonkeyPatch) -> AvailabilityCopies:
    """Copies that live as long as a test may take."""
    monkeypatch.setattr(module, "LIFE_SECONDS", 60.0)
    return AvailabilityCopies(services)


async def left(copies: AvailabilityCopies) -> list[int]:
    """Read the places of the day."""
    return [slot.places_left for slot in (await copies.state(DAY)).slots.slots]


def asked(services: FakeServices) -> int:
    """Count how often booking was asked."""
    return services.asked.count(DAY)


async def until(condition: Callable[[], bool]) -> None:
    """Wait for a condition."""
    async with asyncio.timeout(30):
        while not condition():
            await asyncio.sleep(0.001)


async def test_a_thousand_readers_ask_once(services: FakeServices, copies: AvailabilityCopies) -> None:
    """While the answer is on its way, and after."""
    for _ in range(2):
        assert await asyncio.gather(*(left(copies) for _ in range(500))) == [[5]] * 500
    assert asked(services) == 1


async def test_what_booking_tells_is_seen_and_nobody_asks(
    services: FakeServices, copies: AvailabilityCopies
) -> None:
    """The event has it all."""
    await left(copies)
    copies.apply(availability(11, 4))
    assert await left(copies) == [4]
    assert asked(services) == 1


async def test_without_an_event_the_copy_stays_as_it_is_until_its_life_ends(
    services: FakeServices, copies: AvailabilityCopies, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So it is the event that makes it fresh; and one that is lost is missed no longer than that."""
    await left(copies)
    services.answers[GetAvailability] = availability(11, 4)
    assert await left(copies) == [5]
    assert asked(services) == 1
    monkeypatch.setattr(module, "LIFE_SECONDS", 0.0)
    copies.apply(availability(10, 5))  # heard again, so its life begins anew: at the length it has now
    assert await left(copies) == [4]
    assert asked(services) == 2


async def test_an_older_state_never_replaces_a_newer_one(
    services: FakeServices, copies: AvailabilityCopies
) -> None:
    """Two processes of booking tell what they read, and the second to read may be the first to arrive."""
    await left(copies)
    copies.apply(availability(12, 3))
    copies.apply(availability(11, 4))
    assert await left(copies) == [3]
    assert asked(services) == 1


async def test_of_one_version_the_one_that_the_clock_changes_later_is_the_newer(
    copies: AvailabilityCopies,
) -> None:
    """Nothing was written between the two readings, but the hour began."""
    await left(copies)
    now = datetime.now(UTC)
    after = availability(11, changes_at=now + timedelta(hours=3))
    copies.apply(after)
    copies.apply(availability(11, 5, changes_at=now + timedelta(hours=2)))
    assert await left(copies) == []
    copies.apply(replace(after, changes_at=None))
    assert await left(copies) == []


@pytest.mark.parametrize(("told", "seen"), [(11, [4]), (9, [5])])
async def test_what_is_told_while_the_answer_is_on_its_way_counts_if_it_is_newer(
    told: int, seen: list[int]
) -> None:
    """The answer was read before or after it; either may arrive first."""
    services = SlowServices()
    services.answers[GetAvailability] = availability(10, 5)
    copies = AvailabilityCopies(services)
    reading = asyncio.create_task(left(copies))
    await until(lambda: asked(services) == 1)
    copies.apply(availability(told, 4))
    services.let.set()
    assert await reading == seen
    assert await left(copies) == seen


async def test_the_clock_ends_a_copy_though_nothing_is_told(
    services: FakeServices, copies: AvailabilityCopies
) -> None:
    """The release second, and the hour that begins."""
    soon = datetime.now(UTC) + timedelta(milliseconds=100)
    services.answers[GetAvailability] = availability(10, changes_at=soon)
    assert await left(copies) == []
    services.answers[GetAvailability] = availability(10, 6)
    await until(lambda: copies.ready(DAY) is None)
    assert datetime.now(UTC) >= soon
    assert await left(copies) == [6]


async def test_a_service_whose_clock_is_behind_is_not_asked_without_end(
    services: FakeServices, copies: AvailabilityCopies
) -> None:
    """By its own clock the moment is still to come, and it says so to whoever asks."""
    services.answers[GetAvailability] = availability(10, 5, changes_at=datetime.now(UTC))
    for _ in range(100):
        await left(copies)
    assert asked(services) <= 2


async def test_a_state_that_is_over_when_it_arrives_is_not_kept(
    services: FakeServices, copies: AvailabilityCopies
) -> None:
    """It was told just before the release, and came just after."""
    await left(copies)
    copies.apply(availability(11, changes_at=datetime.now(UTC)))
    services.answers[GetAvailability] = availability(12, 6)
    assert await left(copies) == [6]


async def test_an_office_that_differs_is_asked_about_anew(
    services: FakeServices, copies: AvailabilityCopies
) -> None:
    """It may be suspended; the other offices' copies stay."""
    skw = replace(DAY, office="SKW")
    await left(copies)
    await copies.state(skw)
    services.answers[GetAvailability] = RemoteRefusal("office_not_open", {"office": "TRK"})
    copies.forget_office(office("TRK", version=2, status="suspended"))
    with pytest.raises(RemoteRefusal, match="office_not_open"):
        await left(copies)
    assert (await copies.state(skw)).changed == availability(10, 5)


async def test_an_answer_from_before_a_gap_is_not_kept() -> None:
    """It was read while events were not heard yet; who asked gets it, who comes asks anew."""
    services = SlowServices()
    services.answers[GetAvailability] = availability(10, 5)
    copies = AvailabilityCopies(services)
    early = asyncio.create_task(left(copies))
    await until(lambda: asked(services) == 1)
    copies.doubt()
    services.answers[GetAvailability] = availability(11, 4)
    late = asyncio.create_task(left(copies))
    await until(lambda: asked(services) == 2)
    services.let.set()
    assert (await early, await late) == ([5], [4])
    assert await left(copies) == [4]


async def test_a_database_that_counts_anew_is_believed_when_it_is_asked(
    services: FakeServices, copies: AvailabilityCopies, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Restored from a dump, its versions are lower than any before."""
    await left(copies)
    services.answers[GetAvailability] = availability(2, 1)
    monkeypatch.setattr(module, "LIFE_SECONDS", 0.0)
    copies.apply(availability(10, 5))
    assert await left(copies) == [1]


async def test_a_refusal_is_shared_by_who_waits_and_kept_for_nobody(
    services: FakeServices, copies: AvailabilityCopies
) -> None:
    """The next one asks again."""
    services.answers[GetAvailability] = ServiceUnavailable()
    outcomes = await asyncio.gather(*(left(copies) for _ in range(3)), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [ServiceUnavailable] * 3
    services.answers[GetAvailability] = availability(10, 5)
    assert await left(copies) == [5]
    assert asked(services) == 2


async def test_one_who_goes_away_takes_no_answer_from_the_others(
    services: FakeServices, copies: AvailabilityCopies
) -> None:
    """The question stays on its way."""
    gone, there = asyncio.create_task(left(copies)), asyncio.create_task(left(copies))
    await asyncio.sleep(0)
    gone.cancel()
    assert await there == [5]
    assert asked(services) == 1


async def test_days_that_nobody_reads_are_not_kept_and_memory_is_bounded(
    services: FakeServices, copies: AvailabilityCopies, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole country tells; days without end may be asked for. What is read stays."""
    copies.apply(availability(11, 4))
    assert len(copies._copies) == 0
    monkeypatch.setattr(module, "MOST_COPIES", 5)
    for day in range(1, 29):
        await left(copies)
        await copies.state(replace(DAY, date=date(2026, 12, day)))
    assert len(copies._copies) == 5
    assert asked(services) == 1


async def test_who_has_the_answer_is_told_so_until_the_places_change() -> None:
    """By the ETag of its bytes: a newer version that says the same has the same."""
    async with gateway(office("TRK")) as api:
        api.services.answers[GetAvailability] = availability(10, 5)
        first = await api.http.simulate_get(SLOTS)
        assert first.headers["cache-control"] == "public, no-cache"
        assert [slot["places_left"] for slot in first.json["slots"]] == [5]
        known = {"If-None-Match": first.headers["etag"]}
        again = await api.http.simulate_get(SLOTS, headers=known)
        assert (again.status_code, again.content) == (304, b"")
        api.copies.apply(availability(11, 5))
        assert (await api.http.simulate_get(SLOTS, headers=known)).status_code == 304
        api.copies.apply(availability(12, 4))
        changed = await api.http.simulate_get(SLOTS, headers=known)
        assert [slot["places_left"] for slot in changed.json["slots"]] == [4]
        assert len(api.services.asked) == 1


async def test_who_says_where_they_set_out_is_answered_for_themselves() -> None:
    """Reach is not in the copy, and their answer is nobody else's."""
    async with gateway(office("TRK")) as api:
        api.services.answers[GetAvailability] = availability(10, 5)
        api.services.answers[ListSlots] = lambda query: Slots(
            office="TRK", service="new", date=query.date, slots=(), travel_minutes=240
        )
        far = await api.http.simulate_get(f"{SLOTS}&district=Malinau")
        assert (far.json["travel_minutes"], far.headers["cache-control"]) == (240, "no-store")
        assert "etag" not in far.headers
        near = await api.http.simulate_get(SLOTS)
        assert (near.json["travel_minutes"], len(near.json["slots"])) == (None, 1)
        assert [type(request) for request in api.services.asked] == [ListSlots, GetAvailability]
