"""What becomes of due messages: delivered over both channels, tried again, given up."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest

from contracts.events import MessageDelivered, MessageFailed
from services.notify.errors import Unavailable
from services.notify.texts.wording import Letter
from tests.integration.notify.post import LEASE_SECONDS, MOST_LOST, Post
from tests.processes import wait_until
from tests.unit.notify.samples import (
    NOW,
    PERSON,
    booking_cancelled,
    counter_called,
    slot_booked,
    ticket_scanned,
)


def test_a_booking_reaches_the_phone_and_the_mailbox(post: Post) -> None:
    """Both texts say the office's own hour, and both deliveries are told."""
    post.hear(slot_booked())
    assert post.deliver() == 2
    [on_phone] = post.sandbox.received(post.phone)
    [in_mailbox] = post.sandbox.received(post.mailbox)
    for text in (on_phone["text"], in_mailbox["text"]):
        assert "Senin, 23 November 2026" in text
        assert "09.00 WITA" in text
        assert "https://antrean.example/tiket/TRK-7KQ2MX" in text
    assert in_mailbox["subject"] == "Pemesanan TRK-7KQ2MX: Senin, 23 November 2026 pukul 09.00 WITA"
    assert {(type(event), event.channel, event.attempts) for event in _told(post)} == {
        (MessageDelivered, "whatsapp", 1),
        (MessageDelivered, "email", 1),
    }
    assert {event.person_id for event in _told(post)} == {PERSON}
    assert all(row["provider_id"] for row in post.rows())


def test_a_text_is_in_the_language_of_the_moment_it_is_sent(post: Post) -> None:
    """Who changes the language gets waiting messages in the new one."""
    post.hear(counter_called())
    post.know_contact(version=2, locale="en")
    post.deliver()
    [shown] = post.sandbox.received(post.phone)
    assert shown["text"] == "It is your turn, Pak Andi: number A-012, please come to counter 1 now."


def test_who_has_neither_phone_nor_mailbox_any_more_is_told_nothing(post: Post) -> None:
    """What was known before were somebody else's."""
    post.know_contact(version=2, phone=None, email=None)
    post.hear(slot_booked())
    post.deliver()
    assert {(row["status"], row["reason"]) for row in post.rows()} == {("superseded", "no address")}
    assert _told(post) == []
    assert post.sandbox.received(post.phone) == post.sandbox.received(post.mailbox) == []


def test_the_whole_visit_is_told_in_order(post: Post) -> None:
    """Booked, admitted, called, called again."""
    for event in (
        slot_booked(),
        ticket_scanned(),
        counter_called(),
        counter_called(version=3, calls=2, counter=1),
    ):
        post.hear(event)
        post.deliver()
    starts = [message["text"][:20] for message in post.sandbox.received(post.phone)]
    assert starts == [
        "Halo Pak Andi, pemes",
        "Selamat datang di Ka",
        "Giliran Anda, Pak An",
        "Giliran Anda, Pak An",
    ]


@pytest.mark.parametrize("kind", ["broken", "busy"])
def test_a_failing_provider_is_tried_again_after_a_growing_wait(post: Post, kind: str) -> None:
    """Not before, and then it arrives once."""
    post.sandbox.fail(
        {"channel": "whatsapp", "kind": kind, "times": 2, "to": post.phone},
        {"channel": "email", "kind": kind, "times": 2, "to": post.mailbox},
    )
    post.hear(slot_booked())
    assert post.deliver() == 2
    assert post.deliver() == 0
    post.now += timedelta(seconds=1)
    assert post.deliver() == 2
    assert {row["reason"] for row in post.rows()} == (
        {"WhatsApp 1: An unknown error occurred", "SMTP 451 4.3.0"}
        if kind == "broken"
        else {"WhatsApp 130429: (#130429) Rate limit hit", "SMTP 451 4.7.1"}
    )
    post.now += timedelta(seconds=1)
    assert post.deliver() == 0
    post.now += timedelta(seconds=1)
    assert post.deliver() == 2
    assert {(row["status"], row["attempts"], row["reason"]) for row in post.rows()} == {
        ("delivered", 3, None)
    }
    assert len(post.sandbox.received(post.phone)) == len(post.sandbox.received(post.mailbox)) == 1


def test_a_provider_that_is_away_for_a_night_loses_nothing_that_is_still_of_use(post: Post) -> None:
    """A token that expired in the evening is mended in the morning."""
    post.sandbox.fail({"channel": "whatsapp", "kind": "broken", "to": post.phone})
    in_a_week = {name: getattr(slot_booked(), name) + timedelta(days=7) for name in ("starts_at", "ends_at")}
    post.hear(slot_booked(**in_a_week))
    for _ in range(50):
        post.deliver()
        post.look_after()
        post.now += timedelta(minutes=15)
    assert post.sandbox.received(post.phone) == []
    post.sandbox.fail()
    assert post.deliver() == 1
    assert len(post.sandbox.received(post.phone)) == 1


def test_what_a_provider_refuses_for_good_fails_at_once(post: Post) -> None:
    """A number that is not on WhatsApp, a mailbox that does not exist."""
    post.sandbox.fail(
        {"channel": "whatsapp", "kind": "refused", "to": post.phone},
        {"channel": "email", "kind": "refused", "to": post.mailbox},
    )
    post.hear(slot_booked())
    assert post.deliver() == 2
    assert {(row["status"], row["attempts"], row["reason"]) for row in post.rows()} == {
        ("failed", 1, "WhatsApp 131026: (#131026) Message undeliverable"),
        ("failed", 1, "SMTP 550 5.1.1"),
    }
    assert {type(event) for event in _told(post)} == {MessageFailed}


def test_an_address_that_cannot_be_one_fails_without_asking_a_provider(post: Post) -> None:
    """Nothing to try again."""
    post.know_contact(version=2, phone="12345678901234567890")
    post.hear(counter_called())
    assert post.deliver() == 1
    [row] = post.rows()
    assert (row["status"], row["reason"]) == ("failed", "not a phone number")


def test_who_has_no_mailbox_is_told_over_whatsapp_alone(post: Post) -> None:
    """An officer booked for them; no letter is tried, and none has failed."""
    post.know_contact(version=2, email=None)
    post.hear(slot_booked())
    post.deliver()
    assert post.statuses()["booking_confirmed", "whatsapp", 1] == "delivered"
    assert post.statuses()["booking_confirmed", "email", 1] == "superseded"
    assert [type(event) for event in _told(post)] == [MessageDelivered]


def test_a_wrong_token_is_our_fault_and_loses_no_message(post: Post) -> None:
    """The operator changes the token, and the message goes out."""
    post.hear(counter_called())
    stolen = post.delivery(outlets={"whatsapp": post.sandbox.whatsapp(token="old")})
    assert stolen.deliver_next("whatsapp")
    [row] = post.rows()
    assert (row["status"], row["reason"][:12]) == ("due", "WhatsApp 190")
    post.now += timedelta(seconds=2)
    assert post.deliver() == 1
    assert len(post.sandbox.received(post.phone)) == 1


def test_a_call_that_is_no_longer_of_use_is_not_sent(post: Post) -> None:
    """It fails as stale, and the failure is told."""
    post.hear(counter_called(called_at=NOW))
    post.now += timedelta(minutes=6)
    assert post.deliver() == 0
    post.look_after()
    [event] = _told(post)
    assert isinstance(event, MessageFailed)
    assert (event.template, event.reason) == ("ticket_called", "stale")


def test_a_call_goes_before_everything_else(post: Post) -> None:
    """However long the others have been waiting."""
    post.hear(slot_booked())
    post.now += timedelta(minutes=1)
    post.hear(counter_called(ticket_id="01976a00-0000-7000-8000-0000000000b2"))
    assert post.delivery().deliver_next("whatsapp")
    [shown] = post.sandbox.received(post.phone)
    assert shown["text"].startswith("Giliran Anda")


def test_a_message_that_failed_is_not_tried_again_when_a_newer_one_has_come(post: Post) -> None:
    """The booking was cancelled while its confirmation was being tried."""
    post.hear(slot_booked())
    delivery = post.delivery(outlets={"whatsapp": _Interrupted(lambda: post.hear(booking_cancelled()))})
    assert delivery.deliver_next("whatsapp")
    assert post.statuses()["booking_confirmed", "whatsapp", 1] == "superseded"


def test_senders_at_once_send_each_message_once(post: Post) -> None:
    """Eight senders, twenty people's calls, twenty messages."""
    for number in range(20):
        post.hear(counter_called(ticket_id=f"01976a00-0000-7000-8000-{number:012}", number=f"A-{number:03}"))
    senders = [threading.Thread(target=post.deliver) for _ in range(8)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    texts = [message["text"] for message in post.sandbox.received(post.phone)]
    assert len(texts) == len(set(texts)) == 20


def test_a_message_whose_sender_died_is_taken_again_after_its_lease(post: Post) -> None:
    """And not before. A sender that dies is one that never writes the outcome down."""
    post.hear(counter_called())
    with pytest.raises(KeyboardInterrupt):
        post.delivery(outlets={"whatsapp": _Interrupted(_die)}).deliver_next("whatsapp")
    assert post.deliver() == 0
    post.now += timedelta(seconds=LEASE_SECONDS - 1)
    assert post.deliver() == 0
    post.now += timedelta(seconds=1)
    assert post.deliver() == 1
    [row] = post.rows()
    assert (row["status"], row["attempts"]) == ("delivered", 2)


def test_a_message_that_kills_every_sender_is_given_up(post: Post) -> None:
    """It must not be tried for ever."""
    post.hear(slot_booked())
    for _ in range(MOST_LOST + 1):
        with pytest.raises(KeyboardInterrupt):
            post.delivery(outlets={"whatsapp": _Interrupted(_die)}).deliver_next("whatsapp")
        post.now += timedelta(seconds=LEASE_SECONDS)
    post.look_after()
    assert post.statuses()["booking_confirmed", "whatsapp", 1] == "failed"


def test_a_sender_that_comes_back_after_its_lease_changes_nothing(post: Post) -> None:
    """Another sender has the claim by then, and its outcome stands."""
    post.sandbox.fail({"channel": "whatsapp", "kind": "late", "times": 1, "to": post.phone, "seconds": 2})
    post.hear(slot_booked())
    slow = threading.Thread(target=lambda: post.delivery().deliver_next("whatsapp"))
    slow.start()
    wait_until(lambda: post.sandbox.received(post.phone))
    post.now += timedelta(seconds=LEASE_SECONDS)
    assert post.delivery().deliver_next("whatsapp")
    slow.join()
    assert len(_told(post)) == 1
    assert [message["reference"] for message in post.sandbox.received(post.phone)] == [
        str(post.rows()[0]["id"])
    ] * 2


class _Interrupted:
    """An outlet to which something happens while it sends, and which then fails."""

    def __init__(self, happen: Callable[[], None]) -> None:
        self._happen = happen

    def send(self, letter: Letter, *, message_id: str) -> str:  # noqa: ARG002  as every outlet
        self._happen()
        raise Unavailable("away")


def _die() -> None:
    raise KeyboardInterrupt


def _told(post: Post) -> list[MessageDelivered | MessageFailed]:
    return [event for event in post.told() if isinstance(event, MessageDelivered | MessageFailed)]
