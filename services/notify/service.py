"""The notify service: which events and which clock lead to which use case, and nothing else."""

import functools
import random
from collections.abc import Sequence
from datetime import timedelta
from typing import cast

import uuid_utils
from nameko.extensions import DependencyProvider

from chassis.database import Transaction
from chassis.events import handles, handles_batch
from chassis.service import Platform, Settings, Transactions
from chassis.timer import every
from contracts.envelope import Envelope
from contracts.events import (
    BookingAffected,
    BookingCancelled,
    BookingExpired,
    BookingHeld,
    BookingReinstated,
    BookingRescheduled,
    CodeIssued,
    ContactChanged,
    CounterCalled,
    HoldGivenUp,
    HomeVisitAnswered,
    HomeVisitRequested,
    NoShowCounted,
    OfficeChanged,
    PaymentSettled,
    PersonErased,
    ProofCodeIssued,
    ProofDeclined,
    RefundDue,
    RegistrationRepeated,
    SignInChanged,
    SlotBooked,
    TicketRestored,
    TicketScanned,
    TurnNear,
    WaitlistOffered,
)
from contracts.events.accounts import AddressTold
from contracts.events.booking import BookingState
from contracts.events.checkin import QueueTicketState
from contracts.events.home_visit import HomeVisitState
from contracts.events.payment import PaymentState
from contracts.words import Channel
from services.notify import handlers
from services.notify.channels import Outlet
from services.notify.channels.smtp import Smtp
from services.notify.channels.whatsapp import WhatsApp
from services.notify.delivery import Delivery
from services.notify.domain.retries import RetryPolicy
from services.notify.notice_delivery import NoticeDelivery
from services.notify.senders import Senders
from services.notify.settings import NotifySettings


def new_id() -> str:
    """Make a message's id."""
    return str(uuid_utils.uuid7())


class PostOffice(DependencyProvider):
    """Gives the service its senders, a group for each channel."""

    platform = Platform()

    def start(self) -> None:
        """Set the senders up; they do nothing until they are woken."""
        settings = cast(NotifySettings, self.platform.settings)
        delivery = Delivery(
            transactions=self.platform.database.transaction,
            outlets=_outlets(settings),
            retries=RetryPolicy(),
            lease_seconds=settings.lease_seconds,
            most_lost=settings.most_lost,
            public_url=settings.public_url,
            chance=random.random,
        )
        notices = NoticeDelivery(
            transactions=self.platform.database.transaction,
            outlets=delivery.outlets,
            retries=delivery.retries,
            lease_seconds=settings.lease_seconds,
            public_url=settings.public_url,
            chance=random.random,
        )
        self._senders = [
            Senders(functools.partial(deliver_next, channel), most=settings.senders, name=channel)
            for deliver_next in (delivery.deliver_next, notices.deliver_next)
            for channel in delivery.outlets
        ]

    def stop(self) -> None:
        """Finish the messages in flight."""
        for senders in self._senders:
            senders.stop()

    def get_dependency(self, _worker_ctx: object) -> list[Senders]:
        """Return the senders of all channels."""
        return self._senders


class NotifyService:
    """Tells people what happens to their booking and their ticket."""

    name = "notify"
    settings_type = NotifySettings
    settings = Settings()
    transactions = Transactions()
    post_office = PostOffice()

    @handles(ContactChanged)
    def on_contact(self, tx: Transaction, event: ContactChanged) -> None:
        """Know how to reach a person."""
        handlers.remember_contact(tx, event)

    @handles(OfficeChanged)
    def on_office(self, tx: Transaction, event: OfficeChanged) -> None:
        """Know an office."""
        handlers.remember_office(tx, event)

    @handles_batch(SlotBooked, BookingCancelled, BookingAffected, BookingReinstated, BookingRescheduled)
    def on_bookings(self, tx: Transaction, envelopes: Sequence[Envelope[BookingState]]) -> None:
        """Tell persons what became of their bookings."""
        handlers.tell_of_bookings(tx, envelopes, new_id=new_id)
        tx.after_commit(self.wake_senders)

    @handles_batch(WaitlistOffered)
    def on_offers(self, tx: Transaction, envelopes: Sequence[Envelope[WaitlistOffered]]) -> None:
        """Tell persons that a place is kept for them."""
        handlers.tell_of_offers(tx, envelopes, new_id=new_id)
        tx.after_commit(self.wake_senders)

    @handles_batch(BookingHeld, BookingExpired, HoldGivenUp, PaymentSettled)
    def on_payments(self, tx: Transaction, envelopes: Sequence[Envelope[PaymentState]]) -> None:
        """Tell persons what they have to pay, and what became of their money."""
        handlers.tell_of_payments(tx, envelopes, new_id=new_id)
        tx.after_commit(self.wake_senders)

    @handles_batch(RefundDue)
    def on_refunds(self, tx: Transaction, envelopes: Sequence[Envelope[RefundDue]]) -> None:
        """Tell persons which money has to go back to them."""
        handlers.tell_of_refunds(tx, envelopes, new_id=new_id)
        tx.after_commit(self.wake_senders)

    @handles_batch(NoShowCounted)
    def on_no_shows(self, tx: Transaction, envelopes: Sequence[Envelope[NoShowCounted]]) -> None:
        """Tell persons that they did not come, and what follows."""
        handlers.tell_of_no_shows(tx, envelopes, new_id=new_id)
        tx.after_commit(self.wake_senders)

    @handles_batch(HomeVisitRequested, HomeVisitAnswered)
    def on_home_visits(self, tx: Transaction, envelopes: Sequence[Envelope[HomeVisitState]]) -> None:
        """Tell persons what became of their request for a visit at home."""
        handlers.tell_of_home_visits(tx, envelopes, new_id=new_id)
        tx.after_commit(self.wake_senders)

    @handles(PersonErased)
    def on_erasure(self, tx: Transaction, event: PersonErased) -> None:
        """Forget a person."""
        handlers.forget_person(tx, event)

    @handles(CodeIssued, RegistrationRepeated, ProofCodeIssued, ProofDeclined, SignInChanged)
    def on_address_told(self, tx: Transaction, event: AddressTold) -> None:
        """Tell an address its code, or what became of an account."""
        handlers.tell_address(tx, event, new_id=new_id)
        tx.after_commit(self.wake_senders)

    @handles_batch(TicketScanned, CounterCalled)
    def on_tickets(self, tx: Transaction, envelopes: Sequence[Envelope[QueueTicketState]]) -> None:
        """Tell persons their numbers, and when a counter calls them."""
        call_of_use = timedelta(seconds=self.settings.stale_after_seconds)
        if handlers.tell_of_tickets(tx, envelopes, call_of_use=call_of_use, new_id=new_id):
            tx.after_commit(self.wake_senders)

    @handles_batch(TurnNear)
    def on_near_turns(self, tx: Transaction, envelopes: Sequence[Envelope[TurnNear]]) -> None:
        """Tell persons that they are soon called."""
        if handlers.tell_of_near_turns(tx, envelopes, new_id=new_id):
            tx.after_commit(self.wake_senders)

    @handles_batch(TicketRestored)
    def on_undone_calls(self, tx: Transaction, envelopes: Sequence[Envelope[TicketRestored]]) -> None:
        """Tell persons that their call was undone."""
        call_of_use = timedelta(seconds=self.settings.stale_after_seconds)
        if handlers.tell_of_undone_calls(tx, envelopes, call_of_use=call_of_use, new_id=new_id):
            tx.after_commit(self.wake_senders)

    @every(seconds=0.5)
    def send_due_messages(self) -> None:
        """Let the senders look for what has become due by itself, and for what other replicas left."""
        self.wake_senders()

    def wake_senders(self) -> None:
        """Let the senders look for messages."""
        for senders in self.post_office:
            senders.wake()

    @every(seconds=1.0)
    def look_after_messages(self) -> None:
        """See to what waits and what has become pointless."""
        with self.transactions() as tx:
            handlers.look_after_messages(tx, most_lost=self.settings.most_lost)
            handlers.forget_expired_notices(tx)

    @every(seconds=3600.0)
    def forget_finished_messages(self) -> None:
        """Keep no message longer than needed."""
        with self.transactions() as tx:
            handlers.forget_finished(tx, kept=timedelta(days=self.settings.retention_days))
            handlers.forget_tombstones(tx)


def _outlets(settings: NotifySettings) -> dict[Channel, Outlet]:
    whatsapp = WhatsApp(
        api_url=settings.whatsapp_api_url,
        phone_number_id=settings.whatsapp_phone_number_id,
        token=settings.whatsapp_token,
        connections=settings.senders,
    )
    return {"whatsapp": whatsapp, "email": Smtp(server=settings.smtp_server, sender=settings.smtp_from)}
