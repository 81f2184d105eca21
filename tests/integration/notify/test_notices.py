"""Codes, and "you have an account already", to addresses that are nobody's contact yet."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from contracts.events import CodeIssued, ProofCodeIssued, ProofDeclined, RegistrationRepeated, SignInChanged
from contracts.events.accounts import AddressTold, ProofState, SignInPart
from contracts.words import Channel
from services.notify import handlers
from services.notify.notice_delivery import NoticeDelivery
from tests.integration.notify.post import Post, new_id
from tests.unit.notify.samples import NOW

REGISTRATION = "0b0d9d1c-8d6e-4c1c-9a53-1c7e3a5d2f10"
PROOF = "5f0f6a44-7d0d-4c43-8a0e-0f6f4f1c9a21"


def issued(post: Post, channel: str = "whatsapp", **changes: Any) -> CodeIssued:
    return CodeIssued(**{**_state(post, channel), "code": "407318", **changes})


def repeated(post: Post, channel: str = "whatsapp", **changes: Any) -> RegistrationRepeated:
    return RegistrationRepeated(**{**_state(post, channel), **changes})


def _state(post: Post, channel: str) -> dict[str, Any]:
    return {
        "version": 1,
        "registration_id": REGISTRATION,
        "channel": channel,
        "address": post.phone if channel == "whatsapp" else post.mailbox,
        "locale": "id",
        "expires_at": NOW + timedelta(minutes=10),
    }


def hear(post: Post, event: AddressTold) -> None:
    with post.transaction() as tx:
        handlers.tell_address(tx, event, new_id=new_id)


def deliver(post: Post) -> int:
    parts = post.delivery()
    delivery = NoticeDelivery(
        transactions=parts.transactions,
        outlets=parts.outlets,
        retries=parts.retries,
        lease_seconds=parts.lease_seconds,
        public_url=parts.public_url,
        chance=parts.chance,
    )
    tried = 0
    for channel in delivery.outlets:
        while delivery.deliver_next(channel):
            tried += 1
    return tried


def kept(post: Post) -> int:
    with post.database.engine.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM notice")).scalar_one())


@pytest.mark.parametrize("channel", ["whatsapp", "email"])
def test_a_code_goes_to_the_address_and_is_kept_nowhere(post: Post, channel: str) -> None:
    """Nobody's contact and no office is needed; once sent, the code is in no table."""
    hear(post, issued(post, channel))
    assert kept(post) == 1
    assert deliver(post) == 1
    assert kept(post) == 0
    address = post.phone if channel == "whatsapp" else post.mailbox
    (message,) = post.sandbox.received(address)
    assert "407318" in message["text"]
    assert "10 menit" in message["text"]


def test_who_has_an_account_is_told_where_to_sign_in(post: Post) -> None:
    """With the link, and with no code."""
    hear(post, repeated(post))
    deliver(post)
    (message,) = post.sandbox.received(post.phone)
    assert "https://antrean.example/masuk" in message["text"]


def test_a_later_code_takes_the_place_of_one_that_was_not_sent(post: Post) -> None:
    """In whichever order they come: an old code would be worth nothing."""
    hear(post, issued(post, version=2, code="222222"))
    hear(post, issued(post, version=1, code="111111"))
    assert deliver(post) == 1
    (message,) = post.sandbox.received(post.phone)
    assert "222222" in message["text"]


def test_a_code_that_counts_no_longer_is_not_sent(post: Post) -> None:
    """And forgotten within a second."""
    hear(post, issued(post))
    post.now += timedelta(minutes=10)
    assert deliver(post) == 0
    with post.transaction() as tx:
        handlers.forget_expired_notices(tx)
    assert kept(post) == 0


def test_a_code_is_tried_again_when_the_provider_is_away(post: Post) -> None:
    """After a short back-off, as messages are."""
    post.sandbox.fail({"channel": "whatsapp", "kind": "broken", "to": post.phone, "times": 1})
    hear(post, issued(post))
    assert deliver(post) == 1
    assert kept(post) == 1
    post.now += timedelta(seconds=2)
    assert deliver(post) == 1
    assert kept(post) == 0


def test_a_code_that_waits_keeps_no_warning_to_another_phone_back(post: Post) -> None:
    """Who registers with somebody else's NIK has a code under way while the owner is told."""
    hear(post, issued(post))
    owner = "+6281355500199"
    hear(post, repeated(post, address=owner))
    assert deliver(post) == 2
    assert len(post.sandbox.received(post.phone)) == len(post.sandbox.received(owner)) == 1


def test_whose_booking_became_somebodys_is_told_what_to_do(post: Post) -> None:
    """Something has changed, so nobody says that the message can be ignored."""
    hear(post, repeated(post, about="claimed"))
    deliver(post)
    (message,) = post.sandbox.received(post.phone)
    assert "kode di tiket kertas" in message["text"]
    assert "KTP" in message["text"]
    assert "abaikan" not in message["text"]


def proof(post: Post, kind: type[ProofState], channel: str, **more: Any) -> ProofState:
    """Tell an address that somebody proves to be theirs."""
    told = {name: value for name, value in _state(post, channel).items() if name != "registration_id"}
    return kind(**{**told, "proof_id": PROOF, "purpose": "recovery", **more})


@pytest.mark.parametrize(
    ("purpose", "page"),
    [("recovery", f"/lupa-sandi/kode/{PROOF}"), ("contact", f"/akun/kontak/kode/{PROOF}")],
)
def test_the_mail_with_a_code_leads_to_where_it_is_typed(post: Post, purpose: str, page: str) -> None:
    """Who closed the page finds the way back; WhatsApp takes no links beside codes."""
    for channel in ("whatsapp", "email"):
        hear(post, proof(post, ProofCodeIssued, channel, purpose=purpose, code="407318"))
    assert deliver(post) == 2
    (mail,), (message,) = post.sandbox.received(post.mailbox), post.sandbox.received(post.phone)
    assert "407318" in mail["text"]
    assert "407318" in message["text"]
    assert f"https://antrean.example{page}" in mail["text"]


@pytest.mark.parametrize(("why", "word"), [("unknown", "belum ada akun"), ("taken", "sudah ada akun lain")])
@pytest.mark.parametrize("channel", ["whatsapp", "email"])
def test_an_address_of_no_use_is_told_why(post: Post, why: str, word: str, channel: str) -> None:
    """With no code."""
    hear(post, proof(post, ProofDeclined, channel, why=why))
    deliver(post)
    (message,) = post.sandbox.received(post.phone if channel == "whatsapp" else post.mailbox)
    assert word in message["text"]
    assert not re.search(r"\b[0-9]{6}\b", message["text"])


@pytest.mark.parametrize(
    ("what", "word", "page"),
    [("password", "Kata sandi", "/lupa-sandi"), ("contact", "Nomor WhatsApp", "/akun")],
)
@pytest.mark.parametrize("channel", ["whatsapp", "email"])
def test_an_owner_is_told_of_a_change_and_what_to_do(
    post: Post, what: SignInPart, word: str, page: str, channel: Channel
) -> None:
    """Each change is told, also one after another, wherever they were reached before it."""
    told = {name: value for name, value in _state(post, channel).items() if name != "registration_id"}
    for version in (2, 3):
        hear(post, SignInChanged(**{**told, "version": version, "person_id": REGISTRATION, "what": what}))
    assert deliver(post) == 2
    message, _ = post.sandbox.received(post.phone if channel == "whatsapp" else post.mailbox)
    assert word in message["text"]
    assert "KTP" in message["text"]
    assert f"https://antrean.example{page}" in message["text"]
