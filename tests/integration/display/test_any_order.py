"""Events in any order and any number of times: the hall ends up seeing the same board."""

from dataclasses import dataclass, replace
from operator import attrgetter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.events import BoardChanged, Event, OfficeChanged
from contracts.events.checkin import CounterState, QueueTicketState
from contracts.events.display import BoardCall
from services.display.domain.board import Day, Desk, Heading, compose_board
from tests.integration.display.hall import (
    NOON,
    TARAKAN,
    TODAY,
    Display,
    called,
    closed,
    content,
    held,
    opened,
    scanned,
    served,
    transferred,
    walked_in,
)
from tests.service_database import empty


@dataclass(frozen=True)
class Stay:
    """How far a ticket gets: calls before it is served, held or sent on, if it is."""

    calls: int
    ends: str
    counter: int
    is_walk_in: bool


STAYS = st.lists(
    st.builds(
        Stay,
        calls=st.integers(0, 3),
        ends=st.sampled_from(("not", "served", "held", "sent on")),
        counter=st.integers(1, 3),
        is_walk_in=st.booleans(),
    ),
    max_size=12,
)


@st.composite
def days(draw: st.DrawFn) -> tuple[list[Event], list[list[Event]]]:
    """Draw a day as it happened, and the same events as they may be delivered: some of them together."""
    happened: list[Event] = [TARAKAN, replace(TARAKAN, version=2, name="Kanim Tarakan"), opened(1), opened(2)]
    happened += [closed(2), opened(2, version=3), opened(3), closed(3)]
    for place, stay in enumerate(draw(STAYS), start=1):
        happened += _stay(f"A-{place:03d}", stay, minutes=10 * place)
    again = draw(st.lists(st.sampled_from(happened), max_size=6))
    delivered = draw(st.permutations([*happened, *again]))
    together = draw(st.integers(1, 5))
    return happened, [delivered[at : at + together] for at in range(0, len(delivered), together)]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(day=days())
def test_the_order_and_the_number_of_deliveries_do_not_matter(
    empty_display: Display, day: tuple[list[Event], list[list[Event]]]
) -> None:
    """The board read, and the one published last, are what really happened."""
    happened, delivered = day
    empty(empty_display.database)

    published = [board for events in delivered for board in empty_display.hear_together(*events)]

    board = empty_display.board()
    assert content(board) == content(_board_of(happened))
    versions = [one.version for one in published]
    assert max(published, key=attrgetter("version")) == board
    assert sorted(versions) == list(range(1, len(versions) + 1))


def _stay(number: str, stay: Stay, *, minutes: int) -> list[Event]:
    tickets: list[QueueTicketState] = [walked_in(number) if stay.is_walk_in else scanned(number)]
    for again in range(stay.calls):
        tickets.append(called(tickets[-1], stay.counter, minutes=minutes + again))
    if stay.calls and stay.ends == "served":
        tickets.append(served(tickets[-1], minutes=minutes + 5))
    elif stay.calls and stay.ends == "held":
        tickets.append(held(tickets[-1]))
    elif stay.calls and stay.ends == "sent on":
        tickets.append(transferred(tickets[-1], step="biometrics", minutes=minutes + 5))
    return list(tickets)


def _board_of(happened: list[Event]) -> BoardChanged:
    """Compose the board from the last state of everything, as told in order."""
    offices = [event for event in happened if isinstance(event, OfficeChanged)]
    tickets = {event.ticket_id: event for event in happened if isinstance(event, QueueTicketState)}
    counters = {event.counter: event for event in happened if isinstance(event, CounterState)}
    states = [ticket.state for ticket in tickets.values()]
    heading = Heading(
        office="TRK", name=offices[-1].name, timezone=TARAKAN.timezone, version=1, changed_at=NOON
    )
    return compose_board(
        heading,
        Day(
            date=TODAY,
            waiting=states.count("waiting"),
            served=states.count("served"),
            calls=[call for ticket in tickets.values() if (call := _call(ticket)) is not None],
            desks=[Desk(counter=counter.counter, state=counter.state) for counter in counters.values()],
        ),
    )


def _call(ticket: QueueTicketState) -> BoardCall | None:
    if ticket.state in {"waiting", "held", "no_show"} or ticket.counter is None or ticket.called_at is None:
        return None
    return BoardCall(
        number=ticket.number,
        display_name=ticket.display_name,
        counter=ticket.counter,
        called_at=ticket.called_at,
        calls=ticket.calls,
        state="served" if ticket.state == "served" else "called",
    )
