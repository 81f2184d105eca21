"""Money that arrives: in time it makes bookings sure, late it finds them places, and none of it is lost.

money ─▶ known code? ─▶ not paid yet? ─▶ right amount? ─▶ not given up? ─▶ a place, or the right to choose
              └──────────────┴────────────────┴────────────────┴─▶ refund due
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from chassis.database import Transaction
from contracts.events import PaymentSettled, SlotBooked
from contracts.requests.payment import Settlement, SettlePayment
from contracts.words import SettlementCause, SettlementOutcome
from services.booking.domain.booking import Booking
from services.booking.domain.late_payment import Given, Places, places_for
from services.booking.domain.offer import Offer
from services.booking.domain.payment import Payment, against, cause_of_loss, to_be_given
from services.booking.domain.reschedule import RescheduleRule
from services.booking.domain.rollout import SELLING_STATUSES
from services.booking.handlers import refunds
from services.booking.handlers.bookings import event_data
from services.booking.handlers.holds import payment_data
from services.booking.handlers.returns import Returns, give_up_places
from services.booking.store import availability, bookings, offices, payments, slots, waitlist
from services.booking.store.availability import Near
from services.booking.store.payments import SettlementRecord
from services.booking.store.waitlist import Returning


@dataclass(frozen=True, slots=True, kw_only=True)
class Settling:
    """How long before its beginning somebody may be moved to a slot; how places return that nobody keeps."""

    notice: timedelta = RescheduleRule().notice
    returns: Returns = field(default_factory=Returns)


def settle_payment(tx: Transaction, command: SettlePayment, *, settling: Settling) -> Settlement:
    """Let money that arrived do what it was paid for."""
    payment = payments.lock_of_code(tx, command.billing_code)
    record = SettlementRecord(
        settlement_id=command.settlement_id,
        billing_code=command.billing_code,
        amount=command.amount,
        paid_at=command.paid_at,
        received_at=tx.now,
        outcome="refund_due",
        refund_reason="unknown_billing_code",
    )
    if not payments.claim_settlement(tx, record):
        return _again(tx, command)
    if payment is None:
        refunds.owe_money(tx, record, None, ())
        return _told(record)
    settled = _settled(tx, payment, record, settling)
    payments.put_outcome(tx, settled)
    return _told(settled)


def _again(tx: Transaction, command: SettlePayment) -> Settlement:
    """Answer what was answered before; money that is other than then is kept for somebody to look at."""
    earlier = payments.find_settlement(tx, command.settlement_id)
    if (earlier.billing_code, earlier.amount) != (command.billing_code, command.amount):
        return refunds.keep_reused(tx, command)
    return _told(earlier)


def _settled(
    tx: Transaction, payment: Payment, record: SettlementRecord, settling: Settling
) -> SettlementRecord:
    party = bookings.list_of_payment(tx, [payment.payment_id])
    reason = against(payment, record.amount, party)
    if reason is not None:
        owed = replace(record, outcome="refund_due", refund_reason=reason)
        refunds.owe_money(tx, owed, payment, party)
        _tell(tx, payment.paid() if reason == "given_up" else payment.noted(), owed, None)
        return owed
    given = _give_places(tx, to_be_given(party), _Arrival(payment=payment, record=record, settling=settling))
    refunds.owe_shares(tx, payment, [one for one in party if one.status == "cancelled"], "given_up")
    settled = replace(record, outcome=given[0], refund_reason=None)
    _tell(tx, payment.paid(), settled, given[1])
    return settled


def _tell(tx: Transaction, changed: Payment, record: SettlementRecord, cause: SettlementCause | None) -> None:
    """Keep what a payment has become, and tell it where anybody's booking is known."""
    payments.put_payments(tx, [changed])
    party = bookings.list_of_payment(tx, [changed.payment_id])
    if party:
        matter = [one for one in party if one.status != "cancelled"] or party
        told = {**payment_data(changed, matter), "settlement_id": record.settlement_id}
        tx.emit(PaymentSettled(**told, outcome=record.outcome, cause=cause))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Arrival:
    """Money that is owed, and on what terms it buys places."""

    payment: Payment
    record: SettlementRecord
    settling: Settling

    def cause(self, offer: Offer | None) -> SettlementCause:
        """Say why it bought no place of the chosen slot, as that slot stands."""
        is_open = (
            offer is not None and offer.following is not None and offer.office_status in SELLING_STATUSES
        )
        return cause_of_loss(self.payment, self.record.paid_at, is_open=is_open)


def _give_places(
    tx: Transaction, party: Sequence[Booking], arrival: _Arrival
) -> tuple[SettlementOutcome, SettlementCause | None]:
    """Give places to all of some people or to nobody, who then may choose; say why if not the chosen ones."""
    is_late = party[0].status == "expired"
    cooling = waitlist.cooling_of(tx, [one.booking_id for one in party]) if is_late else {}
    held = bookings.places_taken(tx, party)
    own = held if not is_late else {booking_id: one.places for booking_id, one in cooling.items()}
    offers, nearest = _lock(tx, party, own, arrival.settling)
    cause = arrival.cause(offers.get(party[0].slot_id))
    if is_late and bookings.somebody_ahead(tx, [one.person_id for one in party]):
        return _credit(tx, party), cause
    # Who has paid while the place was sold has it, though the word comes when the slot has begun.
    as_of = tx.now if is_late else min(tx.now, arrival.record.paid_at)
    given = places_for(party, own, offers, nearest, now=as_of)
    if not is_late:
        kept = given.kept if given else frozenset()
        lost = {booking_id: places for booking_id, places in held.items() if booking_id not in kept}
        give_up_places(tx, offers, lost, arrival.settling.returns)
    if given is None or not _keep(tx, party, given, cooling):
        return _credit(tx, party), cause
    if given.offer.slot_id != party[0].slot_id:
        return "moved", cause
    return ("restored" if is_late else "confirmed"), None


def _lock(
    tx: Transaction, party: Sequence[Booking], own: Places, settling: Settling
) -> tuple[Mapping[str, Offer], list[str]]:
    """Lock all slots that may matter at once, and so in one order; name the nearest others."""
    first = party[0]
    slot_ids = {first.slot_id, *(place.slot_id for places in own.values() for place in places)}
    nearest: list[str] = []
    if first.status == "expired" or slots.withdrawn_of(tx, slot_ids):
        office = offices.find_office(tx, first.office)
        not_before = tx.now + settling.notice
        near = Near(starts_at=first.starts_at, not_before=not_before, people=len(party))
        nearest = availability.nearest_slots(tx, office, first.service, near) if office else []
    return slots.lock_offers(tx, slot_ids | set(nearest)), nearest


def _keep(tx: Transaction, party: Sequence[Booking], given: Given, cooling: Mapping[str, Returning]) -> bool:
    """Keep that people have places; False where one of them has booked something else at this moment."""
    booked = [one.confirmed(given.offer, given.places[one.booking_id][0].pool) for one in party]
    if not bookings.keep_with_places(tx, booked, given.places):
        return False
    for booking in booked:
        if booking.booking_id not in given.kept:
            slots.take_places(tx, given.places[booking.booking_id])
        elif booking.booking_id in cooling:
            waitlist.forget_returning(tx, cooling[booking.booking_id].return_id)
        tx.emit(SlotBooked(**event_data(booking)))
    return True


def _credit(tx: Transaction, party: Sequence[Booking]) -> SettlementOutcome:
    bookings.keep_without_place(tx, [one.credited() for one in party])
    return "credited"


def _told(record: SettlementRecord) -> Settlement:
    return Settlement(
        settlement_id=record.settlement_id,
        billing_code=record.billing_code,
        outcome=record.outcome,
        refund_reason=record.refund_reason,
    )
