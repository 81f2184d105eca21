"""Which messages an event asks for."""

from dataclasses import replace
from datetime import timedelta

from services.notify.domain.messages import of_booking, of_offer, of_ticket
from tests.unit.notify.samples import (
    NOW,
    booking_affected,
    booking_cancelled,
    booking_reinstated,
    booking_rescheduled,
    counter_called,
    slot_booked,
    ticket_scanned,
    waitlist_offered,
)

FIVE_MINUTES = timedelta(minutes=5)


def test_a_booking_is_confirmed_over_both_channels_until_its_slot_is_over() -> None:
    """WhatsApp and e-mail, of use until the slot's end."""
    event = slot_booked()
    asked = of_booking(event)
    assert [(message.template, message.channel) for message in asked] == [
        ("booking_confirmed", "whatsapp"),
        ("booking_confirmed", "email"),
    ]
    assert {message.expires_at for message in asked} == {event.ends_at}
    assert not any(message.urgent for message in asked)


def test_a_cancellation_is_a_newer_message_about_the_same_topic() -> None:
    """So it supersedes a confirmation that was not sent yet."""
    [confirmed, _], [cancelled, _] = of_booking(slot_booked()), of_booking(booking_cancelled())
    assert cancelled.template == "booking_cancelled"
    assert cancelled.topic == confirmed.topic
    assert cancelled.version > confirmed.version


def test_an_outage_is_told_with_its_reason_and_its_end_only_to_who_heard_of_it() -> None:
    """Each closing and opening again counts, so two closures of one day are told twice."""
    [affected, _], [reinstated, _] = of_booking(booking_affected()), of_booking(booking_reinstated())
    assert (affected.template, affected.occurrence, affected.facts["note"]) == (
        "booking_affected",
        2,
        "Pemadaman listrik",
    )
    assert (reinstated.template, reinstated.occurrence) == ("booking_reinstated", 3)
    assert affected.unless_last_told == ()
    assert reinstated.unless_last_told == (
        *("booking_confirmed", "booking_rescheduled", "booking_reinstated"),
        "booking_reminder",
    )


def test_every_move_of_a_booking_is_told_with_the_time_it_left() -> None:
    """A booking whose hours the office closed may move more than once."""
    [moved, _], [again, _] = of_booking(booking_rescheduled()), of_booking(booking_rescheduled(version=4))
    assert (moved.template, moved.occurrence, again.occurrence) == ("booking_rescheduled", 2, 4)
    assert moved.facts["previous_starts_at"] == "2026-11-20T02:00:00+00:00"


def test_an_offer_is_told_over_both_channels_until_it_ends() -> None:
    """Later than that, the place is somebody else's."""
    asked = of_offer(waitlist_offered())
    assert [(message.template, message.channel) for message in asked] == [
        ("waitlist_offered", "whatsapp"),
        ("waitlist_offered", "email"),
    ]
    assert {message.expires_at for message in asked} == {NOW + timedelta(hours=2)}


def test_a_scan_tells_the_number_over_whatsapp_alone() -> None:
    """Nobody in the hall looks into a mailbox."""
    [message] = of_ticket(ticket_scanned(), call_of_use=FIVE_MINUTES)
    assert (message.template, message.channel, message.facts["number"]) == (
        "ticket_admitted",
        "whatsapp",
        "A-012",
    )


def test_a_scan_of_a_ticket_whose_owner_is_unknown_asks_for_nothing() -> None:
    """The event comes again when check-in has learnt the name, and asks then."""
    assert of_ticket(ticket_scanned(person_id=None, display_name=None), call_of_use=FIVE_MINUTES) == ()


def test_a_call_is_urgent_and_of_use_for_minutes_only() -> None:
    """Older than that, the person is at the counter or has missed it."""
    [message] = of_ticket(counter_called(), call_of_use=FIVE_MINUTES)
    assert (message.template, message.channel, message.urgent) == ("ticket_called", "whatsapp", True)
    assert message.facts["counter"] == 1
    assert message.expires_at == NOW + timedelta(minutes=15)


def test_the_first_recall_is_told_again_and_no_later_one() -> None:
    """Two calls reach the phone, the third does not."""
    calls = [counter_called(calls=calls, called_at=NOW + timedelta(minutes=calls)) for calls in (1, 2, 3, 4)]
    told = [of_ticket(call, call_of_use=FIVE_MINUTES) for call in calls]
    assert [len(messages) for messages in told] == [1, 1, 0, 0]
    assert told[0][0].occurrence != told[1][0].occurrence


def test_who_is_back_after_a_no_show_is_told_anew() -> None:
    """The number and the calls of the second turn are no repetitions of the first."""
    [again] = of_ticket(ticket_scanned(version=5, no_shows=1), call_of_use=FIVE_MINUTES)
    [before] = of_ticket(counter_called(), call_of_use=FIVE_MINUTES)
    later = counter_called(version=6, no_shows=1, called_at=NOW + timedelta(hours=1))
    [call] = of_ticket(later, call_of_use=FIVE_MINUTES)
    assert again.occurrence == 2
    assert call.occurrence != before.occurrence


def test_a_call_at_another_counter_of_the_same_step_is_told_too() -> None:
    """Who was sent there, or whose call was undone, is called for the first time there."""
    [first] = of_ticket(counter_called(counter=1), call_of_use=FIVE_MINUTES)
    there = counter_called(version=5, counter=3, called_at=NOW + timedelta(minutes=20))
    [second] = of_ticket(there, call_of_use=FIVE_MINUTES)
    assert (first.topic, first.template) == (second.topic, second.template)
    assert first.occurrence != second.occurrence
    [renamed] = of_ticket(replace(there, version=6, display_name="A. P."), call_of_use=FIVE_MINUTES)
    assert renamed.occurrence == second.occurrence


def test_who_comes_again_on_another_day_is_told_anew() -> None:
    """Their booking was moved while they waited: the number of that day, and its calls, are news."""
    next_day = {"version": 7, "date": NOW.date() + timedelta(days=1), "number": "A-003"}
    [before] = of_ticket(ticket_scanned(), call_of_use=FIVE_MINUTES)
    [after] = of_ticket(ticket_scanned(**next_day), call_of_use=FIVE_MINUTES)
    assert before.topic != after.topic


def test_a_name_that_becomes_known_after_the_call_leads_to_the_call() -> None:
    """The state decides, not the event's name: the number is no news any more."""
    late = ticket_scanned(version=3, state="called", counter=2, calls=1, called_at=NOW)
    [message] = of_ticket(late, call_of_use=FIVE_MINUTES)
    [call] = of_ticket(counter_called(called_at=NOW), call_of_use=FIVE_MINUTES)
    assert (message.template, message.occurrence) == ("ticket_called", call.occurrence)


def test_a_served_ticket_asks_for_nothing() -> None:
    """Whoever was served knows it."""
    served = ticket_scanned(version=4, state="served", counter=1, calls=1, called_at=NOW, finished_at=NOW)
    assert of_ticket(served, call_of_use=FIVE_MINUTES) == ()
