"""Whether people may move a booking, told before they choose another hour for it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from chassis.database import Transaction
from contracts.refusals import Refused
from contracts.requests.moving import Moving, WhyNot
from services.booking import errors
from services.booking.domain.booking import Booking
from services.booking.domain.reschedule import Immovable, RescheduleRule
from services.booking.store import affected

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
    """What decides, beside the bookings: the rule, and which bookings are affected or in the hall."""

    rule: RescheduleRule
    affected: Collection[str]
    begun: Collection[str]


def known_of(
    tx: Transaction, found: Sequence[Booking], *, rule: RescheduleRule, begun: Collection[str]
) -> Known:
    """Read what decides of some bookings whether they may be moved; `begun` are those with a visit."""
    standing = [one.booking_id for one in found if one.is_ahead(tx.now)]
    return Known(rule=rule, affected=affected.affected_of(tx, standing), begun=begun)


def moving_of(tx: Transaction, booking: Booking, party: Sequence[Booking], known: Known) -> Moving:
    """Say whether a booking may be moved with its party, as `reschedule_booking` would decide now."""
    movable = [one for one in party if one.status == booking.status] or [booking]
    is_affected = any(one.booking_id in known.affected for one in movable)
    for one in movable:
        if one.booking_id in known.begun and one.status != "cancelled":
            return Moving(can_be_moved=False, why_not=cast(WhyNot, errors.VisitBegun.code))
        against = known.rule.against(one, is_affected=is_affected, now=tx.now)
        if against is not None:
            return Moving(can_be_moved=False, why_not=cast(WhyNot, REFUSALS[against].code))
    if is_affected or booking.status == "paid":
        return Moving(can_be_moved=True)
    return Moving(
        can_be_moved=True,
        until=min(one.starts_at for one in movable) - known.rule.notice,
        moves_left=min(known.rule.left(one) for one in movable),
    )
