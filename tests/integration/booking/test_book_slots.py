"""Taking places in slots."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from contracts.events import SlotBooked
from contracts.trace import new_traceparent
from services.booking.domain.booking_code import booking_code
from services.booking.errors import (
    AlreadyBooked,
    IdempotencyKeyReused,
    OfficeNotOpen,
    SlotFull,
    SlotOver,
    UnknownAccount,
    UnknownSlot,
)
from services.booking.handlers.bookings import book_slots
from services.booking.store import tables
from tests.integration.booking.desk import NOW, TODAY, Desk, codes, wish


def test_a_booking_takes_a_place_and_is_told_to_everyone(desk: Desk) -> None:
    """The answer, the slot and the event say the same."""
    person, slot = desk.person(), desk.add_slot(hour=9)
    booking = desk.book(person, slot)
    assert (booking.office, booking.service, booking.date, booking.status) == ("TRK", "new", TODAY, "booked")
    assert booking.starts_at == NOW + timedelta(minutes=30)
    assert desk.booked(slot) == desk.rows_in(slot) == 1
    (event,) = desk.heard()
    assert isinstance(event, SlotBooked)
    assert (event.booking_id, event.code, event.person_id) == (booking.booking_id, booking.code, person)
    assert (event.display_name, event.version) == (booking.display_name, 1)


def test_each_booking_of_a_batch_is_told_in_the_trace_of_who_asked_first(desk: Desk) -> None:
    """Whoever else's commands shared the transaction, and where a repeated one was answered from it too."""
    one, other, slot = desk.person(), desk.person(), desk.add_slot(capacity=2)
    asked = [wish(one, slot), wish(other, slot), wish(one, slot)]
    traces = [new_traceparent() for _ in asked]
    with desk.database.transaction(now=NOW) as tx:
        tx.traces = traces
        book_slots(tx, asked, signer=desk.ticket_signer, vault=desk.vault)
    told = [(envelope.data.person_id, envelope.traceparent) for envelope in desk.envelopes()]
    assert told == [(one, traces[0]), (other, traces[1])]


def test_the_ticket_of_a_booking_is_genuine(desk: Desk) -> None:
    """It verifies with the public key and says office, day, hour and service, but no name."""
    booking = desk.book(desk.person(), desk.add_slot(hour=9))
    ticket = desk.tickets.verify(booking.ticket, now=NOW)
    assert (ticket.booking_id, ticket.office, ticket.date) == (booking.booking_id, "TRK", TODAY)
    assert (ticket.starts_at, ticket.minutes, ticket.service) == (booking.starts_at, 60, "new")


def test_the_same_key_answers_the_same_booking(desk: Desk) -> None:
    """Repeated in one batch and later; one place is taken, one event said."""
    person, slot = desk.person(), desk.add_slot()
    first, second = desk.try_book(wish(person, slot), wish(person, slot))
    third = desk.book(person, slot)
    assert first == second == third
    assert desk.booked(slot) == 1
    assert len(desk.heard()) == 1


def test_the_same_key_with_another_slot_is_refused(desk: Desk) -> None:
    """In one batch and later."""
    person, nine, ten = desk.person(), desk.add_slot(hour=9), desk.add_slot(hour=10)
    assert codes(desk.try_book(wish(person, nine), wish(person, ten))) == [
        "booked",
        IdempotencyKeyReused.code,
    ]
    with pytest.raises(IdempotencyKeyReused):
        desk.book(person, ten)


def test_two_persons_may_use_the_same_key(desk: Desk) -> None:
    """Each gets a booking, and each gets the own one again."""
    slot = desk.add_slot()
    wishes = [wish(person, slot, key="the-same-key") for person in desk.people(2)]
    first = desk.try_book(*wishes)
    assert codes(first) == ["booked", "booked"]
    assert desk.try_book(*wishes) == first


def test_a_person_with_a_booking_ahead_is_told_its_code(desk: Desk) -> None:
    """One person, one booking; nothing is taken of the second slot."""
    person, nine, ten = desk.person(), desk.add_slot(hour=9), desk.add_slot(hour=10)
    booking = desk.book(person, nine)
    with pytest.raises(AlreadyBooked) as refused:
        desk.book(person, ten, key="key-0002")
    assert refused.value.data == {"code": booking.code}
    assert desk.booked(ten) == 0


def test_who_has_been_there_may_book_again(desk: Desk) -> None:
    """A booking whose slot has ended no longer counts as the person's one booking."""
    person, nine, late = desk.person(), desk.add_slot(hour=9), desk.add_slot(hour=15)
    desk.book(person, nine)
    assert desk.book(person, late, key="key-0002", now=NOW + timedelta(hours=2)).status == "booked"


def test_a_full_slot_is_refused(desk: Desk) -> None:
    """In the order of asking."""
    slot = desk.add_slot(capacity=2)
    outcomes = desk.try_book(*(wish(person, slot) for person in desk.people(3)))
    assert codes(outcomes) == ["booked", "booked", SlotFull.code]
    assert desk.booked(slot) == desk.rows_in(slot) == 2


@pytest.mark.parametrize("slot_id", ["01a1ff5f-0000-7000-8000-000000000000", "nine o'clock", ""])
def test_an_unknown_slot_is_refused_and_the_rest_of_the_batch_is_not(desk: Desk, slot_id: str) -> None:
    """Whether or not it has the form of an id."""
    first, second = desk.people(2)
    outcomes = desk.try_book(wish(first, slot_id), wish(second, desk.add_slot()))
    assert codes(outcomes) == [UnknownSlot.code, "booked"]


@pytest.mark.parametrize("person_id", ["01a1ff5f-0000-7000-8000-000000000000", "petugas.trk"])
def test_a_person_without_an_account_is_refused(desk: Desk, person_id: str) -> None:
    """An officer's token is genuine, and still no citizen's."""
    with pytest.raises(UnknownAccount):
        desk.book(person_id, desk.add_slot())


def test_a_slot_that_has_begun_is_over(desk: Desk) -> None:
    """At nine o'clock sharp."""
    slot = desk.add_slot(hour=9)
    with pytest.raises(SlotOver):
        desk.book(desk.person(), slot, now=NOW + timedelta(minutes=30))


def test_an_office_that_sells_running_slots_sells_until_the_end(desk: Desk) -> None:
    """People walk in and get a place for this very hour."""
    with desk.database.engine.begin() as connection:
        connection.execute(update(tables.office).values(sells_running_slots=True))
    slot = desk.add_slot(hour=8)
    first, second = desk.people(2)
    assert desk.book(first, slot).status == "booked"
    with pytest.raises(SlotOver):
        desk.book(second, slot, now=NOW + timedelta(minutes=30))


def test_an_office_that_does_not_sell_is_refused(desk: Desk) -> None:
    """A pilot that was suspended keeps its slots and gives none of them out."""
    slot = desk.add_slot()
    desk.set_status("suspended")
    with pytest.raises(OfficeNotOpen) as refused:
        desk.book(desk.person(), slot)
    assert refused.value.data == {"office": "TRK", "status": "suspended"}


def test_ids_are_the_same_in_capital_letters(desk: Desk) -> None:
    """A client may write a UUID as it likes (RFC 9562, 4)."""
    person, slot = desk.person(), desk.add_slot()
    assert desk.book(person.upper(), slot.upper()) == desk.book(person, slot)


def test_a_code_that_is_taken_is_drawn_anew(desk: Desk) -> None:
    """Two of a batch draw a code that exists; they and the other get their bookings, with new codes all."""
    slot = desk.add_slot()
    holder, *others = desk.people(4)
    taken = iter([7])
    desk.try_book(wish(holder, slot), draw=lambda _: next(taken))
    drawn = iter([7, 8, 7, 9, 10, 11])
    outcomes = desk.try_book(*(wish(person, slot) for person in others), draw=lambda _: next(drawn))
    assert [outcome.code for outcome in outcomes] == [booking_code("TRK", number) for number in (9, 10, 11)]
    assert desk.booked(slot) == desk.rows_in(slot) == 4
    assert len(desk.heard()) == 4


def test_two_that_draw_the_same_code_in_one_batch_both_get_a_booking(desk: Desk) -> None:
    """Both draw again."""
    slot = desk.add_slot()
    drawn = iter([7, 7, 8, 9])
    outcomes = desk.try_book(*(wish(person, slot) for person in desk.people(2)), draw=lambda _: next(drawn))
    assert {outcome.code for outcome in outcomes} == {booking_code("TRK", 8), booking_code("TRK", 9)}


def test_codes_that_are_always_taken_are_a_fault(desk: Desk) -> None:
    """It gives up rather than turning for ever, and leaves nothing behind."""
    slot = desk.add_slot()
    first, second = desk.people(2)
    desk.try_book(wish(first, slot), draw=lambda _: 7)
    with pytest.raises(IntegrityError, match="booking_one_per_code"):
        desk.try_book(wish(second, slot), draw=lambda _: 7)
    assert desk.booked(slot) == desk.rows_in(slot) == 1


def test_a_batch_of_sixty_four_over_several_slots_is_counted_right(desk: Desk) -> None:
    """Sixteen wishes for each of four slots of twelve places."""
    slots = [desk.add_slot(hour=hour, capacity=12) for hour in (9, 10, 11, 13)]
    outcomes = desk.try_book(*(wish(person, slots[at % 4]) for at, person in enumerate(desk.people(64))))
    assert codes(outcomes).count("booked") == 48
    assert codes(outcomes).count(SlotFull.code) == 16
    assert [desk.booked(slot) for slot in slots] == [desk.rows_in(slot) for slot in slots] == [12] * 4
