"""What booking answers to officers and village clerks who book for people."""

from chassis.database import Transaction
from chassis.requests import answers
from contracts.requests.assistance import (
    BookWithAssistance,
    CancelAssistedBooking,
    GetAssistedBooking,
    GetVillage,
    ListAssistedDays,
    ListAssistedSlots,
    Village,
)
from contracts.requests.booking import Booking, Days, Slots
from services.booking.equipment import Equipment
from services.booking.handlers import assistance, assisted_slots, villages
from services.booking.handlers.assisted_bookings import (
    Helping,
    cancel_assisted_booking,
    get_assisted_booking,
)


class HelpAnswers(Equipment):
    """A part of the service."""

    @answers(BookWithAssistance)
    def book_with_assistance(self, tx: Transaction, command: BookWithAssistance) -> Booking:
        """Take a place for somebody with an officer's or a village's help."""
        terms = assistance.Assistance(
            transactions=self.transactions,
            vault=self._vault(),
            signer=self._signer,
            most_a_day=self.settings.assisted_a_day,
            most_of_village=self.settings.village_a_day,
            hold_lasts=self.settings.hold_lasts,
        )
        return assistance.book_with_assistance(tx, command, terms=terms)

    @answers(GetAssistedBooking)
    def get_assisted_booking(self, tx: Transaction, query: GetAssistedBooking) -> Booking:
        """Read a booking that was made for somebody."""
        return get_assisted_booking(tx, query, helping=self._helping())

    @answers(CancelAssistedBooking)
    def cancel_assisted_booking(self, tx: Transaction, command: CancelAssistedBooking) -> Booking:
        """Give up a booking that was made for somebody."""
        return cancel_assisted_booking(tx, command, helping=self._helping())

    @answers(GetVillage)
    def get_village(self, tx: Transaction, query: GetVillage) -> Village:
        """Read for which district a clerk stands."""
        return villages.get_village(tx, query)

    @answers(ListAssistedSlots)
    def list_assisted_slots(self, tx: Transaction, query: ListAssistedSlots) -> Slots:
        """Read the slots of a day for who is helped."""
        return assisted_slots.list_assisted_slots(tx, query, hold_lasts=self.settings.hold_lasts)

    @answers(ListAssistedDays)
    def list_assisted_days(self, tx: Transaction, query: ListAssistedDays) -> Days:
        """Read the days for who is helped."""
        return assisted_slots.list_assisted_days(tx, query)

    def _helping(self) -> Helping:
        return Helping(
            vault=self._vault(),
            signer=self._signer,
            returns=self._returns,
            rule=self.settings.reschedule_rule,
        )
