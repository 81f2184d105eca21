"""All that people, officers and bad luck do in a hall, as rules of a state machine beside a model."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from chassis.database import Transaction
from contracts.requests import checkin as contract
from contracts.requests import counter_deeds as deeds
from contracts.words import PriorityClass, ServiceCode, VisitOutcome
from services.checkin import handlers
from tests.integration.checkin.hall import NOON, booking
from tests.integration.checkin.hall import ticket as ticket_text
from tests.integration.checkin.queue_model import STEPS, Ticket
from tests.integration.checkin.queue_steps import HallSteps

COUNTERS = st.integers(1, 3)
ANY = st.integers(0, 99)
OFFERS: list[tuple[ServiceCode, ...]] = [("new", "renewal"), ("new",), ("renewal",)]
PLACES: list[tuple[Any, ...]] = [(), STEPS[:1], STEPS[1:]]


class Crash(Exception):
    """The process dies before its transaction is committed."""


class QueueMachine(HallSteps):
    """A day of the hall, beside its model."""

    @rule(
        service=st.sampled_from(OFFERS[0]),
        priority=st.sampled_from(["regular", "regular", "elderly"]),
        quarters=st.integers(-2, 3),
    )
    def scan(self, service: ServiceCode, priority: PriorityClass, quarters: int) -> None:
        """Somebody with a ticket comes in."""
        starts_at = NOON + timedelta(minutes=15 * quarters)
        coming = booking(service=service, priority=priority, starts_at=starts_at)
        text = ticket_text(coming)
        admitted = self.hold_to_reader(text)
        assert isinstance(admitted, contract.Admission)
        self.model.tickets[admitted.number] = Ticket(
            ticket_id=admitted.ticket_id,
            number=admitted.number,
            text=text,
            service=service,
            steps=STEPS[:2] if service == "new" else STEPS[2:],
            turn_at=starts_at - timedelta(minutes=15 * (priority != "regular")),
            scanned_at=self.model.now,
        )

    @rule(counter=COUNTERS, services=st.sampled_from(OFFERS), steps=st.sampled_from(PLACES))
    def open(self, counter: int, services: tuple[ServiceCode, ...], steps: tuple[Any, ...]) -> None:
        """An officer sits down."""
        self.ask(handlers.open_counter, contract.OpenCounter, counter, services=services, steps=steps)
        desk = self.model.desks[counter]
        desk.state, desk.services, desk.steps = "open", services, steps or STEPS

    @rule(counter=COUNTERS, paused=st.booleans())
    def pause(self, counter: int, paused: bool) -> None:
        """An officer leaves for a while, or is back."""
        done = (
            self.ask(handlers.pause_counter, deeds.PauseCounter, counter)
            if paused
            else self.ask(handlers.resume_counter, deeds.ResumeCounter, counter)
        )
        desk = self.model.desks[counter]
        if not self.is_refused(done, "counter_closed" if desk.state == "closed" else None):
            desk.state = "paused" if paused else "open"

    @rule(counter=COUNTERS)
    def close(self, counter: int) -> None:
        """An officer goes home; who was sent there alone waits for all."""
        done = self.ask(handlers.close_counter, contract.CloseCounter, counter)
        desk = self.model.desks[counter]
        if desk.state == "closed" or self.is_refused(
            done, "counter_busy" if self.model.at(counter) else None
        ):
            return
        desk.state, desk.services, desk.steps = "closed", (), ()
        for ticket in self.model.those("waiting"):
            if ticket.for_counter == counter:
                ticket.for_counter = None
                ticket.deeds += 1

    @rule(counter=COUNTERS, twice=st.booleans())
    def call(self, counter: int, twice: bool) -> None:
        """A counter calls, with one click or two."""
        called = self.ask(handlers.call_next, contract.CallNext, counter)
        desk = self.model.desks[counter]
        following = self.model.next(desk)
        if self.is_refused(called, self.why_no_call(desk) or (None if following else "queue_empty")):
            return
        assert following is not None
        assert called.ticket.number == following.number
        self.model.call(desk, following)
        if twice:
            again = self.ask(handlers.call_next, contract.CallNext, counter, seconds=1)
            assert again.ticket == called.ticket

    @precondition(lambda self: self.model.tickets)
    @rule(counter=COUNTERS, which=ANY, held=st.booleans())
    def call_number(self, counter: int, which: int, held: bool) -> None:
        """A counter calls somebody out of turn, or has who was held before it again."""
        ticket, desk = self.ticket(which), self.model.desks[counter]
        done = (
            self.ask(handlers.resume_ticket, deeds.ResumeTicket, counter, number=ticket.number)
            if held
            else self.ask(handlers.call_ticket, deeds.CallTicket, counter, number=ticket.number, reason="ill")
        )
        fits = ticket.state == ("held" if held else "waiting")
        if not self.is_refused(done, self.why_no_call(desk) or (None if fits else "ticket_other_state")):
            self.model.call(desk, ticket)

    @rule(counter=COUNTERS)
    def recall(self, counter: int) -> None:
        """A counter calls its ticket once more."""
        done = self.ask(handlers.recall_ticket, contract.RecallTicket, counter, seconds=9)
        ticket, desk = self.model.at(counter), self.model.desks[counter]
        is_early = ticket is not None and ticket.called_at > self.model.now - timedelta(seconds=10)  # type: ignore[operator]
        if not self.is_refused(done, self.why_not(desk) or ("recall_too_soon" if is_early else None)):
            assert ticket is not None
            ticket.calls, ticket.called_at = ticket.calls + 1, self.model.now

    @rule(counter=COUNTERS, outcome=st.sampled_from(["done", "done", "rejected"]))
    def finish(self, counter: int, outcome: VisitOutcome) -> None:
        """A counter is done with its ticket, whose visit may go on elsewhere."""
        done = self.ask(handlers.finish_ticket, contract.FinishTicket, counter, outcome=outcome)

        def change(ticket: Ticket) -> None:
            if outcome == "done" and ticket.at + 1 < len(ticket.steps):
                ticket.wait(ticket.at + 1)
            else:
                ticket.state, ticket.outcome = "served", outcome

        self.change(done, counter, change)

    @rule(counter=COUNTERS)
    def hold(self, counter: int) -> None:
        """A counter puts its ticket aside."""
        done = self.ask(handlers.hold_ticket, deeds.HoldTicket, counter)
        self.change(done, counter, lambda ticket: setattr(ticket, "state", "held"))

    @rule(counter=COUNTERS, to=COUNTERS)
    def transfer(self, counter: int, to: int) -> None:
        """A counter sends its ticket to another."""
        done = self.ask(handlers.transfer_ticket, deeds.TransferTicket, counter, to_counter=to)
        if counter == to:
            assert self.is_refused(done, "transfer_to_nowhere")
            return
        desk, other = self.model.desks[counter], self.model.desks[to]
        if "closed" in (desk.state, other.state):
            assert self.is_refused(done, "counter_closed")
            return
        self.change(done, counter, lambda ticket: ticket.wait(ticket.at, to))

    @rule(counter=COUNTERS)
    def miss(self, counter: int) -> None:
        """Nobody came to a counter."""
        present = self.model.at(counter)
        ticket_id = present.ticket_id if present else "01a1ff5a-fe84-742f-b2cc-e87902e2a2a2"
        done = self.ask(handlers.mark_no_show, contract.MarkNoShow, counter, ticket_id=ticket_id, seconds=60)
        refusal = None
        if present and present.calls < 2:
            refusal = "recall_first"
        elif present and present.first_called_at > self.model.now - timedelta(minutes=2):  # type: ignore[operator]
            refusal = "still_on_the_way"

        def change(ticket: Ticket) -> None:
            ticket.state, ticket.finished_at = "no_show", self.model.now
            ticket.no_shows += 1

        self.change(done, counter, change, refusal)

    @precondition(lambda self: self.model.those("no_show"))
    @rule(counter=COUNTERS, which=ANY, minutes=st.sampled_from([0, 0, 20]), by_officer=st.booleans())
    def come_back(self, counter: int, which: int, minutes: int, by_officer: bool) -> None:
        """Who did not come stands at a counter, or holds the ticket to the reader again."""
        absent = self.model.those("no_show")
        ticket = absent[which % len(absent)]
        self.model.now += timedelta(minutes=minutes)
        if by_officer:
            done = self.ask(handlers.return_ticket, deeds.ReturnTicket, counter, number=ticket.number)
            refusal = "counter_closed" if self.model.desks[counter].state == "closed" else None
        else:
            done = self.hold_to_reader(ticket.text)
            refusal = "absent_again" if ticket.no_shows > 1 else None
        if not self.is_refused(done, refusal):
            self.model.give_back(ticket)

    @rule(counter=COUNTERS)
    def undo(self, counter: int) -> None:
        """An officer takes back what they did last."""
        done = self.ask(handlers.undo_last, deeds.UndoLast, counter)
        desk = self.model.desks[counter]
        self.is_refused(done, "counter_closed" if desk.state == "closed" else self.model.undo(desk))

    @rule(counter=COUNTERS, use=st.sampled_from(["call", "finish", "hold", "undo"]))
    def crash(self, counter: int, use: str) -> None:
        """The process dies over what a counter asked: nothing of it happened."""
        asked: dict[str, tuple[Any, type[contract.CounterRequest]]] = {
            "call": (handlers.call_next, contract.CallNext),
            "finish": (handlers.finish_ticket, contract.FinishTicket),
            "hold": (handlers.hold_ticket, deeds.HoldTicket),
            "undo": (handlers.undo_last, deeds.UndoLast),
        }
        use_case, command = asked[use]

        def dies(tx: Transaction, told: Any) -> None:
            use_case(tx, told)
            raise Crash

        try:
            self.ask(dies, command, counter)
        except Crash:
            return
