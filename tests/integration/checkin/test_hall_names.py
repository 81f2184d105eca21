"""A ticket in the hall is shown as its person chose, and chooses now."""

from contracts.events import TicketScanned
from tests.integration.checkin.hall import Hall, booking, renamed, ticket


def test_a_ticket_in_the_hall_is_shown_as_its_person_chooses_now(hall: Hall) -> None:
    """By less of the name, by none, by the name again; a choice that is told late changes nothing."""
    coming = booking(name="Pak Andi")
    hall.hear(coming)
    hall.scan(ticket(coming))
    hall.open()
    hall.call()
    hall.said()
    hall.hear(renamed(coming, "Pak A•••i", version=2), renamed(coming, None, version=4))
    hall.hear(renamed(coming, "A. P.", version=3))
    told = [event for event in hall.said() if isinstance(event, TicketScanned)]
    assert [(event.display_name, event.state, event.version) for event in told] == [
        ("Pak A•••i", "called", 3),
        (None, "called", 4),
    ]
    assert hall.recall().ticket == hall.look().ticket
    called = hall.look().ticket
    assert called is not None
    assert called.display_name is None


def test_who_is_called_by_the_number_alone_is_known_all_the_same(hall: Hall) -> None:
    """No name is no missing booking: the person is there, so that their messages find them."""
    coming = booking(display_name=None)
    hall.hear(coming)
    assert hall.scan(ticket(coming)).display_name is None
    (told,) = hall.said()
    assert isinstance(told, TicketScanned)
    assert (told.person_id, told.display_name) == (coming.person_id, None)
