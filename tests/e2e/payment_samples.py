"""Bookings that are paid first, in every state that their payment can have."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from contracts.requests.booking import Booking, Slots
from contracts.requests.moving import Moving
from contracts.requests.payment import MoneyBack, Payment
from contracts.requests.visit import PartyMember
from contracts.words import BookingStatus, PaymentStatus, RefundReason
from tests.e2e import samples

AMOUNT = 350_000
BILLING_CODE = "820261124000731"

STATUS_OF: dict[PaymentStatus, BookingStatus] = {
    "due": "held",
    "expired": "expired",
    "paid": "booked",
    "credit": "paid",
    "refund_due": "cancelled",
    "refunded": "cancelled",
    "void": "cancelled",
}


def billed(
    status: PaymentStatus,
    *,
    due_in: timedelta = timedelta(minutes=102),
    people: int = 1,
    ticket: str = "A" * 240,
) -> Booking:
    """Return Pak Andi's booking with its payment in this state; he comes with others where there are more."""
    names = ("Pak Andi", "Bu Sari", "Adik Budi", "Bu Suwarni", "Pak Joko")
    codes = (samples.CODE, "TRK-7H3K9R", "TRK-7H3K9S", "TRK-7H3K9T", "TRK-7H3K9V")
    standing = STATUS_OF[status]
    members = zip(codes[:people], names[:people], strict=True)
    return replace(
        samples.booking(ticket if standing == "booked" else ""),
        status=standing,
        moving=Moving(can_be_moved=status in {"paid", "credit"}),
        party=tuple(PartyMember(code=code, display_name=name, status=standing) for code, name in members)
        if people > 1
        else (),
        payment=Payment(
            status=status,
            billing_code=BILLING_CODE,
            amount=AMOUNT * people,
            due_at=datetime.now(UTC) + due_in,
            money_back=money_back("cancelled", is_done=status == "refunded")
            if status in {"refund_due", "refunded"}
            else (),
        ),
    )


def money_back(reason: RefundReason, *, amount: int = AMOUNT, is_done: bool = False) -> tuple[MoneyBack, ...]:
    """Return money that goes back to Pak Andi, or went."""
    owed_at = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
    return (
        MoneyBack(
            reference="01a1ff5a-fe84-742f-b2cc-e88000a2b2c2",
            amount=amount,
            reason=reason,
            owed_at=owed_at,
            refunded_at=owed_at + timedelta(days=1) if is_done else None,
        ),
    )


def paid_wrongly() -> Booking:
    """Return Pak Andi's booking with its bill, for which another amount came."""
    booking = billed("due")
    if booking.payment is None:
        raise ValueError("a bill has a payment")
    wrong = money_back("wrong_amount", amount=AMOUNT - 50_000)
    return replace(booking, payment=replace(booking.payment, money_back=wrong))


def prepaid_slots() -> Slots:
    """Return the hours of a day whose service is paid first."""
    return Slots(
        office="TRK",
        service="new",
        date=samples.DAY,
        slots=samples.slots(samples.DAY),
        prepaid_amount=AMOUNT,
        hold_minutes=120,
    )
