"""What notify does with each event: remember whom and where, and ask for messages."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from chassis import tombstones
from chassis.database import Transaction
from contracts.envelope import Envelope
from contracts.events import (
    ContactChanged,
    Event,
    NoShowCounted,
    OfficeChanged,
    PersonErased,
    RefundDue,
    TicketRestored,
    TurnNear,
    WaitlistOffered,
)
from contracts.events.accounts import ERASED_REMEMBERED, AddressTold
from contracts.events.booking import BookingState
from contracts.events.checkin import QueueTicketState
from contracts.events.home_visit import HomeVisitState
from contracts.events.payment import PaymentState
from services.notify.domain import messages
from services.notify.domain.home_visits import of_home_visit
from services.notify.domain.messages import Message
from services.notify.domain.no_shows import of_no_show
from services.notify.domain.notices import of_address
from services.notify.domain.payments import of_payment, of_refund
from services.notify.domain.reminders import of_reminder
from services.notify.domain.turns import of_turn_near, of_undone_call
from services.notify.store import erasure, intake, notices, outgoing, people


def remember_contact(tx: Transaction, event: ContactChanged) -> None:
    """Know how to reach a person; messages that waited for it become due. Nobody reaches who was erased."""
    if tombstones.buried(tx, [event.person_id]):
        return
    people.put_contact(tx, event)
    intake.release(tx, person_id=event.person_id)


def remember_office(tx: Transaction, event: OfficeChanged) -> None:
    """Know an office's name and time zone; the next look at what waits finds its messages due.

    Raises zoneinfo.ZoneInfoNotFoundError for a zone that does not exist, here where the event can be
    parked rather than at every message of the office.
    """
    ZoneInfo(event.timezone)
    people.put_office(tx, event)


def look_after_messages(tx: Transaction, *, most_lost: int) -> None:
    """Make due what waited and need wait no more, and give up what is of no use any more."""
    intake.wake_scheduled(tx)
    intake.release(tx)
    outgoing.give_up_pointless(tx, most_lost=most_lost)


def forget_finished(tx: Transaction, *, kept: timedelta) -> None:
    """Delete what came to its end longer ago than `kept`."""
    outgoing.forget_finished(tx, before=tx.now - kept)


def tell_of_bookings(
    tx: Transaction, envelopes: Sequence[Envelope[BookingState]], *, new_id: Callable[[], str]
) -> None:
    """Ask for the messages about bookings, and for those that remind of them."""
    zones = people.zones(tx, {cause.data.office for cause in envelopes})
    asked = []
    for cause in envelopes:
        told_at, zone = max(cause.time, tx.now), zones.get(cause.data.office)
        reminder = of_reminder(cause.data, at=told_at, zone=zone)
        asked.append((cause, (*messages.of_booking(cause.data), *reminder)))
    _ask_for(tx, asked, new_id)


def tell_of_offers(
    tx: Transaction, envelopes: Sequence[Envelope[WaitlistOffered]], *, new_id: Callable[[], str]
) -> None:
    """Ask for the messages about places that are kept for who waits."""
    _ask_for(tx, [(cause, messages.of_offer(cause.data)) for cause in envelopes], new_id)


def tell_of_payments(
    tx: Transaction, envelopes: Sequence[Envelope[PaymentState]], *, new_id: Callable[[], str]
) -> None:
    """Ask for the messages about payments."""
    _ask_for(tx, [(cause, of_payment(cause.data)) for cause in envelopes], new_id)


def tell_of_refunds(
    tx: Transaction, envelopes: Sequence[Envelope[RefundDue]], *, new_id: Callable[[], str]
) -> None:
    """Ask for the messages about money that has to go back."""
    _ask_for(tx, [(cause, of_refund(cause.data)) for cause in envelopes], new_id)


def tell_of_no_shows(
    tx: Transaction, envelopes: Sequence[Envelope[NoShowCounted]], *, new_id: Callable[[], str]
) -> None:
    """Ask for the messages to who did not come."""
    _ask_for(tx, [(cause, of_no_show(cause.data)) for cause in envelopes], new_id)


def tell_of_home_visits(
    tx: Transaction, envelopes: Sequence[Envelope[HomeVisitState]], *, new_id: Callable[[], str]
) -> None:
    """Ask for the messages about visits at home."""
    _ask_for(tx, [(cause, of_home_visit(cause.data)) for cause in envelopes], new_id)


def tell_address(tx: Transaction, event: AddressTold, *, new_id: Callable[[], str]) -> None:
    """Ask for the notice to an address."""
    notices.put(tx, of_address(event), new_id=new_id())


def forget_person(tx: Transaction, event: PersonErased) -> None:
    """Forget how to reach an erased person, and what they were told."""
    erasure.forget_people(tx, event.people)


def forget_tombstones(tx: Transaction) -> None:
    """Forget whom an erasure of long ago was about."""
    tombstones.forget(tx, before=tx.now - ERASED_REMEMBERED)


def forget_expired_notices(tx: Transaction) -> None:
    """Forget notices that are of no use any more."""
    notices.forget_expired(tx)


def tell_of_tickets(
    tx: Transaction,
    envelopes: Sequence[Envelope[QueueTicketState]],
    *,
    call_of_use: timedelta,
    new_id: Callable[[], str],
) -> bool:
    """Ask for the messages about tickets in the hall; return whether there are any."""
    asked = [(cause, messages.of_ticket(cause.data, call_of_use=call_of_use)) for cause in envelopes]
    return _ask_for(tx, asked, new_id)


def tell_of_near_turns(
    tx: Transaction, envelopes: Sequence[Envelope[TurnNear]], *, new_id: Callable[[], str]
) -> bool:
    """Ask for the messages to who is soon called; return whether there are any."""
    return _ask_for(tx, [(cause, of_turn_near(cause.data, at=cause.time)) for cause in envelopes], new_id)


def tell_of_undone_calls(
    tx: Transaction,
    envelopes: Sequence[Envelope[TicketRestored]],
    *,
    call_of_use: timedelta,
    new_id: Callable[[], str],
) -> bool:
    """Ask for the messages to who was called and waits again; return whether there are any."""
    asked = [(cause, of_undone_call(cause.data, at=cause.time, of_use=call_of_use)) for cause in envelopes]
    return _ask_for(tx, asked, new_id)


def _ask_for(
    tx: Transaction, asked: Sequence[tuple[Envelope[Event], Sequence[Message]]], new_id: Callable[[], str]
) -> bool:
    """Ask for messages with their causes; of what comes together only the newest of a topic is of use.

    Nothing is told to who was erased. Return whether there is something to send.
    """
    erased = tombstones.buried(tx, {message.person_id for _, about in asked for message in about})
    newest: dict[str, int] = {}
    for message in chain.from_iterable(about for _, about in asked):
        newest[message.topic] = max(message.version, newest.get(message.topic, 0))
    of_use = [
        intake.Asked(id=new_id(), message=message, traceparent=cause.traceparent, causation_id=cause.id)
        for cause, about in asked
        for message in about
        if message.version == newest[message.topic] and message.person_id not in erased
    ]
    if of_use:
        intake.add(tx, of_use)
    return bool(of_use)
