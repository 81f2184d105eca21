"""Display shows an erased person's tickets by their numbers alone."""

from contracts.events import PersonErased
from services.display import handlers
from tests.integration.display.hall import NOON, Display, called, opened, scanned


def test_the_name_goes_from_the_board_and_the_call_stays(display: Display) -> None:
    """At once; other names are left alone."""
    first, second = scanned("A-001", display_name="Pak Andi"), scanned("A-002", display_name="Bu Rina")
    display.hear(opened(1), first, called(first, 1), second, called(second, 2))
    event = PersonErased(version=2, person_id="p", people=("p",), bookings=(first.ticket_id,))
    with display.database.transaction(now=NOON) as tx:
        handlers.forget_person(tx, event)
        told = list(tx.emitted)
    shown = {call.number: call.display_name for call in display.board().calls}
    assert shown == {"A-001": None, "A-002": "Bu Rina"}
    assert len(told) == 1
