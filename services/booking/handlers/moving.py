"""Whether people may move a booking, told before they choose another hour for it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from chassis.database import Transaction
from contracts.refusals import Refused
from contracts.requests.moving import Moving, WhyNot
from contracts.requests.visit import Visit
from services.booking import errors
from services.booking.domain.booking import Booking
from services.booking.domain.reschedule import Immovable, RescheduleRule, is_used
from services.booking.store import affected, bookings

REFUSALS: Mapping[Immovable, type[Refused]] = {
    Immovable.CANCELLED: errors.BookingGivenUp,
    Immovable.NOT_PAID: errors.PaymentDue,
    Immovable.HOLD_ENDED: errors.HoldEnded,
    Immovable.OVER: errors.BookingOver,
    Immovable.MOVED_OFTEN_ENOUGH: errors.RescheduleLimit,
    Immovable.TOO_LATE: errors.TooLateToReschedule,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What decides, beside the bookings: the rule, which are affected or in the hall, and who has another."""

    rule: RescheduleRule
    affected: Collection[str]
    begun: Mapping[str, Visit]
    busy: Collection[str]


def known_of(
    tx: Transaction, found: Sequence[Booking], *, rule: RescheduleRule, begun: Mapping[str, Visit]
) -> Known:
    """Read what decides of some bookings whether they may be moved; `begun` are the visits to them."""
    let_down = affected.affected_of(tx, [one.booking_id for one in found if one.status == "booked"])
    late = {one.person_id for one in found if _comes_back(one, let_down, tx)}
    busy = bookings.people_ahead(tx, late) if late else set()
    return Known(rule=rule, affected=let_down, begun=begun, busy=busy)


def moving_of(tx: Transaction, booking: Booking, party: Sequence[Booking], known: Known) -> Moving:
    """Say whether a booking may be moved with its party, as `reschedule_booking` would decide now."""
    movable = [one for one in party if one.status == booking.status] or [booking]
    is_affected = any(one.booking_id in known.affected for one in movable)
    why_not = next(filter(None, (_against(tx, one, known, is_affected=is_affected) for one in movable)), None)
    if why_not is not None:
        return Moving(can_be_moved=False, why_not=cast(WhyNot, why_not.code))
    if is_affected or booking.status == "paid":
        return Moving(can_be_moved=True)
    return Moving(
        can_be_moved=True,
        until=min(one.starts_at for one in movable) - known.rule.notice,
        moves_left=min(known.rule.left(one) for one in movable),
    )


def _against(tx: Transaction, one: Booking, known: Known, *, is_affected: bool) -> type[Refused] | None:
    """Say with what moving one of a party would be refused."""
    visit = known.begun.get(one.booking_id)
    if one.status != "cancelled" and is_used(visit, is_affected=is_affected):
        return errors.VisitBegun
    against = known.rule.against(one, is_affected=is_affected, now=tx.now)
    if against is not None:
        return REFUSALS[against]
    is_other_ahead = one.person_id in known.busy and not one.is_ahead(tx.now)
    return errors.AlreadyBooked if is_other_ahead else None


def _comes_back(one: Booking, let_down: Collection[str], tx: Transaction) -> bool:
    """Tell of a booking that is not ahead whether it can be again, unless its person has another one."""
    return one.status == "paid" or (one.booking_id in let_down and not one.is_ahead(tx.now))
