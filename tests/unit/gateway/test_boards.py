"""Hall boards in memory: versions, followers, and times without a connection."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from contracts.requests.display import GetBoard
from gateway import boards
from gateway.backend import NoAnswer, ServiceUnavailable
from gateway.boards import BoardHub, BoardState, TooManyStreams
from tests.unit.gateway.fakes import FakeServices, board, gateway, office

pytestmark = pytest.mark.anyio

SECONDS = 5


def _hub(answer: object = None, **options: int) -> tuple[BoardHub, FakeServices]:
    services = FakeServices()
    services.answers[GetBoard] = answer or ServiceUnavailable()
    return BoardHub(services, **options), services


async def _next(stream: AsyncIterator[BoardState | None]) -> BoardState:
    state = await asyncio.wait_for(anext(stream), SECONDS)
    assert state is not None
    return state


async def test_a_board_is_asked_for_once_then_known() -> None:
    """However many ask at the same moment."""
    hub, services = _hub(board(5))
    answers = await asyncio.gather(*(hub.current("TRK") for _ in range(20)))
    assert {answer.version for answer in answers} == {5}
    assert await hub.current("TRK") == board(5)
    assert len(services.asked) == 1


async def test_who_waits_for_the_same_board_waits_once_also_when_nobody_answers() -> None:
    """With display away the twentieth reader waits one deadline, not twenty; the next one asks again."""
    hub, services = _hub(NoAnswer())
    outcomes = await asyncio.gather(*(hub.current("TRK") for _ in range(20)), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [NoAnswer] * 20
    assert len(services.asked) == 1
    services.answers[GetBoard] = board(5)
    assert (await hub.current("TRK")).version == 5


async def test_one_reader_who_goes_away_takes_no_board_from_the_others() -> None:
    """The question stays on its way."""
    hub, services = _hub(board(5))
    gone, there = (asyncio.create_task(hub.current("TRK")) for _ in range(2))
    await asyncio.sleep(0)
    gone.cancel()
    assert (await there).version == 5
    assert len(services.asked) == 1


async def test_an_older_board_changes_nothing() -> None:
    """Events come twice and in any order."""
    hub, services = _hub()
    for version in (3, 2, 3, 1):
        hub.publish(board(version))
    assert (await hub.current("TRK")).version == 3
    assert services.asked == []


async def test_a_follower_gets_the_board_then_every_change() -> None:
    """The first state at once, the next when it comes."""
    hub, _ = _hub(board(1))
    stream = hub.follow("TRK", None)
    assert (await _next(stream)).board.version == 1
    hub.publish(board(2))
    assert (await _next(stream)).board.version == 2


async def test_a_follower_that_comes_back_gets_no_board_twice() -> None:
    """Last-Event-ID of the present version skips the first state, an older one does not."""
    hub, _ = _hub(board(7))
    assert (await _next(hub.follow("TRK", "6"))).board.version == 7
    assert (await _next(hub.follow("TRK", "garbage"))).board.version == 7
    stream = hub.follow("TRK", "7")
    waiting = asyncio.create_task(_next(stream))
    done, _ = await asyncio.wait({waiting}, timeout=0.05)
    assert not done
    hub.publish(board(8))
    assert (await waiting).board.version == 8


async def test_a_slow_follower_gets_the_latest_board_alone() -> None:
    """States that came while it was busy are left out, and nothing piles up."""
    hub, _ = _hub(board(1))
    stream = hub.follow("TRK", None)
    await _next(stream)
    for version in range(2, 500):
        hub.publish(board(version))
    assert (await _next(stream)).board.version == 499


async def test_a_change_of_one_office_wakes_no_other() -> None:
    """Each office has its own followers."""
    hub, _ = _hub()
    hub.publish(board(1, "TRK"))
    hub.publish(board(1, "SKW"))
    stream = hub.follow("TRK", "1")
    waiting = asyncio.create_task(_next(stream))
    await asyncio.sleep(0)
    hub.publish(board(2, "SKW"))
    done, _ = await asyncio.wait({waiting}, timeout=0.05)
    assert not done
    waiting.cancel()


async def test_a_quiet_stream_shows_that_it_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    """None stands for a comment that keeps proxies from closing the connection."""
    monkeypatch.setattr(boards, "HEARTBEAT_SECONDS", 0.01)
    hub, _ = _hub(board(1))
    stream = hub.follow("TRK", "1")
    assert await asyncio.wait_for(anext(stream), SECONDS) is None


async def test_a_doubted_board_is_asked_for_again() -> None:
    """After a time without events even a lower version is believed: display may have begun anew."""
    hub, services = _hub(board(2, waiting=9))
    hub.publish(board(100))
    hub.doubt()
    assert await hub.current("TRK") == board(2, waiting=9)
    assert len(services.asked) == 1


async def test_the_last_board_known_is_shown_while_nobody_answers() -> None:
    """With display or the broker down the hall still sees what was called."""
    hub, services = _hub()
    hub.publish(board(4))
    hub.doubt()
    assert (await hub.current("TRK")).version == 4
    assert len(services.asked) == 1
    with pytest.raises(ServiceUnavailable):
        await hub.current("SKW")


async def test_followed_boards_are_asked_for_after_a_gap_and_others_are_not() -> None:
    """A follower sees what it missed; a board that nobody follows can wait until it is read."""
    hub, services = _hub(board(9))
    hub.publish(board(1, "TRK"))
    hub.publish(board(1, "SKW"))
    stream = hub.follow("TRK", None)
    await _next(stream)
    hub.doubt()
    await hub.ask_doubted()
    assert (await _next(stream)).board.version == 9
    assert services.asked == [GetBoard(office="TRK")]


async def test_a_gap_that_cannot_be_closed_yet_is_told() -> None:
    """The caller tries again."""
    hub, _ = _hub()
    hub.publish(board(1))
    stream = hub.follow("TRK", None)
    await _next(stream)
    hub.doubt()
    with pytest.raises(ServiceUnavailable):
        await hub.ask_doubted()


async def test_streams_end_with_the_process() -> None:
    """Without this a stop would wait for them for ever."""
    hub, _ = _hub(board(1))
    stream = hub.follow("TRK", "1")
    waiting = asyncio.create_task(anext(stream, None))
    await asyncio.sleep(0)
    hub.close()
    assert await asyncio.wait_for(waiting, SECONDS) is None


async def test_streams_are_counted_and_limited() -> None:
    """One more than the limit is refused; who leaves makes room."""
    hub, _ = _hub(board(1), most_streams=1)
    hub.admit("192.0.2.1")
    stream = hub.follow("TRK", None, address="192.0.2.1")
    await _next(stream)
    with pytest.raises(TooManyStreams):
        hub.admit("192.0.2.2")
    await stream.aclose()  # type: ignore[attr-defined]  # an async generator
    hub.admit("192.0.2.2")


async def test_one_address_does_not_take_the_streams_of_others() -> None:
    """It is refused what is over its own limit, also at another office's board; who leaves makes room."""
    hub, _ = _hub(board(1), most_of_address=2)
    streams = [hub.follow(office, None, address="192.0.2.1") for office in ("TRK", "TRK")]
    for stream in streams:
        hub.admit("192.0.2.1")
        await _next(stream)
    with pytest.raises(TooManyStreams):
        hub.admit("192.0.2.1")
    hub.admit("192.0.2.2")
    await streams[0].aclose()  # type: ignore[attr-defined]  # an async generator
    hub.admit("192.0.2.1")


async def test_the_board_is_read_over_http_with_a_tag() -> None:
    """Public: no token is needed."""
    async with gateway(office()) as api:
        api.services.answers[GetBoard] = board(3)
        answer = await api.http.simulate_get("/v1/offices/TRK/board")
        assert (answer.status_code, answer.json["version"]) == (200, 3)
        again = await api.http.simulate_get(
            "/v1/offices/TRK/board", headers={"If-None-Match": answer.headers["etag"]}
        )
        assert again.status_code == 304


async def test_the_stream_speaks_the_event_stream_format(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reconnection time, then events named `board` with the version as id."""
    monkeypatch.setattr(boards, "HEARTBEAT_SECONDS", 0.05)  # when a client that left is noticed
    async with gateway(office()) as api:
        api.hub.publish(board(3))
        async with api.http.simulate_get_stream("/v1/offices/TRK/board/stream") as answer:
            assert answer.headers["content-type"].startswith("text/event-stream")
            text = ""
            while "data: " not in text:
                text += (await answer.stream.read()).decode()
        lines = text.splitlines()
        assert lines[:4] == ["retry: 2000", "", "event: board", "id: 3"]
        assert lines[4].startswith('data: {"')


async def test_the_head_of_a_stream_has_an_end() -> None:
    """HEAD tells what GET would, without a body (RFC 9110, section 9.3.2)."""
    async with gateway(office()) as api:
        api.hub.publish(board(3))
        answer = await asyncio.wait_for(
            api.http.simulate_head("/v1/offices/TRK/board/stream"), timeout=SECONDS
        )
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")


@pytest.mark.parametrize("path", ["/v1/offices/XXX/board", "/v1/offices/XXX/board/stream"])
async def test_a_board_of_no_office_is_not_found(path: str) -> None:
    """A stream that cannot begin is a problem, not a stream."""
    async with gateway(office()) as api:
        answer = await api.http.simulate_get(path)
        assert (answer.status_code, answer.json["code"]) == (404, "unknown_office")
