"""A state of a page, and the way into it: for axe, for the pictures, in either language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from contracts.events import BoardChanged
from tests.e2e.screens import CitizenPages
from tests.e2e.stage import Stage

INTERNAL = 500
"""What a page that has failed answers: it has no findings, and makes a fine picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A page to open, as whom, what the services answer by then, and what happens there.

    `told` is what the refusals say beside their code. `hall` is published once the page stands; `then` is
    done last.
    """

    path: str
    login: str = ""
    refuses: tuple[tuple[type, str], ...] = ()
    told: Mapping[str, object] = field(default_factory=dict)
    answers: tuple[tuple[type, object], ...] = ()
    hall: Callable[[], BoardChanged] | None = None
    then: Callable[[CitizenPages], None] = field(default=lambda _: None)


def arrive(stage: Stage, pages: CitizenPages, state: State) -> int:
    """Bring a tab that knows nobody into the state; return the opened page's HTTP status."""
    if state.login:
        stage.sign_in(pages.page, state.login)
    for request, code in state.refuses:
        stage.backend.refuse(request, code, **state.told)
    for request, answer in state.answers:
        stage.backend.answer(request, answer)
    status: int = pages.open(state.path).status
    if state.hall is not None:
        pages.page.locator("#app :not(.board-still, .top-still)").first.wait_for()
        stage.publish(state.hall())
    state.then(pages)
    return status
