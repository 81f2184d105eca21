"""What notify does with each event: remember whom and where, and ask for messages."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from chassis.database import Transaction
from contracts.events import ContactChanged, OfficeChanged
from contracts.events.accounts import RegistrationState
from contracts.events.booking import BookingState
from contracts.events.checkin import QueueTicketState
from services.notify.domain import messages
from services.notify.domain.messages import Message
from services.notify.domain.notices import of_registration
from services.notify.store import intake, notices, outgoing, people


def remember_contact(tx: Transaction, event: ContactChanged) -> None:
    """Know how to reach a person; messages that waited for it become due."""
    people.put_contact(tx, event)
    intake.release(tx, person_id=event.person_id)


def remember_office(tx: Transaction, event: OfficeChanged) -> None:
    """Know an office's name and time zone; the next look at what waits finds its messages due.

    Raises zoneinfo.ZoneInfoNotFoundError for a zone that does not exist, here where the event can be
    parked rather than at every message of the office.
    """
    ZoneInfo(event.timezone)
    people.put_office(tx, event)


def look_after_messages(tx: Transaction, *, most_attempts: int) -> None:
    """Make due what waited and need wait no more, and give up what is of no use any more."""
    intake.release(tx)
    outgoing.give_up_pointless(tx, most_attempts=most_attempts)


def forget_finished(tx: Transaction, *, kept: timedelta) -> None:
    """Delete what came to its end longer ago than `kept`."""
    outgoing.forget_finished(tx, before=tx.now - kept)


def tell_of_booking(tx: Transaction, event: BookingState, *, new_id: Callable[[], str]) -> None:
    """Ask for the messages about a booking."""
    _ask_for(tx, messages.of_booking(event), new_id)


def tell_of_registration(tx: Transaction, event: RegistrationState, *, new_id: Callable[[], str]) -> None:
    """Ask for the notice to somebody who registers."""
    notices.put(tx, of_registration(event), new_id=new_id())


def forget_expired_notices(tx: Transaction) -> None:
    """Forget notices that are of no use any more."""
    notices.forget_expired(tx)


def tell_of_ticket(
    tx: Transaction, event: QueueTicketState, *, call_of_use: timedelta, new_id: Callable[[], str]
) -> None:
    """Ask for the messages about a ticket in the hall."""
    _ask_for(tx, messages.of_ticket(event, call_of_use=call_of_use), new_id)


def _ask_for(tx: Transaction, asked: Sequence[Message], new_id: Callable[[], str]) -> None:
    if asked:
        intake.add(tx, [(new_id(), message) for message in asked])
