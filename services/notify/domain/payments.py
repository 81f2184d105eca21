"""Which messages an event of a payment asks for.

    BookingHeld ──▶ payment_due
    BookingExpired ──▶ payment_expired
    PaymentSettled ──▶ payment_moved, payment_credited, payment_refund_due

Money that confirms or restores a place needs no message of its own: the booking is confirmed by SlotBooked.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from contracts.events import BookingHeld, PaymentSettled
from contracts.events.payment import PaymentState
from contracts.words import Channel
from services.notify.domain.messages import Message, Template

MONEY_OF_USE = timedelta(days=30)
"""How long after its slot it is still worth telling what became of somebody's money."""

_BOTH: tuple[Channel, ...] = ("whatsapp", "email")
_OF_OUTCOME: Mapping[str, Template] = {
    "moved": "payment_moved",
    "credited": "payment_credited",
    "refund_due": "payment_refund_due",
}


def of_payment(event: PaymentState) -> tuple[Message, ...]:
    """Tell who has to pay how much and until when, that the time is over, or what became of late money.

    Money that goes back is a topic of its own: it makes nothing else that is told of the payment pointless.
    """
    template = _template_of(event)
    if template is None:
        return ()
    facts: dict[str, str | int] = {
        "code": event.code,
        "service": event.service,
        "starts_at": event.starts_at.isoformat(),
        "billing_code": event.billing_code,
        "amount": event.amount,
        "due_at": event.due_at.isoformat(),
    }
    topic = f"payment/{event.payment_id}"
    if isinstance(event, PaymentSettled) and template == "payment_refund_due":
        topic, facts["reference"] = f"settlement/{event.settlement_id}", event.settlement_id
    return tuple(
        Message(
            topic=topic,
            version=event.version,
            template=template,
            occurrence=1,
            channel=channel,
            person_id=event.person_id,
            office=event.office,
            facts=facts,
            urgent=template == "payment_due",
            expires_at=_of_use_until(event),
        )
        for channel in _BOTH
    )


def _template_of(event: PaymentState) -> Template | None:
    if isinstance(event, PaymentSettled):
        return _OF_OUTCOME.get(event.outcome)
    return "payment_due" if isinstance(event, BookingHeld) else "payment_expired"


def _of_use_until(event: PaymentState) -> datetime:
    if isinstance(event, PaymentSettled):
        return event.ends_at + MONEY_OF_USE
    return event.due_at if isinstance(event, BookingHeld) else event.ends_at
