"""Display shows an erased person's tickets by their numbers alone."""

from contracts.events import Event, PersonErased
from contracts.events.checkin import QueueTicketState
from services.display.handlers import boards
from tests.integration.display.hall import NOON, Display, called, opened, scanned


def test_the_name_goes_from_the_board_and_the_call_stays(display: Display) -> None:
    """At once; other names are left alone."""
    first, second = scanned("A-001", display_name="Pak Andi"), scanned("A-002", display_name="Bu Rina")
    display.hear(opened(1), first, called(first, 1), second, called(second, 2))
    told = erase(display, first)
    shown = {call.number: call.display_name for call in display.board().calls}
    assert shown == {"A-001": None, "A-002": "Bu Rina"}
    assert len(told) == 1


def test_a_call_that_is_told_after_the_erasure_is_shown_by_its_number(display: Display) -> None:
    """Check-in said it before it heard; of a ticket that was shown, and of one that was not."""
    first, second = scanned("A-001"), scanned("A-002")
    display.hear(opened(1), first)
    for ticket in (first, second):
        erase(display, ticket)
    display.hear(called(first, 1), second, called(second, 2))
    assert {call.number: call.display_name for call in display.board().calls} == {
        "A-001": None,
        "A-002": None,
    }


def erase(display: Display, ticket: QueueTicketState) -> list[Event]:
    """Let display hear that the person of a ticket was erased."""
    person = ticket.person_id
    assert person is not None
    event = PersonErased(version=2, person_id=person, people=(person,), bookings=(ticket.ticket_id,))
    with display.database.transaction(now=NOON) as tx:
        boards.forget_person(tx, event)
        return list(tx.emitted)
