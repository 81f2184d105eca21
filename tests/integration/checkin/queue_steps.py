"""How the state machine of the hall takes a step: check-in is asked, and stands as its model does then."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant
from sqlalchemy import ARRAY, Connection, Text, cast, delete, false, func, literal, select, text, union_all
from sqlalchemy.dialects.postgresql import aggregate_order_by

from chassis.database import Transaction
from contracts.events import TurnNear, WalkInPlacesSet
from contracts.events.walk_in import WalkInPlaces
from contracts.refusals import Refused
from contracts.requests import checkin as contract
from contracts.words import ServiceCode
from services.checkin import handlers
from services.checkin.domain.counter import UNDO_WITHIN
from services.checkin.handlers import walk_ins
from services.checkin.store import tables
from services.checkin.store.tables import queue_ticket, step_record
from tests.integration.checkin.hall import NOON, TARAKAN, TODAY, Hall, scan_ticket
from tests.integration.checkin.queue_model import LETTERS, Desk, Journeys, Model, Ticket, rules_of
from tests.integration.checkin.queue_witness import Witness

_DONE = (
    select(
        func.array_agg(
            aggregate_order_by(
                func.concat_ws(" ", step_record.c.step, step_record.c.counter, step_record.c.outcome),
                step_record.c.finished_at,
            )
        )
    )
    .where(step_record.c.ticket_id == queue_ticket.c.ticket_id)
    .scalar_subquery()
)
_OF_TICKET = (
    *("number", "origin", "state", "steps", "step", "counter", "for_counter"),
    *("turn_at", "scanned_at", "calls", "no_shows", "outcome"),
)
_OF_COUNTER = ("number", "state", "services", "steps", "emergency_since")
# Joined on what never is, to read both at once: each row is a ticket or a counter.
_SHOWN = (
    select(
        *(queue_ticket.c[name].label(f"ticket_{name}") for name in _OF_TICKET),
        func.coalesce(_DONE, cast([], ARRAY(Text))),
        *(tables.counter.c[name].label(f"counter_{name}") for name in _OF_COUNTER),
    )
    .select_from(queue_ticket.outerjoin(tables.counter, false(), full=True))
    .order_by(queue_ticket.c.number)
)
_OLD = (
    *(queue_ticket, tables.expected_ticket, tables.number_sequence, step_record, tables.near_told),
    *(tables.counter, tables.walk_in_day, tables.call_choice, tables.office),
)

_ALL = union_all(
    *(select(literal(table.name), text(f"{table.name}::text")).select_from(table) for table in _OLD)
)
NEAR = TARAKAN.hall.near_places
ANY = st.integers(0, 59)
MOSTLY = 50
"""From here on whoever chooses errs."""


class HallSteps(RuleBasedStateMachine):
    """A hall of its own and its model; who inherits the steps gives the rules."""

    hall: ClassVar[Hall]
    looks: ClassVar[Connection]

    def __init__(self) -> None:
        super().__init__()
        self.hall.now = NOON
        self.hall.heard.clear()
        with self.hall.database.transaction() as tx:
            tx.execute(text("; ".join(str(delete(table)) for table in _OLD)))
        self.model = Model(now=NOON)
        self.witness = Witness()
        self.answer: tuple[int, Any] | None = None
        self.told = 0
        self.near: list[TurnNear] = []
        self.tell_journeys(self.model.journeys)

    @invariant()
    def nothing_is_lost_or_doubled(self) -> None:
        """Every ticket is where the model has it: under its number, before one counter at most.

        Each counter offers what its officer said; help that was asked for is not forgotten.
        """
        both = [tuple(row) for row in self.looks.execute(_SHOWN)]
        rows = [row[: -len(_OF_COUNTER)] for row in both if row[0]]
        assert rows == sorted(ticket.row() for ticket in self.model.tickets.values())
        walked_in = Counter(number[0] for number, origin, *_ in rows if origin == "walk_in")
        assert walked_in <= Counter({LETTERS[each]: count for each, count in self.model.most.items()})
        known = {row[-5]: (row[-4], tuple(row[-3]), *row[-2:]) for row in both if not row[0]}
        desks = {desk.number: desk for desk in self.model.desks.values()}
        assert {**{number: desk.row() for number, desk in desks.items() if desk.is_unknown}, **known} == {
            number: desk.row() for number, desk in desks.items()
        }

    @invariant()
    def others_hear_what_is_so(self) -> None:
        """Who only hears the events knows every ticket and counter as it is."""
        self.witness.hear(self.hall.said())
        assert self.witness.tickets.keys() == self.model.tickets.keys()
        for number, told in self.witness.tickets.items():
            ticket = self.model.tickets[number]
            assert (told.state, told.step, told.counter, told.for_counter, told.turn_at, told.outcome) == (
                *(ticket.state, ticket.step, ticket.counter, ticket.for_counter),
                *(ticket.turn_at, ticket.outcome),
            )
        for counter in self.witness.counters.values():
            heard = (counter.state, counter.services, counter.steps, counter.emergency_since)
            assert heard == self.model.desks[counter.counter].row()

    @invariant()
    def officers_read_what_is_so(self) -> None:
        """The answer that a counter got shows it as it is then."""
        number, answer = self.answer or (0, None)
        self.answer = None
        if not isinstance(answer, contract.Counter):
            return
        desk, ticket = self.model.desks[number], self.model.at(number)
        assert (answer.state, answer.services, answer.steps, answer.emergency_since) == desk.row()
        assert (answer.ticket and answer.ticket.number) == (ticket and ticket.number)
        assert answer.waiting == sum(map(desk.calls, self.model.those("waiting")))
        until = desk.last and desk.last[3] + UNDO_WITHIN
        assert answer.undo_until == (until if until and self.model.now <= until else None)

    def tickets(self) -> list[Any]:
        """Read all that is kept of tickets."""
        return list(self.looks.execute(select(queue_ticket).order_by(queue_ticket.c.number)))

    def everything(self) -> list[Any]:
        """Read all rows of the hall."""
        return sorted(tuple(row) for row in self.looks.execute(_ALL))

    def tell_journeys(self, journeys: Journeys) -> None:
        """Let the office decide through which steps visits go from now on."""
        self.told += 1
        self.model.journeys = journeys
        office = replace(TARAKAN, version=self.told, hall=rules_of(journeys))
        self.attempt(lambda tx: handlers.remember_office(tx, office))

    def tell_places(self, places: Mapping[ServiceCode, int], *, is_news: bool = True) -> None:
        """Let booking tell how many places of today are for who walks in; what is no news counts no more."""
        self.told += is_news
        services = tuple(WalkInPlaces(service=service, places=count) for service, count in places.items())
        version = self.told if is_news else 1
        event = WalkInPlacesSet(version=version, office="TRK", date=TODAY, services=services)
        self.attempt(lambda tx: walk_ins.remember_walk_in_places(tx, event))
        if is_news:
            self.model.tell_places(places)

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
        done = self.attempt(lambda tx: use_case(tx, asked), seconds)
        self.answer = counter, done
        return done

    def attempt(self, use_case: Callable[[Transaction], Any], seconds: int = 3) -> Any:
        """Return what check-in answered, or its refusal."""
        self.model.now += timedelta(seconds=seconds)
        heard = len(self.hall.heard)
        try:
            return self.hall.do(use_case, now=self.model.now)
        except Refused as refused:
            return refused
        finally:
            self.near = [event for event in self.hall.heard[heard:] if isinstance(event, TurnNear)]

    def is_refused(self, done: Any, expected: str | None) -> bool:
        """Tell whether this was to be refused, and see that it was so, or not."""
        assert (done.code if isinstance(done, Refused) else None) == expected
        return expected is not None

    def is_admitted(self, done: Any, ticket: Ticket, *, is_late: bool = False) -> None:
        """See that somebody was let in as in the model."""
        assert isinstance(done, contract.Admission)
        assert (done.number, done.ticket_id, done.service) == (
            *(ticket.number, ticket.ticket_id, ticket.service),
        )
        assert (done.waiting_before, done.is_late) == (self.model.before(ticket), is_late)

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

    def why_no_place(self, service: ServiceCode) -> str | None:
        """Say why who walks in gets no number."""
        if not self.model.places:
            return "office_not_open_today"
        return None if self.model.left(service) else "walk_in_full"

    def change(
        self, done: Any, counter: int, change: Callable[[Ticket], None], refusal: str | None = None
    ) -> None:
        """Change the ticket of a counter in the model too, unless that was to be refused."""
        desk, ticket = self.model.desks[counter], self.model.at(counter)
        if not self.is_refused(done, self.why_not(desk) or refusal):
            assert ticket is not None
            self.model.done(desk, ticket, lambda: change(ticket))
            self.near_is_so()

    def call_in_model(self, desk: Desk, ticket: Ticket) -> None:
        """Call a ticket in the model too: before whom it was, and few are now, they were told that once."""
        before = {each.number: self.model.before(each) for each in self.model.those("waiting")}
        self.model.call(desk, ticket)
        self.near_is_so()
        heard = (event for event in self.hall.heard if isinstance(event, TurnNear))
        told = self.witness.near.union(event.event_subject for event in heard)
        for each in self.model.those("waiting"):
            if each.for_counter is None and self.model.before(each) < min(NEAR, before[each.number]):
                assert f"{each.ticket_id}/{each.step}" in told

    def near_is_so(self) -> None:
        """See that who was just told that their turn is near has so many before them."""
        for event in self.near:
            assert event.before == self.model.before(self.model.tickets[event.number]) < NEAR

    def ticket(self, which: int, state: str) -> Ticket:
        """Choose a ticket: usually one in this state, and sometimes any."""
        tickets = list(self.model.tickets.values())
        found = self.model.those(state)
        return found[which % len(found)] if found and which < MOSTLY else tickets[which % len(tickets)]

    def desk(self, which: int, fits: Callable[[Desk], Any]) -> Desk:
        """Choose a counter: usually one where this can be done, and sometimes any."""
        desks = list(self.model.desks.values())
        found = list(filter(fits, desks))
        return found[which % len(found)] if found and which < MOSTLY else desks[which % len(desks)]

    def is_busy(self, desk: Desk) -> bool:
        """Tell whether a ticket is before a counter."""
        return self.model.at(desk.number) is not None

    def is_free(self, desk: Desk) -> bool:
        """Tell whether a counter can call."""
        return desk.state == "open" and not self.is_busy(desk)

    def has_next(self, desk: Desk) -> bool:
        """Tell whether a counter has somebody to call."""
        return self.is_free(desk) and self.model.next(desk) is not None
