"""Questions of the whole country are put to the service once."""

import asyncio
from datetime import date

import pytest

from contracts.requests.availability import GetAvailability
from contracts.requests.booking import GetBooking, ListSlots, Slots
from contracts.requests.travel import Districts, ListDistricts
from contracts.requests.why import DayExplanation, ExplainDay
from gateway import shared_reads
from gateway.availability import AvailabilityCopies
from gateway.backend import ServiceUnavailable
from gateway.shared_reads import SharedReads
from tests.unit.gateway.fakes import TOMORROW, FakeServices, availability

pytestmark = pytest.mark.anyio


def _slots(query: ListSlots) -> Slots:
    return Slots(office=query.office, service=query.for_service, date=query.date, slots=())


def _query(office: str = "TRK", day: date = TOMORROW) -> ListSlots:
    return ListSlots(office=office, for_service="new", date=day, district="Malinau")


def _shared() -> tuple[SharedReads, FakeServices]:
    services = FakeServices()
    services.answers[ListSlots] = _slots
    return SharedReads(services, AvailabilityCopies(services)), services


async def test_a_thousand_at_once_ask_the_service_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """As objects for the pages, and as plain data for the API."""
    monkeypatch.setattr(shared_reads, "FRESH_SECONDS", 60.0)  # however slowly a busy machine asks them
    shared, services = _shared()
    plain = await asyncio.gather(*(shared.ask_plain(_query()) for _ in range(500)))
    objects = await asyncio.gather(*(shared.ask(_query()) for _ in range(500)))
    assert len(services.asked) == 1
    assert {answer["date"] for answer in plain} == {"2026-11-24"}
    assert set(objects) == {_slots(_query())}


async def test_another_question_is_another_answer() -> None:
    """Office, service and day all count."""
    shared, services = _shared()
    first, second = await asyncio.gather(shared.ask(_query("TRK")), shared.ask(_query("SKW")))
    assert (first.office, second.office) == ("TRK", "SKW")
    assert len(services.asked) == 2


async def test_an_answer_grows_old_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Free places are never older than a quarter of a second."""
    assert shared_reads.FRESH_SECONDS <= 0.25
    monkeypatch.setattr(shared_reads, "FRESH_SECONDS", 0.0)
    shared, services = _shared()
    await shared.ask(_query())
    await shared.ask(_query())
    assert len(services.asked) == 2


async def test_a_failure_is_shared_by_who_waits_and_kept_for_nobody() -> None:
    """The next one asks again."""
    shared, services = _shared()
    services.answers[ListSlots] = ServiceUnavailable()
    outcomes = await asyncio.gather(*(shared.ask(_query()) for _ in range(3)), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [ServiceUnavailable] * 3
    services.answers[ListSlots] = _slots
    assert (await shared.ask(_query())).office == "TRK"
    assert len(services.asked) == 2


async def test_one_who_goes_away_takes_no_answer_from_the_others() -> None:
    """The question stays on its way."""
    shared, services = _shared()
    gone = asyncio.create_task(shared.ask(_query()))
    there = asyncio.create_task(shared.ask(_query()))
    await asyncio.sleep(0)
    gone.cancel()
    assert (await there).office == "TRK"
    assert len(services.asked) == 1


async def test_a_persons_own_questions_are_never_shared() -> None:
    """What is not known to be everybody's is passed on."""
    shared, services = _shared()
    services.answers[GetBooking] = lambda _: _slots(_query())
    for _ in range(2):
        await shared.ask(GetBooking(person_id="p", code="TRK-7K3M9P"))
    assert len(services.asked) == 2


async def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Days without end may be asked for."""
    monkeypatch.setattr(shared_reads, "_MOST_KEPT", 5)
    shared, _ = _shared()
    for day in range(1, 30):
        await shared.ask(_query(day=date(2026, 11, day)))
    assert len(shared._answers) <= 5


async def test_why_a_day_is_full_and_the_ways_to_an_office_are_asked_once_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each view of a page asks both; the ways change seldom, and stay fresh when the places do not."""
    monkeypatch.setattr(shared_reads, "FRESH_SECONDS", 0.0)
    shared, services = _shared()
    why = ExplainDay(office="TRK", for_service="new", date=TOMORROW)
    services.answers[ExplainDay] = DayExplanation(office="TRK", service="new", date=TOMORROW, answer="full")
    services.answers[ListDistricts] = Districts(office="TRK", districts=())
    await asyncio.gather(*(shared.ask(why) for _ in range(100)))
    for _ in range(2):
        await shared.ask(ListDistricts(office="TRK"))
    assert [type(asked) for asked in services.asked] == [ExplainDay, ListDistricts]


async def test_slots_for_nobody_in_particular_are_those_of_the_copy() -> None:
    """Pages and API read the same; who says where they set out is answered by booking and not from it."""
    shared, services = _shared()
    services.answers[GetAvailability] = lambda _: availability(1, 5, 0)
    query = ListSlots(office="TRK", for_service="new", date=TOMORROW)
    answers = await asyncio.gather(*(shared.ask(query) for _ in range(10)))
    assert [slot.places_left for slot in answers[9].slots] == [5, 0]
    assert [slot.reach for slot in answers[9].slots] == [None, None]
    await shared.ask(_query())
    assert [type(asked) for asked in services.asked] == [GetAvailability, ListSlots]
