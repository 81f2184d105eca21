"""How the state machine of the hall takes a step: check-in is asked, and stands as its model does then."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, ClassVar

from hypothesis.stateful import RuleBasedStateMachine, invariant
from sqlalchemy import Connection, delete, select

from chassis.database import Transaction
from contracts.refusals import Refused
from contracts.requests import checkin as contract
from services.checkin.store.tables import counter as counter_table
from services.checkin.store.tables import (
    expected_ticket,
    near_told,
    number_sequence,
    queue_ticket,
    step_record,
)
from tests.integration.checkin.hall import NOON, TARAKAN, Hall, scan_ticket
from tests.integration.checkin.queue_model import RULES, Desk, Model, Ticket

_SHOWN = select(
    *(
        queue_ticket.c[name]
        for name in (
            *("number", "state", "step", "counter", "for_counter", "turn_at", "scanned_at", "calls"),
            *("no_shows", "outcome"),
        )
    )
).order_by(queue_ticket.c.number)
_OLD = (queue_ticket, expected_ticket, number_sequence, step_record, near_told, counter_table)


class HallSteps(RuleBasedStateMachine):
    """A hall of its own and its model; who inherits the steps gives the rules."""

    hall: ClassVar[Hall]
    looks: ClassVar[Connection]

    def __init__(self) -> None:
        super().__init__()
        self.hall.now = NOON
        with self.hall.database.transaction() as tx:
            for table in _OLD:
                tx.execute(delete(table))
        self.hall.hear(replace(TARAKAN, hall=RULES))
        self.model = Model(now=NOON)

    @invariant()
    def nothing_is_lost_or_doubled(self) -> None:
        """Every ticket is where the model has it: under its number, before one counter at most."""
        rows = [tuple(row) for row in self.looks.execute(_SHOWN)]
        assert rows == sorted(ticket.row() for ticket in self.model.tickets.values())

    def hold_to_reader(self, text: str) -> Any:
        """Hold a ticket to the reader."""
        command = contract.ScanTicket(office="TRK", ticket=text)
        return self.attempt(lambda tx: scan_ticket(tx, command))

    def ask(
        self,
        use_case: Callable[[Transaction, Any], Any],
        command: type[contract.CounterRequest],
        counter: int,
        *,
        seconds: int = 3,
        **told: Any,
    ) -> Any:
        """Ask for something at a counter, some seconds after the step before."""
        asked = command(office="TRK", counter=counter, officer="officer", **told)
        return self.attempt(lambda tx: use_case(tx, asked), seconds)

    def attempt(self, use_case: Callable[[Transaction], Any], seconds: int = 3) -> Any:
        """Return what check-in answered, or its refusal."""
        self.model.now += timedelta(seconds=seconds)
        self.hall.heard.clear()
        try:
            return self.hall.do(use_case, now=self.model.now)
        except Refused as refused:
            return refused

    def is_refused(self, done: Any, expected: str | None) -> bool:
        """Tell whether this was to be refused, and see that it was so, or not."""
        assert (done.code if isinstance(done, Refused) else None) == expected
        return expected is not None

    def why_not(self, desk: Desk) -> str | None:
        """Say why nothing can be done with the ticket of a counter."""
        if desk.state == "closed":
            return "counter_closed"
        return None if self.model.at(desk.number) else "no_ticket_at_counter"

    def why_no_call(self, desk: Desk) -> str | None:
        """Say why a counter calls nobody."""
        if desk.state != "open":
            return f"counter_{desk.state}"
        return "counter_busy" if self.model.at(desk.number) else None

    def change(
        self, done: Any, counter: int, change: Callable[[Ticket], None], refusal: str | None = None
    ) -> None:
        """Change the ticket of a counter in the model too, unless that was to be refused."""
        desk, ticket = self.model.desks[counter], self.model.at(counter)
        if not self.is_refused(done, self.why_not(desk) or refusal):
            assert ticket is not None
            self.model.done(desk, ticket, lambda: change(ticket))

    def ticket(self, which: int) -> Ticket:
        """Choose a ticket."""
        tickets = list(self.model.tickets.values())
        return tickets[which % len(tickets)]
