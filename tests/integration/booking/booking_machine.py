"""All that people, the office and bad luck do, as rules of a state machine beside a model."""

from contextlib import suppress
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    invariant,
    precondition,
    rule,
)

from contracts.refusals import Refused
from contracts.requests.booking import Booking, BookSlot, CancelBooking, CancelParty, RescheduleBooking
from contracts.requests.waitlist import AcceptOffer, JoinWaitlist, LeaveWaitlist
from contracts.words import PriorityClass
from services.booking.handlers import own_bookings, reschedules, waitlists
from services.booking.handlers.returns import return_due_places
from tests.integration.booking.office_model import Model, Visit
from tests.integration.booking.payment_rules import PaymentRules
from tests.integration.booking.planning import TOMORROW
from tests.integration.booking.town import CLOSURES, LAST_HOUR, Town

MOST_OFTEN = 9
"""Steps between two changes of the plan, which take ten times as long as other steps."""

SLOTS, PEOPLE = st.integers(0, 5), st.integers(0, 3)
CLASSES: st.SearchStrategy[PriorityClass] = st.sampled_from(["regular", "regular", "ill"])
ANY = st.integers(0, 99)


class BookingMachine(PaymentRules):
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
        command = CancelBooking(person_id=visit.asker, code=visit.code)
        self.do(own_bookings.cancel_booking, command, returns=self.town.desk.returns)
        self._free(visit.code)

    @precondition(lambda self: self.model.visits)
    @rule(which=ANY)
    def cancel_party(self, which: int) -> None:
        """A whole family gives up."""
        visit = self._visit(which)
        command = CancelParty(person_id=visit.asker, code=visit.code)
        self.do(own_bookings.cancel_party, command, returns=self.town.desk.returns)
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
        if isinstance(expected, str):
            with pytest.raises(Refused, match=expected):
                self.do(reschedules.reschedule_booking, command, terms=self.town.terms)
            return
        self.do(reschedules.reschedule_booking, command, terms=self.town.terms)
        self._move(expected)

    @precondition(lambda self: self.since_closing > MOST_OFTEN)
    @rule(closed=st.sampled_from(CLOSURES))
    def close(self, closed: str | None) -> None:
        """The office closes tomorrow, an hour of it, or opens again."""
        self.since_closing = 0
        self.model.closed = self.town.close(closed, self.model.now)

    @rule()
    def return_places(self) -> None:
        """Places that have cooled down are free, or offered to the neighbour who waits."""
        self.town.desk.do(return_due_places, self.town.desk.returns, now=self.model.now)
        self.model.returning = self.town.returning()

    @rule(person=PEOPLE)
    def join_waitlist(self, person: int) -> None:
        """A neighbour waits for a new passport, if there is no place."""
        command = JoinWaitlist(
            person_id=self.town.neighbours[person],
            office="TRK",
            for_service="new",
            first_date=TOMORROW,
            last_date=TOMORROW,
        )
        with suppress(Refused):
            self.town.desk.do(waitlists.join_waitlist, command, now=self.model.now)

    @rule(person=PEOPLE, takes_it=st.booleans())
    def answer_offer(self, person: int, takes_it: bool) -> None:
        """A neighbour takes what is offered, or leaves the list."""
        person_id = self.town.neighbours[person]
        for entry_id in self.town.open_entries(person_id):
            with suppress(Refused):
                if takes_it:
                    command = AcceptOffer(person_id=person_id, entry_id=entry_id)
                    self._accept(person_id, self.do(waitlists.accept_offer, command))
                else:
                    leave = LeaveWaitlist(person_id=person_id, entry_id=entry_id)
                    self.town.desk.do(waitlists.leave_waitlist, leave, now=self.model.now)
        self.model.returning = self.town.returning()

    @rule(slot=SLOTS, person=PEOPLE)
    def crash_while_booking(self, slot: int, person: int) -> None:
        """Nothing of it is left."""
        self.crash(self.town.desk.try_book, self._wish(slot, person))

    @precondition(lambda self: self.model.visits)
    @rule(which=ANY)
    def crash_while_cancelling(self, which: int) -> None:
        """The booking stands."""
        visit = self._visit(which)
        self.crash(self.town.desk.cancel, visit.asker, visit.code)

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
        self.town.let_all_return()
        self.model.returning = []
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
                is_held=outcome.status == "held",
            )
        self.note_bill(outcome, codes)
        self.asked.append((command, outcome.code))

    def _expected(self, command: BookSlot, people: list[str], priorities: list[PriorityClass]) -> Any:
        given = self.model.places_for(command.slot_id, priorities)
        booked = {visit.person for visit in self.model.visits.values()}
        return "already_booked" if given != "unknown_slot" and booked & set(people) else given

    def _visit(self, which: int) -> Visit:
        visits = list(self.model.visits.values())
        return visits[which % len(visits)]

    def _accept(self, person_id: str, booking: Booking) -> None:
        (slot_id,) = [
            one.slot_id
            for one in self.model.slots.values()
            if one.service == booking.service and one.starts_at == booking.starts_at
        ]
        places = ((slot_id, "regular"),)
        self.model.visits[booking.code] = Visit(
            code=booking.code, person=person_id, asker=person_id, priority="regular", places=places
        )

    def _free(self, code: str) -> None:
        self.model.give_up(self.model.visits.pop(code).places)

    def _move(self, moved: dict[str, Visit]) -> None:
        for code, visit in moved.items():
            before = self.model.visits[code].places
            self.model.give_up(tuple(place for place in before if place not in visit.places))
        self.model.visits |= moved
