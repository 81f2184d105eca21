"""What people and their money do where payment comes first: rules of the state machine beside its model."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from chassis.database import Transaction
from contracts.refusals import Refused
from contracts.requests.booking import Booking, CancelBooking, RescheduleBooking
from contracts.requests.payment import Settlement, SettlePayment
from services.booking.domain.payment import HOLD_LASTS
from services.booking.handlers import own_bookings, reschedules, settlements
from services.booking.handlers.holds import expire_holds
from tests.integration.booking.office_model import Bill, Model, Visit
from tests.integration.booking.town import Town

ANY = st.integers(0, 99)
MONEY = st.sampled_from([0, 0, 0, 0, 1])
"""How many rupiah too much."""


class Crash(Exception):
    """The process dies before its transaction is committed."""


class PaymentRules(RuleBasedStateMachine):
    """Billing codes, money in time and late, and holds that end; who inherits the rules books."""

    town: ClassVar[Town]
    model: Model

    def __init__(self) -> None:
        super().__init__()
        self.settlements = itertools.count(1)
        self.answered: dict[str, tuple[SettlePayment, Settlement]] = {}

    @precondition(lambda self: self.model.bills)
    @rule(which=ANY, too_much=MONEY)
    def pay(self, which: int, too_much: int) -> None:
        """Money arrives: in time, late, once more, or another amount than is owed."""
        bill = self._bill(which)
        cooling = self.town.cooling()
        expected = "refund_due" if too_much else self.model.money_buys(bill, cooling)
        command = self._money(bill, too_much)
        settled = self._settle(command)
        assert settled.outcome == expected
        self.answered[command.settlement_id] = command, settled
        if expected != "refund_due":
            self._give(bill, expected, cooling)
        bill.is_paid |= not too_much

    @precondition(lambda self: self.answered)
    @rule(which=ANY)
    def tell_again(self, which: int) -> None:
        """The provider repeats what it told long ago."""
        command, settled = list(self.answered.values())[which % len(self.answered)]
        assert self._settle(command) == settled

    @rule()
    def expire(self) -> None:
        """The clock's job ends the holds whose time is over."""
        over = [bill for bill in self.model.bills if bill.is_open and bill.due_at <= self.model.now]
        returns, at_once = self.town.desk.returns, timedelta(0)
        assert self.town.desk.do(expire_holds, returns, grace=at_once, now=self.model.now) == len(over)
        for bill in over:
            bill.has_lapsed = True
            for code in self.model.visits.keys() & set(bill.codes):
                self.model.expired[code] = self.model.visits.pop(code)
                self.model.give_up(self.model.expired[code].places)

    @precondition(lambda self: self.model.credits)
    @rule(which=ANY, slot=st.integers(0, 5))
    def choose(self, which: int, slot: int) -> None:
        """Somebody who paid too late, or a family, chooses a time."""
        credit, slot_id = self._one_of(self.model.credits, which), list(self.model.slots)[slot]
        expected = self.model.chosen(credit, slot_id)
        command = RescheduleBooking(person_id=credit.asker, code=credit.code, slot_id=slot_id)
        if isinstance(expected, str):
            with pytest.raises(Refused, match=expected):
                self.do(reschedules.reschedule_booking, command, terms=self.town.terms)
            return
        self.do(reschedules.reschedule_booking, command, terms=self.town.terms)
        for code in expected:
            del self.model.credits[code]
        self.model.visits |= expected

    @precondition(lambda self: self.model.credits or self.model.expired)
    @rule(which=ANY)
    def want_no_more(self, which: int) -> None:
        """Somebody gives up what has no place, or none any more."""
        visit = self._one_of(self.model.credits | self.model.expired, which)
        command = CancelBooking(person_id=visit.asker, code=visit.code)
        self.do(own_bookings.cancel_booking, command, returns=self.town.desk.returns)
        self.model.credits.pop(visit.code, None)
        self.model.expired.pop(visit.code, None)

    @precondition(lambda self: self.model.bills)
    @rule(which=ANY)
    def crash_while_settling(self, which: int) -> None:
        """The money has not arrived; the provider tells it again."""
        command = self._money(self._bill(which), 0)
        settling = self.town.settling
        self.crash(self.town.desk.do, settlements.settle_payment, command, settling=settling)

    def note_bill(self, booking: Booking, codes: list[str]) -> None:
        """Note what is to be paid for a new booking."""
        if booking.payment is None:
            return
        due_at = self.model.now + HOLD_LASTS
        assert booking.status == "held"
        assert booking.payment.due_at == min(due_at, booking.starts_at)
        self.model.bills.append(
            Bill(
                codes=tuple(codes),
                billing_code=booking.payment.billing_code,
                amount=booking.payment.amount,
                due_at=booking.payment.due_at,
            )
        )

    def _give(self, bill: Bill, outcome: str, cooling: set[str]) -> None:
        """Let the model have what money bought; which slot was chosen the real thing is asked."""
        for visit in self.model.to_be_given(bill):
            held = self.model.visits.pop(visit.code, None)
            self.model.expired.pop(visit.code, None)
            if held is not None and outcome != "confirmed":
                self.model.give_up(held.places)
            if outcome == "credited":
                self.model.credits[visit.code] = visit
                continue
            if outcome == "restored" and visit.code in cooling:
                self.model.take_back(visit.places)
            places = tuple((slot_id, "regular") for slot_id in self.town.slots_of(visit.code))
            assert outcome == "moved" or places == visit.places
            self.model.visits[visit.code] = replace(visit, places=places, is_held=False)

    def do(self, use_case: Callable[..., Any], command: object, **more: Any) -> Any:
        """Run a use case that signs tickets."""
        desk = self.town.desk
        return desk.do(use_case, command, signer=desk.ticket_signer, now=self.model.now, **more)

    def crash(self, call: Callable[..., object], *arguments: Any, **more: Any) -> None:
        """Let the process die before it commits what a call did."""
        finish = self.town.desk.database.finish

        def die(transaction: Transaction) -> None:
            raise Crash(transaction.now)

        self.town.desk.database.finish = die  # type: ignore[method-assign]  # the commit never comes
        try:
            with pytest.raises(Crash):
                call(*arguments, now=self.model.now, **more)
        finally:
            self.town.desk.database.finish = finish  # type: ignore[method-assign]

    def _settle(self, command: SettlePayment) -> Settlement:
        desk = self.town.desk
        settled: Settlement = desk.do(
            settlements.settle_payment, command, settling=self.town.settling, now=self.model.now
        )
        return settled

    def _money(self, bill: Bill, too_much: int) -> SettlePayment:
        return SettlePayment(
            settlement_id=f"money-{next(self.settlements):06}",
            billing_code=bill.billing_code,
            amount=bill.amount + too_much,
            paid_at=self.model.now - timedelta(minutes=1),
        )

    def _bill(self, which: int) -> Bill:
        return self.model.bills[which % len(self.model.bills)]

    def _one_of(self, visits: dict[str, Visit], which: int) -> Visit:
        return list(visits.values())[which % len(visits)]
