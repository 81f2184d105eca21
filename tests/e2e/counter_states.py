"""The officer's console in every state, with each dialog that it asks."""

from collections.abc import Callable

from playwright.sync_api import expect

from contracts.requests.checkin import CallNext, GetCounter
from contracts.requests.floor import GetFloor
from tests.e2e import floor_samples, samples
from tests.e2e.screens import CitizenPages, CounterPage
from tests.e2e.state import State

OFFICER, HEAD, PAGE = "petugas.trk", "kepala.trk", "/loket/TRK/1"
_BUSY = (GetFloor, lambda _: floor_samples.busy_floor())
_AT_STEP = (GetCounter, lambda _: floor_samples.at_step())
_FREE = (GetCounter, lambda _: samples.counter(1))
DIALOGS = {
    "l": "what is rare",
    "h": "putting on hold",
    "a": "sending elsewhere",
    "k": "another outcome",
    "e": "emergency",
}
DIALOGS_WHEN_FREE = {"r": "taking back from hold", "m": "back after a missed call", "c": "a certain number"}


def on_console(deed: Callable[[CounterPage], None]) -> Callable[[CitizenPages], None]:
    """Do it once the console can be used."""

    def then(pages: CitizenPages) -> None:
        expect(pages.page.locator(".actions-list")).to_be_visible()
        deed(CounterPage(pages.page, pages.url))

    return then


def pressing(keys: str, *, shows: str) -> Callable[[CitizenPages], None]:
    """Press these keys one after the other; then something is to be seen."""

    def deed(counter: CounterPage) -> None:
        for key in keys:
            counter.press(key)
        expect(counter.page.locator(shows).first).to_be_visible()

    return on_console(deed)


def _on_busy_floor(deed: Callable[[CounterPage], None]) -> Callable[[CitizenPages], None]:
    def then(counter: CounterPage) -> None:
        expect(counter.page.locator(".alarm")).to_be_visible()
        deed(counter)

    return on_console(then)


def _asking(key: str) -> Callable[[CitizenPages], None]:
    def deed(counter: CounterPage) -> None:
        counter.press(key)
        expect(counter.page.get_by_role("dialog")).to_be_visible()

    return _on_busy_floor(deed)


COUNTER_STATES = {
    "counters": State(path="/loket/TRK", login=OFFICER),
    "console, closed": State(path=PAGE, login=OFFICER, then=on_console(lambda _: None)),
    "console, open": State(path=PAGE, login=OFFICER, then=on_console(CounterPage.open_counter)),
    "console, nobody waits": State(
        path=PAGE,
        login=OFFICER,
        refuses=((CallNext, "queue_empty"),),
        then=pressing("b ", shows="[role=alert]"),
    ),
    "console, called": State(path=PAGE, login=OFFICER, then=pressing("b ", shows=".present-number")),
    "console, called twice": State(
        path=PAGE,
        login=OFFICER,
        answers=((GetCounter, lambda _: samples.counter(1, calls=2)),),
        then=on_console(lambda _: None),
    ),
    "console, done": State(path=PAGE, login=OFFICER, then=pressing("b s", shows=".undo")),
    "console, paused": State(path=PAGE, login=OFFICER, then=pressing("bj", shows=".console-present")),
    "console, keys": State(path=PAGE, login=OFFICER, then=pressing("?", shows="dialog")),
    "console, no network": State(
        path=PAGE,
        login=OFFICER,
        then=on_console(lambda counter: counter.page.context.set_offline(True)),
    ),
    "console, in the middle of a visit": State(
        path=PAGE, login=OFFICER, answers=(_BUSY, _AT_STEP), then=_on_busy_floor(lambda _: None)
    ),
    "console, free on a busy floor": State(
        path=PAGE, login=HEAD, answers=(_BUSY, _FREE), then=_on_busy_floor(lambda _: None)
    ),
    **{
        f"console, asks: {name}": State(path=PAGE, login=HEAD, answers=(_BUSY, _AT_STEP), then=_asking(key))
        for key, name in DIALOGS.items()
    },
    **{
        f"console, asks: {name}": State(path=PAGE, login=HEAD, answers=(_BUSY, _FREE), then=_asking(key))
        for key, name in DIALOGS_WHEN_FREE.items()
    },
}
