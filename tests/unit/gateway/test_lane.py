"""How requests are gathered, sent, and given up. The queue is the test's; the rest is real."""

import asyncio

import pytest

from contracts.refusals import OutcomeUnknown, RemoteRefusal
from gateway.backend import NoAnswer, Overloaded, ServiceUnavailable
from gateway.broker import lane as lanes
from tests.unit.gateway.lanes import Clock, Hurry, Once, Repeat, Service, clock, new_lane, put

__all__ = ["clock"]

pytestmark = pytest.mark.anyio


async def test_what_comes_within_a_moment_leaves_in_one_message() -> None:
    """And every one gets its own answer, in whatever order they come."""
    lane, queue = new_lane()
    answers = put(lane, 10)
    await queue.has(1)
    (message,) = queue.messages
    assert [asked.data["n"] for asked in message] == list(range(10))
    for asked in reversed(message):
        lane.settle(asked.id, asked.data["n"] * 2)
    assert await asyncio.gather(*answers) == [n * 2 for n in range(10)]


async def test_sixty_four_do_not_wait_for_the_moment_to_pass() -> None:
    """A full message leaves at once; no message is larger."""
    lane, queue = new_lane()
    put(lane, 150)
    assert [len(message) for message in queue.messages] == [64, 64]
    await queue.has(3)
    assert len(queue.messages[2]) == 22


async def test_four_messages_are_out_at_most_and_then_the_next_grows() -> None:
    """A busy service gets fuller messages, not more of them."""
    lane, queue = new_lane()
    for sent in range(1, lanes.MOST_MESSAGES_IN_FLIGHT + 1):
        put(lane, 1)
        await queue.has(sent)
    put(lane, 30)
    await asyncio.sleep(5 * lanes.GATHER_SECONDS)
    assert len(queue.messages) == lanes.MOST_MESSAGES_IN_FLIGHT
    lane.settle(queue.messages[0][0].id, 1)
    assert [len(message) for message in queue.messages] == [1, 1, 1, 1, 30]


async def test_a_message_is_out_until_its_last_request_is_settled() -> None:
    """Answers may come one by one."""
    lane, queue = new_lane()
    for _ in range(lanes.MOST_MESSAGES_IN_FLIGHT):
        put(lane, 64)
    put(lane, 1)
    first = queue.messages[0]
    for asked in first[:-1]:
        lane.settle(asked.id, 0)
    await asyncio.sleep(5 * lanes.GATHER_SECONDS)
    assert len(queue.messages) == lanes.MOST_MESSAGES_IN_FLIGHT
    lane.settle(first[-1].id, 0)
    assert len(queue.messages) == lanes.MOST_MESSAGES_IN_FLIGHT + 1


async def test_a_refusal_is_raised_where_it_belongs() -> None:
    """The others are not touched."""
    lane, queue = new_lane()
    refused, answered = put(lane, 2)
    await queue.has(1)
    first, second = queue.messages[0]
    lane.settle(first.id, RemoteRefusal("slot_full", {"slot": 1}))
    lane.settle(second.id, 7)
    with pytest.raises(RemoteRefusal) as caught:
        await refused
    assert (caught.value.code, caught.value.data) == ("slot_full", {"slot": 1})
    assert await answered == 7


async def test_nobody_waits_longer_than_the_deadline() -> None:
    """Sent or still waiting; an answer that comes later is ignored, and room is made for others."""
    lane, queue = new_lane(Hurry)
    answers = []
    for sent in range(1, lanes.MOST_MESSAGES_IN_FLIGHT + 1):
        answers += put(lane, 1)
        await queue.has(sent)
    answers += put(lane, 1)
    outcomes = await asyncio.wait_for(asyncio.gather(*answers, return_exceptions=True), 5)
    assert [type(outcome) for outcome in outcomes] == [NoAnswer] * 5
    lane.settle(queue.messages[0][0].id, 1)
    put(lane, 1)
    await queue.has(lanes.MOST_MESSAGES_IN_FLIGHT + 1)
    assert len(queue.messages[-1]) == 1


async def test_what_was_given_up_before_it_left_is_never_sent() -> None:
    """The asker is gone: the service is spared."""
    lane, queue = new_lane()
    gone, there = put(lane, 2)
    gone.cancel()
    await queue.has(1)
    assert [asked.data["n"] for asked in queue.messages[0]] == [1]
    lane.settle(queue.messages[0][0].id, 1)
    assert await there == 1


async def test_a_lost_connection_refuses_everything_at_once() -> None:
    """What may be repeated was not done, or does no harm: service_unavailable."""
    lane, queue = new_lane(Repeat)
    sent = put(lane, 1)
    await queue.has(1)
    waiting = put(lane, 1)
    lane.drop()
    outcomes = await asyncio.gather(*sent, *waiting, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [ServiceUnavailable, ServiceUnavailable]


async def test_what_was_sent_and_must_not_happen_twice_is_in_doubt() -> None:
    """What had not left yet certainly did not happen."""
    lane, queue = new_lane(Once)
    sent = put(lane, 1)
    await queue.has(1)
    waiting = put(lane, 1)
    lane.drop()
    outcomes = await asyncio.gather(*sent, *waiting, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [OutcomeUnknown, ServiceUnavailable]


async def test_a_lane_goes_on_after_a_lost_connection() -> None:
    """Nothing of the old one holds it up."""
    lane, queue = new_lane()
    lost = [put(lane, 64) for _ in range(lanes.MOST_MESSAGES_IN_FLIGHT)]
    lane.drop()
    await asyncio.gather(*sum(lost, []), return_exceptions=True)  # noqa: RUF017  four lists
    (answer,) = put(lane, 1)
    await queue.has(lanes.MOST_MESSAGES_IN_FLIGHT + 1)
    lane.settle(queue.messages[-1][0].id, 3)
    assert await answer == 3


async def test_a_message_that_cannot_be_sent_is_refused() -> None:
    """The channel went in this very moment."""
    lane, queue = new_lane(Once)
    queue.open = False
    (answer,) = put(lane, 1)
    with pytest.raises(ServiceUnavailable):
        await asyncio.wait_for(answer, 5)


async def test_while_nobody_knows_how_fast_the_service_is_a_number_bounds_the_queue(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A queue without end helps nobody."""
    monkeypatch.setattr(lanes, "MOST_WAITING", 100)
    lane, _ = new_lane()
    put(lane, 4 * 64 + 100)
    with pytest.raises(Overloaded):
        put(lane, 1)


async def test_who_would_wait_half_the_deadline_is_refused_at_the_door(clock: Clock) -> None:
    """At 200 answers a second and a deadline of 5 s, 500 are ahead at most; a while later there is room."""
    lane, queue = new_lane()
    served = Service(lane, queue)
    put(lane, 400)
    for _ in range(2):
        clock.ahead += 0.5
        served.answer(100)
        put(lane, 100)
    with pytest.raises(Overloaded) as refused:
        put(lane, 102)
    assert refused.value.data["retry_seconds"] in range(3, 7)
    served.answer(100)
    put(lane, 100)


async def test_a_service_that_stands_still_is_asked_no_more_until_it_answers(clock: Clock) -> None:
    """What it has is enough to learn that it is back; everybody else hears at once that it is not."""
    lane, queue = new_lane()
    served = Service(lane, queue)
    put(lane, 300)
    clock.ahead += 0.5
    with pytest.raises(Overloaded) as refused:
        put(lane, 1)
    assert refused.value.data["retry_seconds"] in range(15, 31)
    served.answer(4 * 64)
    put(lane, 1)


async def test_a_lane_with_room_refuses_nobody(clock: Clock) -> None:
    """However slowly few are answered: that few come says nothing of what the service can do."""
    lane, queue = new_lane()
    served = Service(lane, queue)
    for _ in range(20):
        put(lane, 1)
        await queue.has(len(queue.messages) + 1)
        clock.ahead += 2.0
        served.answer(1)
    put(lane, 1000)


async def test_a_few_are_taken_however_long_the_service_stood_still(clock: Clock) -> None:
    """A machine that stood still for a moment refuses nobody when hardly anybody waits."""
    lane, queue = new_lane()
    for sent in range(1, lanes.MOST_MESSAGES_IN_FLIGHT + 1):
        put(lane, 1)
        await queue.has(sent)
    put(lane, 40)
    clock.ahead += 0.5
    put(lane, 20)
    with pytest.raises(Overloaded):
        put(lane, 1)


async def test_who_is_refused_comes_back_at_different_times(clock: Clock) -> None:
    """Else all of them would be there again in the same second."""
    lane, _ = new_lane()
    put(lane, 300)
    clock.ahead += 0.5
    refusals = [lane.overload() for _ in range(100)]
    assert len({one.data["retry_seconds"] for one in refusals if one}) > 5
