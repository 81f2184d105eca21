"""A visit of several steps ends with its day, wherever its ticket was left overnight."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from contracts.events import TicketServed, TicketTransferred
from contracts.requests.counter_deeds import HoldTicket, ResumeTicket, TransferTicket, UndoLast
from services.checkin import errors, handlers
from services.checkin.domain.office import Office
from tests.integration.checkin.hall import NOON, TARAKAN, TODAY, Hall
from tests.integration.checkin.queue_model import LONG, rules_of

MIDNIGHT = NOON + timedelta(hours=12)
MORNING = NOON + timedelta(hours=20)
ELSEWHERE: list[tuple[Any, Any, dict[str, Any]]] = [
    (handlers.hold_ticket, HoldTicket, {}),
    (handlers.transfer_ticket, TransferTicket, {"to_counter": 2}),
    (handlers.transfer_ticket, TransferTicket, {"to_step": "payment"}),
]


@pytest.fixture
def called(empty_hall: Hall) -> Hall:
    """A hall where a ticket with three steps is before counter 1, at the first of them."""
    empty_hall.hear(replace(TARAKAN, hall=rules_of(LONG)))
    empty_hall.arrive()
    empty_hall.open(1)
    empty_hall.open(2)
    empty_hall.call()
    empty_hall.said()
    return empty_hall


def test_who_is_finished_on_a_later_day_is_served(called: Hall) -> None:
    """The officer's "done" is so: nobody waits on a day that is over."""
    assert called.finish(now=MORNING).ticket is None
    (served,) = called.said()
    assert isinstance(served, TicketServed)
    assert (served.date, served.state, served.outcome) == (TODAY, "served", "done")
    assert (served.step, served.finished_at) == ("documents", MORNING)


def test_until_midnight_at_the_office_the_visit_goes_on(called: Hall) -> None:
    """A second before it the next step is still of this day; from it on none is."""
    called.finish(now=MIDNIGHT - timedelta(seconds=1))
    sent, *_ = called.said()
    assert isinstance(sent, TicketTransferred)
    assert (sent.state, sent.step) == ("waiting", "biometrics")
    called.now = MIDNIGHT - timedelta(seconds=1)
    called.at(handlers.undo_last, UndoLast)
    called.said()
    called.finish(now=MIDNIGHT + timedelta(seconds=1))
    assert [type(event) for event in called.said()] == [TicketServed]


@pytest.mark.parametrize(("use_case", "command", "more"), ELSEWHERE)
def test_on_a_later_day_a_ticket_is_sent_nowhere(
    called: Hall, use_case: Any, command: Any, more: dict[str, Any]
) -> None:
    """Nothing is said of it, and the counter still has it to finish."""
    called.now = MORNING
    with pytest.raises(errors.VisitDayOver) as refused:
        called.at(use_case, command, **more)
    assert refused.value.data == {"number": "A-001", "date": TODAY.isoformat()}
    assert called.said() == []
    assert called.finish(now=MORNING).ticket is None


@pytest.mark.parametrize(("use_case", "command", "more"), ELSEWHERE)
def test_without_the_guard_it_is_lost(
    called: Hall, monkeypatch: pytest.MonkeyPatch, use_case: Any, command: Any, more: dict[str, Any]
) -> None:
    """Control of the test above: no counter gets it before it again."""
    monkeypatch.setattr(Office, "require_today", lambda *_, **__: None)
    called.now = MORNING
    called.at(use_case, command, **more)
    for counter in (1, 2):
        with pytest.raises(errors.QueueIsEmpty):
            called.call(counter, now=MORNING)
        with pytest.raises(errors.UnknownNumber):
            called.at(handlers.resume_ticket, ResumeTicket, counter, number="A-001")


def test_a_ticket_that_was_held_overnight_is_not_called_again(called: Hall) -> None:
    """Its number is of another day, and may be somebody else's today."""
    called.at(handlers.hold_ticket, HoldTicket)
    called.now = MORNING
    with pytest.raises(errors.UnknownNumber):
        called.at(handlers.resume_ticket, ResumeTicket, number="A-001")


def test_what_was_finished_on_a_later_day_can_be_undone(called: Hall) -> None:
    """It is before the counter again."""
    called.finish(now=MORNING)
    back = called.at(handlers.undo_last, UndoLast).ticket
    assert back is not None
    assert (back.state, back.step) == ("called", "documents")
