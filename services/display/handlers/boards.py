"""Boards: what makes a new one, and who may read it."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from chassis import tombstones
from chassis.database import Transaction
from contracts.envelope import Envelope
from contracts.events import BoardChanged, OfficeChanged, PersonErased
from contracts.events.accounts import ERASED_REMEMBERED
from contracts.events.booking import OutageState
from contracts.events.checkin import CounterState, QueueTicketState
from contracts.requests.display import GetBoard
from services.display.domain.board import compose_board
from services.display.errors import UnknownOffice
from services.display.store import boards, service_times, told


def show_office(tx: Transaction, event: OfficeChanged) -> None:
    """Show an office's board under its newest name and zone."""
    if told.remember_office(tx, event):
        boards.lock(tx, event.office)
        _publish(tx, event.office)


def show_counter(tx: Transaction, event: CounterState) -> None:
    """Show a counter that opened, paused or closed."""
    if told.remember_counter(tx, event):
        _publish(tx, event.office)


def show_tickets(tx: Transaction, envelopes: Sequence[Envelope[QueueTicketState]]) -> None:
    """Show tickets that came, were called or were served.

    One to whose calls nobody came is shown no more, nor is one that is held or waits again: its call is over.
    Under its number alone if its person was erased. Each office whose hall has changed gets one new board.
    """
    events = [envelope.data for envelope in envelopes]
    erased = tombstones.buried(tx, {event.person_id for event in events if event.person_id is not None})
    service_times.remember(tx, events)
    changed = told.remember_tickets(tx, events, erased=erased)
    causes = {envelope.data.office: envelope for envelope in envelopes if envelope.data.office in changed}
    for board in _next_boards(tx, sorted(changed)):
        tx.part(causes[board.office]).emit(board)


def show_outage(tx: Transaction, event: OutageState) -> None:
    """Show at which hours an office does not work, or that it does after all."""
    if told.remember_outage(tx, event):
        _publish(tx, event.office)


def forget_person(tx: Transaction, event: PersonErased) -> None:
    """Show an erased person's tickets by their numbers alone, also those that are told of late."""
    tombstones.bury(tx, event.people)
    for office in told.forget_names(tx, event.bookings):
        _publish(tx, office)


def get_board(tx: Transaction, query: GetBoard) -> BoardChanged:
    """Read an office's board as it is now. Raises UnknownOffice.

    The version is read before the rest: so what is read is never older than the version says.
    """
    heading = boards.read(tx, query.office)
    if heading is None:
        raise UnknownOffice(office=query.office)
    return compose_board(heading, boards.read_day(tx, heading))


def begin_new_days(tx: Transaction) -> None:
    """Show a fresh board where midnight has passed, or an outage has ended, since the board last changed."""
    over = set(boards.with_outages_over(tx))
    for heading in boards.read_all(tx):
        if heading.office in over or heading.day(heading.changed_at) != heading.day(tx.now):
            _publish(tx, heading.office)


def forget_past_days(tx: Transaction) -> None:
    """Drop tickets and outages of days that are over in every time zone, and erasures of long ago."""
    told.forget_before(tx, tx.now.date() - timedelta(days=1))
    tombstones.forget(tx, before=tx.now - ERASED_REMEMBERED)


def _publish(tx: Transaction, office: str) -> None:
    """Say that a board has changed."""
    for board in _next_boards(tx, [office]):
        tx.emit(board)


def _next_boards(tx: Transaction, offices: Sequence[str]) -> Iterator[BoardChanged]:
    """Make the next board of each office, in their order; where one is still unknown, its own event will.

    When that event is being worked on at this moment, one of the two waits for the other, and has it all.
    """
    headings = list(boards.advance(tx, offices)) if offices else []
    unknown = sorted(set(offices).difference(heading.office for heading in headings))
    for office in unknown:
        boards.lock(tx, office)
    if unknown:
        headings += boards.advance(tx, unknown)
    if headings:
        days = boards.read_days(tx, headings)
        for heading in headings:
            yield compose_board(heading, days[heading.office])
