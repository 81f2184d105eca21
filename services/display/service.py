"""Display as a nameko service: what comes in, and which use case answers it."""

from chassis.database import Transaction
from chassis.events import handles
from chassis.requests import answers
from chassis.service import Settings, Transactions
from chassis.timer import every
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
from services.display import handlers
from services.display.settings import DisplaySettings


class DisplayService:
    """Keeps the hall boards."""

    name = "display"
    settings_type = DisplaySettings
    settings = Settings()
    transactions = Transactions()

    @handles(OfficeChanged)
    def on_office(self, tx: Transaction, event: OfficeChanged) -> None:
        """Show an office."""
        handlers.show_office(tx, event)

    @handles(CounterOpened, CounterPaused, CounterClosed)
    def on_counter(self, tx: Transaction, event: CounterState) -> None:
        """Show a counter."""
        handlers.show_counter(tx, event)

    @handles(
        TicketScanned,
        WalkInIssued,
        CounterCalled,
        TicketServed,
        TicketNoShow,
        TicketHeld,
        TicketTransferred,
        TicketRestored,
    )
    def on_ticket(self, tx: Transaction, event: QueueTicketState) -> None:
        """Show a ticket."""
        handlers.show_ticket(tx, event)

    @handles(OfficeOutageDeclared, OfficeOutageLifted)
    def on_outage(self, tx: Transaction, event: OutageState) -> None:
        """Show when an office does not work."""
        handlers.show_outage(tx, event)

    @handles(PersonErased)
    def on_erasure(self, tx: Transaction, event: PersonErased) -> None:
        """Show a person's name no more."""
        handlers.forget_person(tx, event)

    @answers(GetBoard)
    def get_board(self, tx: Transaction, query: GetBoard) -> BoardChanged:
        """Read a board."""
        return handlers.get_board(tx, query)

    @every(seconds=60)
    def turn_over(self) -> None:
        """Begin boards anew after midnight, take down what is over, and forget the days before.

        Two transactions, because an event locks a ticket and then a board: this must not do it in reverse.
        """
        with self.transactions() as tx:
            handlers.begin_new_days(tx)
        with self.transactions() as tx:
            handlers.forget_past_days(tx)
