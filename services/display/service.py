"""Display as a nameko service: what comes in, and which use case answers it."""

from collections.abc import Sequence

from chassis.database import Transaction
from chassis.events import handles, handles_batch
from chassis.requests import answers
from chassis.service import Settings, Transactions
from chassis.timer import every
from contracts.envelope import Envelope
from contracts.events import (
    BoardChanged,
    CounterCalled,
    CounterClosed,
    CounterOpened,
    CounterPaused,
    OfficeChanged,
    OfficeOutageDeclared,
    OfficeOutageLifted,
    PersonErased,
    TicketHeld,
    TicketNoShow,
    TicketRestored,
    TicketScanned,
    TicketServed,
    TicketTransferred,
    WalkInIssued,
)
from contracts.events.booking import OutageState
from contracts.events.checkin import CounterState, QueueTicketState
from contracts.requests.display import GetBoard
from contracts.requests.waiting import (
    GetLineWaits,
    GetStatistics,
    GetWaiting,
    LineWaits,
    ListStatistics,
    NationalStatistics,
    OfficeStatistics,
    OfficeWaiting,
)
from services.display.handlers import boards, waiting
from services.display.settings import DisplaySettings


class DisplayService:
    """Keeps the hall boards, and tells how long people wait."""

    name = "display"
    settings_type = DisplaySettings
    settings = Settings()
    transactions = Transactions()

    @handles(OfficeChanged)
    def on_office(self, tx: Transaction, event: OfficeChanged) -> None:
        """Show an office."""
        boards.show_office(tx, event)

    @handles(CounterOpened, CounterPaused, CounterClosed)
    def on_counter(self, tx: Transaction, event: CounterState) -> None:
        """Show a counter."""
        boards.show_counter(tx, event)

    @handles_batch(
        TicketScanned,
        WalkInIssued,
        CounterCalled,
        TicketServed,
        TicketNoShow,
        TicketHeld,
        TicketTransferred,
        TicketRestored,
    )
    def on_tickets(self, tx: Transaction, envelopes: Sequence[Envelope[QueueTicketState]]) -> None:
        """Show tickets."""
        boards.show_tickets(tx, envelopes)

    @handles(OfficeOutageDeclared, OfficeOutageLifted)
    def on_outage(self, tx: Transaction, event: OutageState) -> None:
        """Show when an office does not work."""
        boards.show_outage(tx, event)

    @handles(PersonErased)
    def on_erasure(self, tx: Transaction, event: PersonErased) -> None:
        """Show a person's name no more."""
        boards.forget_person(tx, event)

    @answers(GetBoard)
    def get_board(self, tx: Transaction, query: GetBoard) -> BoardChanged:
        """Read a board."""
        return boards.get_board(tx, query)

    @answers(GetWaiting)
    def get_waiting(self, tx: Transaction, query: GetWaiting) -> OfficeWaiting:
        """Say how long who comes now will wait."""
        return waiting.get_waiting(tx, query)

    @answers(GetLineWaits)
    def get_line_waits(self, tx: Transaction, query: GetLineWaits) -> LineWaits:
        """Say how much longer each of the line will wait."""
        return waiting.get_line_waits(tx, query)

    @answers(GetStatistics)
    def get_statistics(self, tx: Transaction, query: GetStatistics) -> OfficeStatistics:
        """Say how an office serves."""
        return waiting.get_statistics(tx, query)

    @answers(ListStatistics)
    def list_statistics(self, tx: Transaction, query: ListStatistics) -> NationalStatistics:
        """Say how all offices serve."""
        return waiting.list_statistics(tx, query)

    @every(seconds=10)
    def tell_waits(self) -> None:
        """Keep what those who came are told."""
        with self.transactions() as tx:
            waiting.tell_waits(tx)

    @every(seconds=60)
    def keep_days(self) -> None:
        """Look at the counters, and write down the days."""
        with self.transactions() as tx:
            waiting.look_at_counters(tx)
        with self.transactions() as tx:
            waiting.write_down_days(tx)

    @every(seconds=600)
    def sum_up_weeks(self) -> None:
        """Work out the usual waits."""
        with self.transactions() as tx:
            waiting.sum_up_weeks(tx)

    @every(seconds=60)
    def turn_over(self) -> None:
        """Begin boards anew after midnight, take down what is over, and forget the days before.

        Two transactions, because an event locks a ticket and then a board: this must not do it in reverse.
        """
        with self.transactions() as tx:
            boards.begin_new_days(tx)
        with self.transactions() as tx:
            boards.forget_past_days(tx)
