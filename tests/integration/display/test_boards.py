"""What the hall sees after each thing that happens, and what makes a new board."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date, timedelta

import pytest

from contracts.events import BoardChanged, WalkInIssued
from contracts.events.checkin import QueueTicketState
from contracts.events.display import BoardCall, BoardCounter
from services.display.errors import UnknownOffice
from tests.integration.display.hall import (
    NOON,
    TARAKAN,
    TODAY,
    Display,
    back,
    called,
    closed,
    held,
    missed,
    opened,
    paused,
    restored,
    scanned,
    served,
    transferred,
)


def test_a_new_office_has_an_empty_board(empty_display: Display) -> None:
    """Its name, its zone and its own day, and nobody in the hall."""
    assert empty_display.hear(TARAKAN) == [
        BoardChanged(
            version=1,
            office="TRK",
            name="Kantor Imigrasi Tarakan",
            timezone="Asia/Makassar",
            date=TODAY,
            waiting=0,
            served=0,
            counters=(),
            calls=(),
            changed_at=NOON,
        )
    ]


def test_tickets_of_two_offices_that_come_together_make_one_board_each(display: Display) -> None:
    """However many they are; a ticket that is told twice is shown as told last."""
    display.hear(replace(TARAKAN, office="MLN", name="ULP Malinau"), opened(1))
    andi, here = scanned("A-001"), [scanned(f"A-{number:03d}") for number in range(2, 5)]
    there = scanned("A-001", office="MLN")

    first, second = display.hear_together(called(andi, 1), *here, there, andi)

    assert (first.office, first.waiting, [call.number for call in first.calls]) == ("MLN", 1, [])
    assert (second.office, second.waiting, [call.number for call in second.calls]) == ("TRK", 3, ["A-001"])
    assert (display.board(office="MLN"), display.board()) == (first, second)


def test_a_call_is_on_the_board_with_number_name_and_counter(display: Display) -> None:
    """It appears among the calls and at its counter, and does not wait any more."""
    andi = scanned("A-001")
    display.hear(opened(1), opened(2), andi, scanned("A-002"))

    (board,) = display.hear(called(andi, 2, minutes=1))

    call = BoardCall(
        number="A-001",
        display_name="Pak Andi",
        counter=2,
        called_at=NOON + timedelta(minutes=1),
        calls=1,
        state="called",
    )
    assert board.calls == (call,)
    assert board.counters == (
        BoardCounter(counter=1, state="open", number=None),
        BoardCounter(counter=2, state="open", number="A-001"),
    )
    assert (board.waiting, board.served) == (1, 0)


def test_a_recall_comes_to_the_top_again(display: Display) -> None:
    """One line for each ticket, with how often it was called."""
    first, second = scanned("A-001"), scanned("A-002")
    once = called(first, 1, minutes=1)
    display.hear(first, second, once, called(second, 2, minutes=2))

    (board,) = display.hear(called(once, 1, minutes=3))

    assert [(call.number, call.calls) for call in board.calls] == [("A-001", 2), ("A-002", 1)]


def test_a_served_ticket_leaves_its_counter_and_is_counted(display: Display) -> None:
    """Its call stays among the latest."""
    andi = scanned("A-001")
    at_counter = called(andi, 1)
    display.hear(opened(1), andi, at_counter)

    (board,) = display.hear(served(at_counter))

    assert board.counters == (BoardCounter(counter=1, state="open", number=None),)
    assert [(call.number, call.state) for call in board.calls] == [("A-001", "served")]
    assert (board.waiting, board.served) == (0, 1)


def test_a_call_to_which_nobody_came_leaves_the_board(display: Display) -> None:
    """The counter is free, and neither waiting nor served counts the ticket; back, it waits again."""
    andi, rina = scanned("A-001"), scanned("A-002")
    at_counter = called(andi, 1)
    display.hear(opened(1), andi, rina, called(rina, 2), at_counter)

    (board,) = display.hear(missed(at_counter))
    assert board.counters == (BoardCounter(counter=1, state="open", number=None),)
    assert [call.number for call in board.calls] == ["A-002"]
    assert (board.waiting, board.served) == (0, 0)

    (board,) = display.hear(back(missed(at_counter)))
    assert board.waiting == 1
    (board,) = display.hear(called(back(missed(at_counter)), 1, minutes=5))
    assert [(call.number, call.calls) for call in board.calls] == [("A-001", 1), ("A-002", 1)]


def test_a_closed_counter_is_shown_closed(display: Display) -> None:
    """So that nobody waits before it."""
    (_, board) = display.hear(opened(1), closed(1))
    assert board.counters == (BoardCounter(counter=1, state="closed", number=None),)


def test_only_the_latest_eight_calls_are_shown(display: Display) -> None:
    """A ticket that has been at its counter for long still shows there."""
    display.hear(opened(1), called(scanned("A-001"), 1))
    for place in range(2, 12):
        display.hear(served(called(scanned(f"A-{place:03d}"), 2, minutes=place)))

    board = display.board()

    assert [call.number for call in board.calls] == [f"A-{place:03d}" for place in range(11, 3, -1)]
    assert board.counters == (BoardCounter(counter=1, state="open", number="A-001"),)
    assert board.served == 10


def test_a_name_that_comes_late_is_shown(display: Display) -> None:
    """A ticket admitted before its booking was known has no name at first."""
    nameless = called(scanned("A-001", display_name=None), 1)
    (board,) = display.hear(nameless)
    assert board.calls[0].display_name is None

    (board,) = display.hear(replace(nameless, version=3, display_name="Bu Sari"))
    assert board.calls[0].display_name == "Bu Sari"


def test_what_is_not_newer_makes_no_board(display: Display) -> None:
    """Neither a second delivery nor an event that was overtaken."""
    andi = scanned("A-001")
    at_counter = called(andi, 1)
    display.hear(at_counter, closed(1), replace(TARAKAN, version=2, name="Kanim Tarakan"))

    assert display.hear(at_counter, andi, closed(1), opened(1), TARAKAN) == []


def test_every_board_has_the_next_version(display: Display) -> None:
    """Whatever changed it."""
    andi = scanned("A-001")
    boards = display.hear(opened(1), andi, called(andi, 1), replace(TARAKAN, version=2))
    assert [board.version for board in boards] == [2, 3, 4, 5]


def test_reading_a_board_is_what_was_published_last(display: Display) -> None:
    """Version and time of the change included; a read is no change."""
    *_, last = display.hear(opened(1), scanned("A-001"))
    later = NOON + timedelta(minutes=5)
    assert display.board(now=later) == last == display.board(now=later)


def test_what_comes_before_its_office_is_shown_when_the_office_is_known(empty_display: Display) -> None:
    """Nothing is published without a name and a zone, and nothing is lost."""
    andi = scanned("A-001")
    assert empty_display.hear(opened(1), andi, called(andi, 1)) == []

    (board,) = empty_display.hear(TARAKAN)

    assert [call.number for call in board.calls] == ["A-001"]
    assert board.counters == (BoardCounter(counter=1, state="open", number="A-001"),)


def test_an_unknown_office_has_no_board(display: Display) -> None:
    """The refusal says which office was asked for."""
    with pytest.raises(UnknownOffice) as refused:
        display.board(office="SKW")
    assert refused.value.data == {"office": "SKW"}


def test_offices_do_not_see_each_other(display: Display) -> None:
    """Each board has its own tickets, counters and versions."""
    display.hear(replace(TARAKAN, office="SKW", timezone="Asia/Jakarta"), opened(1), scanned("A-001"))
    board = display.board(office="SKW")
    assert (board.version, board.waiting, board.counters) == (1, 0, ())


def test_a_ticket_of_another_day_is_not_on_todays_board(display: Display) -> None:
    """Left at its counter overnight, it is not what the hall sees in the morning."""
    yesterday = date(2026, 11, 22)
    display.hear(opened(1), called(scanned("A-009", date=yesterday), 1), scanned("A-010", date=yesterday))

    board = display.board()

    assert (board.waiting, board.calls) == (0, ())
    assert board.counters == (BoardCounter(counter=1, state="open", number=None),)


def test_of_a_person_only_the_chosen_name_is_kept(display: Display) -> None:
    """No person id reaches display's tables or a board."""
    andi = scanned("A-001")
    boards = display.hear(andi, called(andi, 1))
    with display.database.engine.connect() as connection:
        rows = str(connection.exec_driver_sql("SELECT board_ticket::text FROM board_ticket").all())
    assert str(andi.person_id) not in rows
    assert str(andi.person_id) not in str(boards)


@pytest.mark.parametrize("gone", [held, transferred, restored])
def test_a_ticket_that_is_before_no_counter_any_more_is_no_call(
    display: Display, gone: Callable[[QueueTicketState], QueueTicketState]
) -> None:
    """It is held, waits for its next step, or was never to be called."""
    ticket = called(scanned("A-001"), 1)
    display.hear(opened(1), ticket)
    (board,) = display.hear(gone(ticket))
    assert board.calls == ()
    assert board.counters == (BoardCounter(counter=1, state="open", number=None),)


def test_a_paused_counter_is_shown_as_paused(display: Display) -> None:
    """Its officer will be back."""
    display.hear(opened(2))
    (board,) = display.hear(paused(2))
    assert board.counters == (BoardCounter(counter=2, state="paused", number=None),)


def test_who_took_a_number_at_the_door_waits_too(display: Display) -> None:
    """Without a booking and without a name; called, they are shown like anybody."""
    ticket = scanned("A-013", person_id=None, display_name=None, origin="walk_in")
    told = {field.name: getattr(ticket, field.name) for field in fields(ticket)}
    (board,) = display.hear(WalkInIssued(**told))
    assert board.waiting == 1
    (board,) = display.hear(called(ticket, 2))
    assert (board.waiting, board.calls[0].number, board.calls[0].display_name) == (0, "A-013", None)
