"""Check-in as a nameko service: what comes in, and which use case answers it."""

from collections.abc import Sequence
from datetime import timedelta

from chassis.database import Transaction
from chassis.events import handles, handles_batch
from chassis.request_batches import answers_batch
from chassis.requests import answers
from chassis.service import Settings, Transactions
from chassis.timer import every
from contracts.envelope import Envelope
from contracts.events import (
    BookingCancelled,
    BookingRescheduled,
    HallNameChanged,
    OfficeChanged,
    PersonErased,
    SlotBooked,
)
from contracts.events.booking import BookingState
from contracts.refusals import Refused
from contracts.requests.appointments import Appointments, ListAppointments
from contracts.requests.checkin import (
    Admission,
    CallNext,
    CloseCounter,
    Counter,
    FinishTicket,
    GetCounter,
    MarkNoShow,
    OpenCounter,
    RecallTicket,
    ScanTicket,
)
from contracts.requests.counter_deeds import (
    CallTicket,
    ClearEmergency,
    HoldTicket,
    PauseCounter,
    RaiseEmergency,
    ResumeCounter,
    ResumeTicket,
    ReturnTicket,
    TransferTicket,
    UndoLast,
)
from contracts.requests.floor import ExplainTurn, Floor, GetFloor, Turn
from contracts.requests.floor_today import GetToday, Today
from services.checkin import handlers
from services.checkin.report_answers import ReportAnswers
from services.checkin.settings import CheckinSettings
from services.checkin.walk_in_answers import WalkInAnswers


class CheckinService(WalkInAnswers, ReportAnswers):
    """Admits tickets and runs counters."""

    name = "checkin"
    settings_type = CheckinSettings
    settings = Settings()
    transactions = Transactions()

    @handles(OfficeChanged)
    def on_office(self, tx: Transaction, event: OfficeChanged) -> None:
        """Know an office."""
        handlers.remember_office(tx, event)

    @handles_batch(SlotBooked, BookingRescheduled, BookingCancelled, HallNameChanged)
    def on_bookings(self, tx: Transaction, envelopes: Sequence[Envelope[BookingState]]) -> None:
        """Know bookings."""
        handlers.remember_bookings(tx, envelopes)

    @handles(PersonErased)
    def on_erasure(self, tx: Transaction, event: PersonErased) -> None:
        """Forget a person."""
        handlers.forget_person(tx, event)

    # Not before events: a hall waits for its calls, however many are scanned elsewhere.
    @answers_batch(ScanTicket, up_to=64)
    def scan_tickets(self, tx: Transaction, commands: Sequence[ScanTicket]) -> Sequence[Admission | Refused]:
        """Admit tickets."""
        return handlers.scan_tickets(tx, commands, verifier=self.settings.ticket_verifier)

    @answers(OpenCounter)
    def open_counter(self, tx: Transaction, command: OpenCounter) -> Counter:
        """Sit down at a counter."""
        return handlers.open_counter(tx, command)

    @answers(CallNext)
    def call_next(self, tx: Transaction, command: CallNext) -> Counter:
        """Call the next ticket."""
        return handlers.call_next(tx, command, patience=self.settings.no_show_after)

    @answers(RecallTicket)
    def recall_ticket(self, tx: Transaction, command: RecallTicket) -> Counter:
        """Call the present ticket once more."""
        return handlers.recall_ticket(tx, command, recall_after=self.settings.recall_after)

    @answers(FinishTicket)
    def finish_ticket(self, tx: Transaction, command: FinishTicket) -> Counter:
        """Be done with the present ticket."""
        return handlers.finish_ticket(tx, command)

    @answers(MarkNoShow)
    def mark_no_show(self, tx: Transaction, command: MarkNoShow) -> Counter:
        """Be done with the present ticket, because nobody came."""
        return handlers.mark_no_show(tx, command)

    @answers(CloseCounter)
    def close_counter(self, tx: Transaction, command: CloseCounter) -> Counter:
        """Leave a counter."""
        return handlers.close_counter(tx, command)

    @answers(GetCounter)
    def get_counter(self, tx: Transaction, query: GetCounter) -> Counter:
        """Read a counter."""
        return handlers.get_counter(tx, query)

    @answers(CallTicket)
    def call_ticket(self, tx: Transaction, command: CallTicket) -> Counter:
        """Call a ticket out of its turn."""
        return handlers.call_ticket(tx, command, patience=self.settings.no_show_after)

    @answers(HoldTicket)
    def hold_ticket(self, tx: Transaction, command: HoldTicket) -> Counter:
        """Put the present ticket aside."""
        return handlers.hold_ticket(tx, command)

    @answers(ResumeTicket)
    def resume_ticket(self, tx: Transaction, command: ResumeTicket) -> Counter:
        """Have a held ticket before a counter again."""
        return handlers.resume_ticket(tx, command, patience=self.settings.no_show_after)

    @answers(TransferTicket)
    def transfer_ticket(self, tx: Transaction, command: TransferTicket) -> Counter:
        """Send the present ticket elsewhere."""
        return handlers.transfer_ticket(tx, command)

    @answers(ReturnTicket)
    def return_ticket(self, tx: Transaction, command: ReturnTicket) -> Counter:
        """Let a ticket to whose calls nobody came wait again."""
        return handlers.return_ticket(tx, command)

    @answers(UndoLast)
    def undo_last(self, tx: Transaction, command: UndoLast) -> Counter:
        """Undo what was done last at a counter."""
        return handlers.undo_last(tx, command)

    @answers(PauseCounter)
    def pause_counter(self, tx: Transaction, command: PauseCounter) -> Counter:
        """Leave a counter for a while."""
        return handlers.pause_counter(tx, command)

    @answers(ResumeCounter)
    def resume_counter(self, tx: Transaction, command: ResumeCounter) -> Counter:
        """Be back at a counter."""
        return handlers.resume_counter(tx, command)

    @answers(RaiseEmergency)
    def raise_emergency(self, tx: Transaction, command: RaiseEmergency) -> Counter:
        """Ask for help at a counter."""
        return handlers.raise_emergency(tx, command)

    @answers(ClearEmergency)
    def clear_emergency(self, tx: Transaction, command: ClearEmergency) -> Counter:
        """Say that no help is needed any more."""
        return handlers.clear_emergency(tx, command)

    @answers(GetFloor)
    def get_floor(self, tx: Transaction, query: GetFloor) -> Floor:
        """Read an office's floor."""
        return handlers.get_floor(tx, query)

    @answers(ListAppointments)
    def list_appointments(self, tx: Transaction, query: ListAppointments) -> Appointments:
        """Say who has booked a day."""
        return handlers.list_appointments(tx, query)

    @answers(GetToday)
    def get_today(self, tx: Transaction, query: GetToday) -> Today:
        """Read an office's day so far."""
        return handlers.get_today(tx, query)

    @answers(ExplainTurn)
    def explain_turn(self, tx: Transaction, query: ExplainTurn) -> Turn:
        """Say why a ticket is not called yet."""
        return handlers.explain_turn(tx, query)

    @every(seconds=600.0)
    def close_left_open(self) -> None:
        """Close what officers left open on a day before."""
        with self.transactions() as tx:
            handlers.close_left_open(tx)

    @every(seconds=3600.0)
    def forget_past_days(self) -> None:
        """Keep nobody's visit longer than needed.

        Two transactions, because a booking is locked before its ticket: this must not do it in reverse.
        """
        kept = timedelta(days=self.settings.retention_days)
        with self.transactions() as tx:
            handlers.forget_past_queues(tx, kept=kept)
        with self.transactions() as tx:
            handlers.forget_past_bookings(tx, kept=kept)
            handlers.forget_tombstones(tx)
