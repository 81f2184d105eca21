"""Whatever people, the office and bad luck do, in any order: no place is sold twice, and none is lost."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from chassis.database import Transaction
from contracts.refusals import Refused
from contracts.requests.booking import Booking, BookSlot, CancelBooking, CancelParty, RescheduleBooking
from contracts.words import PriorityClass
from services.booking.domain.reschedule import RescheduleRule
from services.booking.domain.sale import Sale
from services.booking.handlers import own_bookings, reschedules
from services.booking.store import bookings as store
from services.booking.store import slots
from tests.integration.booking.desk import Desk
from tests.integration.booking.office_model import Model, Visit
from tests.integration.booking.town import CLOSURES, LAST_HOUR, Town

EXAMPLES, STEPS = 200, 50

AT_ANY_TIME = RescheduleRule(most=1000, notice=timedelta(0))

MOST_OFTEN = 9
"""Steps between two changes of the plan, which take ten times as long as other steps."""

SLOTS, PEOPLE = st.integers(0, 5), st.integers(0, 3)
CLASSES: st.SearchStrategy[PriorityClass] = st.sampled_from(["regular", "regular", "ill"])
ANY = st.integers(0, 99)


class Crash(Exception):
    """The process dies before its transaction is committed."""


class BookingMachine(RuleBasedStateMachine):
    """A day of the town, beside its model."""

    town: ClassVar[Town]

    def __init__(self) -> None:
        super().__init__()
        self.model: Model = self.town.as_new()
        self.keys = 0
        self.since_closing = 0
        self.asked: list[tuple[BookSlot, str]] = []

    @rule(slot=SLOTS, person=PEOPLE, priority=CLASSES)
    def book(self, slot: int, person: int, priority: PriorityClass) -> None:
        """Somebody books alone."""
        self._book(self._wish(slot, person, priority=priority), [priority])

    @rule(slot=SLOTS, children=st.integers(1, 3), with_holder=st.booleans(), priority=CLASSES)
    def book_party(self, slot: int, children: int, with_holder: bool, priority: PriorityClass) -> None:
        """A family books together: one child or the other, or both."""
        members = tuple(child for at, child in enumerate(self.town.children) if children & 1 << at)
        command = self._wish(slot, 0, priority=priority, dependents=members, with_holder=with_holder)
        self._book(command, [priority] * with_holder + ["regular"] * len(members))

    @precondition(lambda self: self.asked)
    @rule(which=ANY)
    def ask_again(self, which: int) -> None:
        """A client repeats what it asked long ago."""
        command, code = self.asked[which % len(self.asked)]
        (outcome,) = self.town.desk.try_book(command, now=self.model.now)
        assert isinstance(outcome, Booking)
        assert outcome.code == code

    @precondition(lambda self: self.model.visits)
    @rule(which=ANY)
    def cancel(self, which: int) -> None:
        """Somebody gives up."""
        visit = self._visit(which)
        self._do(own_bookings.cancel_booking, CancelBooking(person_id=visit.asker, code=visit.code))
        self._free(visit.code)

    @precondition(lambda self: self.model.visits)
    @rule(which=ANY)
    def cancel_party(self, which: int) -> None:
        """A whole family gives up."""
        visit = self._visit(which)
        self._do(own_bookings.cancel_party, CancelParty(person_id=visit.asker, code=visit.code))
        for code in visit.party | {visit.code}:
            if code in self.model.visits:
                self._free(code)

    @precondition(lambda self: self.model.visits)
    @rule(which=ANY, slot=SLOTS)
    def reschedule(self, which: int, slot: int) -> None:
        """Somebody, or a family, comes at another time."""
        visit, slot_id = self._visit(which), list(self.model.slots)[slot]
        expected = self.model.moved(visit, slot_id)
        command = RescheduleBooking(person_id=visit.asker, code=visit.code, slot_id=slot_id)
        try:
            self._do(reschedules.reschedule_booking, command, rule=AT_ANY_TIME)
        except Refused as refused:
            assert refused.code == expected
        else:
            assert not isinstance(expected, str)
            self.model.visits |= expected

    @precondition(lambda self: self.since_closing > MOST_OFTEN)
    @rule(closed=st.sampled_from(CLOSURES))
    def close(self, closed: str | None) -> None:
        """The office closes tomorrow, an hour of it, or opens again."""
        self.since_closing = 0
        self.model.closed = self.town.close(closed, self.model.now)

    @rule(slot=SLOTS, person=PEOPLE)
    def crash_while_booking(self, slot: int, person: int) -> None:
        """Nothing of it is left."""
        self._crash(self.town.desk.try_book, self._wish(slot, person))

    @precondition(lambda self: self.model.visits)
    @rule(which=ANY)
    def crash_while_cancelling(self, which: int) -> None:
        """The booking stands."""
        visit = self._visit(which)
        self._crash(self.town.desk.cancel, visit.asker, visit.code)

    @precondition(lambda self: self.model.now < LAST_HOUR)
    @rule(minutes=st.integers(1, 60))
    def wait(self, minutes: int) -> None:
        """Time passes; at noon the priority classes' places become anybody's."""
        self.model.now += timedelta(minutes=minutes)

    @invariant()
    def nothing_is_broken(self) -> None:
        """The database keeps every promise, and has as many places taken as the model."""
        assert self.town.broken(self.model.now) == []
        self.since_closing += 1

    def teardown(self) -> None:
        """Every place that the model has left can be sold, and not one more."""
        if self.model.closed:
            self.model.closed = self.town.close(None, self.model.now)
        sellable = self.model.sellable()
        more = [*sellable, *self.model.slots]
        wishes = [
            BookSlot(person_id=person, slot_id=slot, idempotency_key="key-of-the-crowd")
            for person, slot in zip(self.town.crowd, more, strict=False)
        ]
        outcomes = self.town.desk.try_book(*wishes, now=self.model.now)
        sold = [isinstance(outcome, Booking) for outcome in outcomes]
        assert sold == [True] * len(sellable) + [False] * (len(wishes) - len(sellable))
        assert self.town.broken(self.model.now) == []

    def _wish(self, slot: int, person: int, **more: Any) -> BookSlot:
        self.keys += 1
        return BookSlot(
            person_id=self.town.neighbours[person],
            slot_id=list(self.model.slots)[slot],
            idempotency_key=f"key-{self.keys:06}",
            **more,
        )

    def _book(self, command: BookSlot, priorities: list[PriorityClass]) -> None:
        people = [command.person_id] * command.with_holder + list(command.dependents)
        expected = self._expected(command, people, priorities)
        (outcome,) = self.town.desk.try_book(command, now=self.model.now)
        if isinstance(expected, str):
            assert isinstance(outcome, Refused)
            assert outcome.code == expected
            return
        assert isinstance(outcome, Booking)
        codes = [member.code for member in outcome.party] or [outcome.code]
        party = frozenset(codes if len(codes) > 1 else [])
        for code, person, priority, places in zip(codes, people, priorities, expected, strict=True):
            self.model.visits[code] = Visit(
                code=code,
                person=person,
                asker=command.person_id,
                priority=priority,
                places=places,
                party=party,
            )
        self.asked.append((command, outcome.code))

    def _expected(self, command: BookSlot, people: list[str], priorities: list[PriorityClass]) -> Any:
        given = self.model.places_for(command.slot_id, priorities)
        booked = {visit.person for visit in self.model.visits.values()}
        return "already_booked" if given != "unknown_slot" and booked & set(people) else given

    def _visit(self, which: int) -> Visit:
        visits = list(self.model.visits.values())
        return visits[which % len(visits)]

    def _free(self, code: str) -> None:
        del self.model.visits[code]

    def _do(self, use_case: Callable[..., Any], command: object, **more: Any) -> Any:
        desk = self.town.desk
        return desk.do(use_case, command, signer=desk.ticket_signer, now=self.model.now, **more)

    def _crash(self, call: Callable[..., object], *arguments: Any) -> None:
        finish = self.town.desk.database.finish

        def die(transaction: Transaction) -> None:
            raise Crash(transaction.now)

        self.town.desk.database.finish = die  # type: ignore[method-assign]  # the commit never comes
        try:
            with pytest.raises(Crash):
                call(*arguments, now=self.model.now)
        finally:
            self.town.desk.database.finish = finish  # type: ignore[method-assign]


@pytest.fixture
def machine(desk: Desk) -> type[BookingMachine]:
    """The machine of a town with this desk."""
    return type("Machine", (BookingMachine,), {"town": Town.founded(desk)})


@pytest.mark.timeout(400)
def test_no_place_is_sold_twice_or_lost_whatever_happens(machine: type[BookingMachine]) -> None:
    """Two hundred days of up to fifty events each."""
    run_state_machine_as_test(machine, settings=_settings(EXAMPLES))


def _nothing(*_arguments: object) -> None:
    """Do nothing, where something was to be done."""


@pytest.mark.parametrize(
    ("module", "name"),
    [
        (slots, "take_places"),
        (slots, "give_back_places"),
        (store, "add_further_slots"),
        (store, "keep_cancelled"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_a_broken_booking_is_found_out(
    machine: type[BookingMachine], monkeypatch: pytest.MonkeyPatch, module: object, name: str
) -> None:
    """Negative control: without any one of these steps the machine fails."""
    monkeypatch.setattr(module, name, _nothing)
    with pytest.raises(Exception):  # noqa: B017, PT011  many things go wrong, in whatever order
        run_state_machine_as_test(machine, settings=_settings(20))


def test_a_sale_that_counts_wrong_is_found_out(
    machine: type[BookingMachine], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: who is told that all is full, while a place is left, is noticed too."""
    take = Sale.decide

    def stingy(sale: Sale, wish: Any) -> Any:
        sale._places = {slot: one.taken("regular") for slot, one in sale._places.items()}
        return take(sale, wish)

    monkeypatch.setattr(Sale, "decide", stingy)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(machine, settings=_settings(20))


def _settings(examples: int) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=STEPS,
        deadline=None,
        phases=(Phase.generate, Phase.shrink) if examples == EXAMPLES else (Phase.generate,),
        suppress_health_check=list(HealthCheck),
        derandomize=examples != EXAMPLES,
        database=None,
        report_multiple_bugs=False,
        print_blob=True,
    )
