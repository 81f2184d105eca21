"""The booking service: what it answers, and what it does by the clock."""

from collections.abc import Sequence
from typing import Any

from chassis.database import Transaction
from chassis.events import handles_batch
from chassis.request_batches import answers_batch
from chassis.requests import answers
from chassis.service import Settings, Transactions
from chassis.timer import every
from contracts.envelope import Envelope
from contracts.events import (
    CounterCalled,
    TicketHeld,
    TicketNoShow,
    TicketRestored,
    TicketScanned,
    TicketServed,
    TicketTransferred,
)
from contracts.events.checkin import QueueTicketState
from contracts.refusals import Refused
from contracts.requests.booking import (
    AffectedBookings,
    Booking,
    Bookings,
    BookSlot,
    CancelBooking,
    CancelParty,
    ChangeOfficePlan,
    GetBooking,
    ListBookings,
    RescheduleBooking,
)
from contracts.requests.dependents import AddDependent, Dependent, Dependents, ListDependents, RemoveDependent
from contracts.requests.own_data import ErasePerson, Erasure, ExportPerson, PersonExport
from contracts.requests.payment import KeepUnreadableSettlement, Settlement, SettlePayment
from contracts.requests.waitlist import (
    AcceptOffer,
    JoinWaitlist,
    LeaveWaitlist,
    ListWaitlist,
    Waitlist,
    WaitlistEntry,
)
from services.booking.account_answers import AccountAnswers
from services.booking.device_answers import DeviceAnswers
from services.booking.hall_name_answers import HallNameAnswers
from services.booking.handlers import (
    address_proofs,
    assistance,
    audit,
    bookings,
    colleagues,
    dependents,
    device_sessions,
    home_visits,
    nik_overrides,
    own_bookings,
    own_data,
    plans,
    refunds,
    registrations,
    reschedules,
    sessions,
    settlements,
    visits,
    waitlists,
)
from services.booking.handlers.holds import Holding
from services.booking.help_answers import HelpAnswers
from services.booking.home_visit_answers import HomeVisitAnswers
from services.booking.office_answers import OfficeAnswers
from services.booking.office_clock import OfficeClock
from services.booking.settings import BookingSettings


class BookingService(
    AccountAnswers, OfficeAnswers, HelpAnswers, HomeVisitAnswers, DeviceAnswers, HallNameAnswers, OfficeClock
):
    """Accounts, sessions, offices, slots and bookings."""

    name = "booking"
    settings_type = BookingSettings
    settings: Any = Settings()
    transactions: Any = Transactions()

    @handles_batch(
        TicketScanned,
        CounterCalled,
        TicketServed,
        TicketNoShow,
        TicketHeld,
        TicketTransferred,
        TicketRestored,
    )
    def on_tickets(self, tx: Transaction, envelopes: Sequence[Envelope[QueueTicketState]]) -> None:
        """Know how far people are at the office."""
        visits.remember_visits(tx, envelopes)

    @answers(ChangeOfficePlan)
    def change_office_plan(self, tx: Transaction, command: ChangeOfficePlan) -> AffectedBookings:
        """Make an office what its plan says."""
        audit.record_change_of_plan(tx, command, key=self._vault().audit_key)
        return plans.change_office_plan(tx, command)

    @answers(ExportPerson)
    def export_person(self, tx: Transaction, query: ExportPerson) -> PersonExport:
        """Read all that is kept about a person."""
        return own_data.export_person(tx, query, vault=self._vault())

    @answers(ErasePerson)
    def erase_person(self, tx: Transaction, command: ErasePerson) -> Erasure:
        """Erase a person's data."""
        return own_data.erase_person(tx, command, sign_in=self._sign_in(), erasing=self._erasing())

    @answers_batch(BookSlot, up_to=64, before_events=True)
    def book_slots(
        self, tx: Transaction, commands: Sequence[BookSlot]
    ) -> Sequence[bookings.Granted | Refused]:
        """Take places in slots."""
        return bookings.sell_places(
            tx,
            commands,
            signer=self._signer,
            vault=self._vault(),
            hold_lasts=self.settings.hold_lasts,
            hold_limit=self.settings.hold_limit,
        )

    @answers(GetBooking)
    def get_booking(self, tx: Transaction, query: GetBooking) -> Booking:
        """Read one of a person's own bookings."""
        return own_bookings.get_booking(tx, query, signer=self._signer, rule=self.settings.reschedule_rule)

    @answers(ListBookings)
    def list_bookings(self, tx: Transaction, query: ListBookings) -> Bookings:
        """Read all of a person's own bookings."""
        return own_bookings.list_bookings(tx, query, signer=self._signer, rule=self.settings.reschedule_rule)

    @answers(CancelBooking)
    def cancel_booking(self, tx: Transaction, command: CancelBooking) -> Booking:
        """Give up a booking."""
        return own_bookings.cancel_booking(tx, command, signer=self._signer, returns=self._returns)

    @answers(CancelParty)
    def cancel_party(self, tx: Transaction, command: CancelParty) -> Booking:
        """Give up the bookings of all who come together."""
        return own_bookings.cancel_party(tx, command, signer=self._signer, returns=self._returns)

    @answers(RescheduleBooking)
    def reschedule_booking(self, tx: Transaction, command: RescheduleBooking) -> Booking:
        """Move a booking with its party."""
        terms = reschedules.Terms(rule=self.settings.reschedule_rule, returns=self._returns)
        return reschedules.reschedule_booking(tx, command, signer=self._signer, terms=terms)

    @answers(SettlePayment)
    def settle_payment(self, tx: Transaction, command: SettlePayment) -> Settlement:
        """Take notice of money that arrived."""
        terms = settlements.Settling(notice=self.settings.reschedule_notice, returns=self._returns)
        return settlements.settle_payment(tx, command, settling=terms)

    @answers(KeepUnreadableSettlement)
    def keep_unreadable_settlement(self, tx: Transaction, command: KeepUnreadableSettlement) -> Settlement:
        """Keep what the provider signed and nobody can read."""
        return refunds.keep_unreadable_settlement(tx, command)

    @answers(JoinWaitlist)
    def join_waitlist(self, tx: Transaction, command: JoinWaitlist) -> WaitlistEntry:
        """Wait for a place."""
        return waitlists.join_waitlist(tx, command, hold_limit=self.settings.hold_limit)

    @answers(ListWaitlist)
    def list_waitlist(self, tx: Transaction, query: ListWaitlist) -> Waitlist:
        """Read a person's wishes for a place."""
        return waitlists.list_waitlist(tx, query)

    @answers(AcceptOffer)
    def accept_offer(self, tx: Transaction, command: AcceptOffer) -> Booking:
        """Take the place that is offered."""
        holding = Holding(lasts=self.settings.hold_lasts, limit=self.settings.hold_limit)
        return waitlists.accept_offer(tx, command, signer=self._signer, holding=holding)

    @answers(LeaveWaitlist)
    def leave_waitlist(self, tx: Transaction, command: LeaveWaitlist) -> WaitlistEntry:
        """Wait no longer."""
        return waitlists.leave_waitlist(tx, command)

    @answers(AddDependent)
    def add_dependent(self, tx: Transaction, command: AddDependent) -> Dependent:
        """Know somebody for whom a person books."""
        adding = dependents.Adding(transactions=self.transactions, vault=self._vault())
        return dependents.add_dependent(tx, command, adding=adding)

    @answers(ListDependents)
    def list_dependents(self, tx: Transaction, query: ListDependents) -> Dependents:
        """Read for whom a person books."""
        return dependents.list_dependents(tx, query)

    @answers(RemoveDependent)
    def remove_dependent(self, tx: Transaction, command: RemoveDependent) -> Dependents:
        """Book no more for somebody."""
        return dependents.remove_dependent(tx, command)

    @every(seconds=900.0)
    def forget_old_failures(self) -> None:
        """Drop sign-ins and tries that no longer count, and registrations that nobody completed."""
        with self.transactions() as tx:
            sessions.forget_old_failures(tx)
            registrations.forget_old_registrations(tx)
            address_proofs.forget_old_proofs(tx)
            colleagues.forget_expired_invitations(tx)
            nik_overrides.forget_expired_overrides(tx)
            assistance.forget_old_tries(tx)

    @every(seconds=3600.0)
    def forget_the_past(self) -> None:
        """Erase accounts that nobody uses, and drop what is of long ago, some at a time."""
        kept = own_data.Retention(accounts=self.settings.accounts_kept, bookings=self.settings.bookings_kept)
        own_data.forget_the_past(self.transactions, kept, erasing=self._erasing())
        with self.transactions() as tx:
            home_visits.forget_home_visits(tx, kept=self.settings.home_visits_kept)
            dependents.forget_removed(tx)
            device_sessions.forget_old_devices(tx)

    def _erasing(self) -> own_data.Erasing:
        return own_data.Erasing(vault=self._vault(), give_up=self.cancel_booking)
