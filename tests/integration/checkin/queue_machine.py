"""All that people, officers and bad luck do in a hall, as rules of a state machine beside a model."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from sqlalchemy import select

from chassis.database import Transaction
from contracts.hall import Step
from contracts.requests import checkin as contract
from contracts.requests import counter_deeds as deeds
from contracts.requests.walk_in import IssueWalkIn
from contracts.words import VisitOutcome
from services.checkin import handlers
from services.checkin.handlers import walk_ins
from tests.integration.checkin.hall import booking, scan_ticket
from tests.integration.checkin.hall import ticket as ticket_text
from tests.integration.checkin.queue_counters import COUNTERS, CounterRules
from tests.integration.checkin.queue_model import Ticket
from tests.integration.checkin.queue_people import PeopleRules
from tests.integration.checkin.queue_steps import ANY

C = TypeVar("C", bound=contract.CounterRequest)

SENT_TO: tuple[Step, ...] = ("documents", "biometrics", "payment", "service")
QUICKLY = timedelta(seconds=7)
DYING: dict[str, Callable[[Transaction, int], Any]] = {
    "call": lambda tx, at: handlers.call_next(tx, _at(contract.CallNext, at)),
    "finish": lambda tx, at: handlers.finish_ticket(tx, _at(contract.FinishTicket, at, outcome="done")),
    "hold": lambda tx, at: handlers.hold_ticket(tx, _at(deeds.HoldTicket, at)),
    "undo": lambda tx, at: handlers.undo_last(tx, _at(deeds.UndoLast, at)),
    "transfer": lambda tx, at: handlers.transfer_ticket(
        tx, _at(deeds.TransferTicket, at, to_step="documents")
    ),
    "close": lambda tx, at: handlers.close_counter(tx, _at(contract.CloseCounter, at)),
    "raise_emergency": lambda tx, at: handlers.raise_emergency(tx, _at(deeds.RaiseEmergency, at)),
    "clear_emergency": lambda tx, at: handlers.clear_emergency(tx, _at(deeds.ClearEmergency, at)),
    "walk_in": lambda tx, _: walk_ins.issue_walk_in(
        tx, IssueWalkIn(office="TRK", request_id="request-of-the-dying", for_service="new")
    ),
    "scan": lambda tx, _: scan_ticket(tx, contract.ScanTicket(office="TRK", ticket=ticket_text(booking()))),
}


class Crash(Exception):
    """The process dies before its transaction is committed."""


class QueueMachine(PeopleRules, CounterRules):
    """A day of the hall, beside its model: how tickets are called, and what is done with them."""

    @precondition(lambda self: self.model.those("waiting"))
    @rule(which=ANY, twice=st.booleans())
    def call(self, which: int, twice: bool) -> None:
        """A counter calls, with one click or two."""
        desk = self.desk(which, self.has_next)
        counter = desk.number
        called = self.ask(handlers.call_next, contract.CallNext, counter)
        following = self.model.next(desk)
        if self.is_refused(called, self.why_no_call(desk) or (None if following else "queue_empty")):
            return
        assert following is not None
        assert called.ticket.number == following.number
        self.call_in_model(desk, following)
        if twice:
            again = self.ask(handlers.call_next, contract.CallNext, counter, seconds=1)
            assert again.ticket == called.ticket

    @precondition(lambda self: self.model.those("waiting") or self.model.those("called"))
    @rule(which=ANY, rounds=st.integers(1, 4))
    def work(self, which: int, rounds: int) -> None:
        """Counters work on for a while: they finish whom they have, and call whose turn it is."""
        for _ in range(rounds):
            if self.is_busy(self.desk(which, lambda each: self.is_busy(each) or self.has_next(each))):
                self.finish(which, "done")
            else:
                self.call(which, False)

    @precondition(lambda self: self.model.tickets)
    @rule(at=ANY, which=ANY, held=st.booleans())
    def call_number(self, at: int, which: int, held: bool) -> None:
        """A counter calls somebody out of turn, or has who was held before it again."""
        ticket, desk = self.ticket(which, "held" if held else "waiting"), self.desk(at, self.is_free)
        counter = desk.number
        done = (
            self.ask(handlers.resume_ticket, deeds.ResumeTicket, counter, number=ticket.number)
            if held
            else self.ask(handlers.call_ticket, deeds.CallTicket, counter, number=ticket.number, reason="ill")
        )
        fits = ticket.state == ("held" if held else "waiting")
        if not self.is_refused(done, self.why_no_call(desk) or (None if fits else "ticket_other_state")):
            self.call_in_model(desk, ticket)

    @precondition(lambda self: self.model.those("called"))
    @rule(which=ANY, seconds=st.sampled_from((9, 30)))
    def recall(self, which: int, seconds: int) -> None:
        """A counter calls its ticket once more."""
        desk = self.desk(which, self.is_busy)
        done = self.ask(handlers.recall_ticket, contract.RecallTicket, desk.number, seconds=seconds)
        ticket = self.model.at(desk.number)
        is_early = ticket is not None and ticket.called_at > self.model.now - timedelta(seconds=10)  # type: ignore[operator]
        if not self.is_refused(done, self.why_not(desk) or ("recall_too_soon" if is_early else None)):
            assert ticket is not None
            ticket.calls, ticket.called_at = ticket.calls + 1, self.model.now

    @precondition(lambda self: self.model.those("called"))
    @rule(which=ANY, outcome=st.sampled_from(("done", "done", "done", "rejected")))
    def finish(self, which: int, outcome: VisitOutcome) -> None:
        """A counter is done with its ticket, whose visit may go on elsewhere."""
        counter = self.desk(which, self.is_busy).number
        done = self.ask(handlers.finish_ticket, contract.FinishTicket, counter, outcome=outcome)

        def change(ticket: Ticket) -> None:
            ticket.end_step(outcome)
            if outcome == "done" and ticket.at + 1 < len(ticket.steps):
                ticket.wait(ticket.at + 1)
            else:
                ticket.state, ticket.outcome = "served", outcome

        self.change(done, counter, change)

    @precondition(lambda self: self.model.those("called"))
    @rule(
        which=ANY,
        to=st.one_of(st.none(), st.none(), COUNTERS),
        step=st.sampled_from((None, *SENT_TO)),
    )
    def transfer(self, which: int, to: int | None, step: Step | None) -> None:
        """A counter sends its ticket to another, to another step of its visit, or to both."""
        counter = self.desk(which, self.is_busy).number
        done = self.ask(handlers.transfer_ticket, deeds.TransferTicket, counter, to_counter=to, to_step=step)
        if counter == to:
            assert self.is_refused(done, "transfer_to_nowhere")
            return
        if to and self.model.desks[to].state == "closed":
            assert self.is_refused(done, "counter_closed")
            return
        present = self.model.at(counter)
        refusal = None
        if present and step not in (None, *present.steps):
            refusal = "unknown_step_here"
        elif present and to is None and step in (None, present.step):
            refusal = "transfer_to_nowhere"

        def change(ticket: Ticket) -> None:
            ticket.end_step("transferred")
            ticket.wait(ticket.steps.index(step) if step else ticket.at, to)

        self.change(done, counter, change, refusal)

    @precondition(lambda self: self.model.those("called"))
    @rule(which=ANY)
    def hold(self, which: int) -> None:
        """A counter puts its ticket aside."""
        counter = self.desk(which, self.is_busy).number
        done = self.ask(handlers.hold_ticket, deeds.HoldTicket, counter)
        self.change(done, counter, lambda ticket: setattr(ticket, "state", "held"))

    @precondition(lambda self: self.model.those("called"))
    @rule(which=ANY, seconds=st.sampled_from((60, 130)))
    def miss(self, which: int, seconds: int) -> None:
        """Nobody came to a counter."""
        counter = self.desk(which, self.is_busy).number
        present = self.model.at(counter)
        ticket_id = present.ticket_id if present else "01a1ff5a-fe84-742f-b2cc-e87902e2a2a2"
        done = self.ask(
            handlers.mark_no_show, contract.MarkNoShow, counter, ticket_id=ticket_id, seconds=seconds
        )
        refusal = None
        if present and present.calls < 2:
            refusal = "recall_first"
        elif present and present.first_called_at > self.model.now - timedelta(minutes=2):  # type: ignore[operator]
            refusal = "still_on_the_way"

        def change(ticket: Ticket) -> None:
            ticket.end_step("no_show")
            ticket.state, ticket.finished_at = "no_show", self.model.now
            ticket.no_shows += 1

        self.change(done, counter, change, refusal)

    @precondition(lambda self: any(each.last for each in self.model.desks.values()))
    @rule(which=ANY)
    def undo(self, which: int) -> None:
        """An officer takes back what they did last."""
        desk = self.desk(which, lambda each: each.last and each.last[3] >= self.model.now - QUICKLY)
        done = self.ask(handlers.undo_last, deeds.UndoLast, desk.number)
        self.is_refused(done, "counter_closed" if desk.state == "closed" else self.model.undo(desk))

    @rule(which=ANY, use=st.sampled_from(sorted(DYING)))
    def crash(self, which: int, use: str) -> None:
        """The process dies over what it was asked: nothing of it happened, and nothing else is forgotten."""
        desk = self.desk(which, {"call": self.has_next, "close": self.is_free}.get(use, self.is_busy))
        before = self.everything()

        def dies(tx: Transaction) -> None:
            DYING[use](tx, desk.number)
            tx.execute(select(1))
            raise Crash

        try:
            self.attempt(dies)
        except Crash:
            if "emergency" in use:  # not after each crash: connections take time
                self.hall.database.engine.dispose()
        assert self.everything() == before


def _at(command: type[C], counter: int, **told: Any) -> C:
    return command(office="TRK", counter=counter, officer="officer", **told)
