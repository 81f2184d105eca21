"""What hangs in the hall, and the waiting room on the phone, in every state."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from playwright.sync_api import expect

from contracts.events.display import BoardChanged
from contracts.requests.display import GetBoard
from contracts.requests.floor import ExplainTurn, Turn
from contracts.schema import load
from contracts.words import TicketState
from tests.e2e import samples
from tests.e2e.screens import CitizenPages
from tests.e2e.state import State

BOARD, TOP, ROOM = "/papan/TRK", "/papan/TRK/1", "/tunggu/TRK"
TURN = {
    "number": "A-015",
    "service": "new",
    "state": "waiting",
    "step": "service",
    "steps": ["service"],
    "counter": None,
    "place": 4,
    "before": [{"rule": "appointment", "tickets": 2}, {"rule": "priority", "tickets": 1}],
    "counters": 2,
}


def until(selector: str) -> Callable[[CitizenPages], None]:
    """Wait until something is to be seen."""
    return lambda pages: expect(pages.page.locator(selector).first).to_be_visible()


def _lose_the_network(pages: CitizenPages) -> None:
    expect(pages.page.locator(".board:not(.board-still), .room-calls").first).to_be_visible()
    pages.page.context.set_offline(True)
    expect(pages.page.get_by_role("alert")).to_be_visible()


def _calling(*, calls: int = 1) -> BoardChanged:
    call = samples.call("C-101", "Sdri. Maria Goreti", 12, calls=calls)
    return samples.board(calls=(call, *samples.board().calls), version=2)


def _with_notices() -> BoardChanged:
    notices = (samples.notice(begins_in=timedelta(0)), samples.notice(begins_in=timedelta(days=2)))
    return samples.board(version=3, notices=notices)


def _at_counter(state: str) -> BoardChanged:
    board = samples.board(version=2)
    first = replace(board.counters[0], state=state, number=None)  # type: ignore[arg-type]
    return replace(board, counters=(first, *board.counters[1:]))


def _turn(state: TicketState, **changes: object) -> State:
    turn = load(Turn, {**TURN, "state": state, **changes})
    return State(path=f"{ROOM}?nomor=A-015", answers=((ExplainTurn, turn),), then=until(".room-own"))


HALL_STATES = {
    "board": State(path=BOARD, then=until(".board:not(.board-still) .call")),
    "board, calling": State(path=BOARD, hall=_calling, then=until(".call-now")),
    "board, calling again": State(path=BOARD, hall=lambda: _calling(calls=2), then=until(".call-now")),
    "board, hours without service": State(path=BOARD, hall=_with_notices, then=until(".board-notices p + p")),
    "board, full hall": State(path=BOARD, hall=lambda: samples.full_hall(2), then=until(".call-now")),
    "board, no network": State(path=BOARD, then=_lose_the_network),
    "board, nobody called yet": State(
        path="/papan/SKW",
        answers=((GetBoard, lambda _: samples.board("SKW", calls=())),),
        then=until(".board:not(.board-still) .call"),
    ),
    "board of an office not open": State(
        path="/papan/BPN", answers=((GetBoard, lambda _: samples.board("BPN", calls=(), waiting=0)),)
    ),
    "counter top, called": State(path=TOP, then=until(".top:not(.top-still)")),
    "counter top, ready": State(
        path=TOP, hall=lambda: _at_counter("open"), then=until(".top-state:has-text('Siap')")
    ),
    "counter top, paused": State(
        path=TOP, hall=lambda: _at_counter("paused"), then=until(".top-state:has-text('Istirahat')")
    ),
    "counter top, closed": State(path="/papan/TRK/4", then=until(".top:not(.top-still)")),
    "waiting room": State(path=ROOM, then=until(".room-calls")),
    "waiting room, called": State(path=f"{ROOM}?nomor=A-012", then=until(".room-go")),
    "waiting room, not called": State(
        path=f"{ROOM}?nomor=A-099", refuses=((ExplainTurn, "no_answer"),), then=until(".room-own")
    ),
    "waiting room, unknown number": State(path=f"{ROOM}?nomor=A-999", then=until(".room-own")),
    "waiting room, place in line": _turn("waiting"),
    "waiting room, next": _turn("waiting", place=1, before=[]),
    **{
        f"waiting room, {state.replace('_', ' ')}": _turn(state, place=None, before=[])
        for state in ("held", "no_show", "served")
    },
    "waiting room, no number": State(path=f"{ROOM}?nomor=Pak+Andi", then=until("[role=alert]")),
    "waiting room, nobody called yet": State(
        path=ROOM, answers=((GetBoard, lambda _: samples.board(calls=())),), then=until("#app")
    ),
    "waiting room, no network": State(path=ROOM, then=_lose_the_network),
}
