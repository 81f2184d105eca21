"""A forgotten password: who gets another one, and what nobody learns by asking."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import func, select

from contracts.events import ContactChanged, ProofDeclined, SessionsRevoked
from contracts.requests.accounts import ChangePassword
from contracts.requests.address_proofs import AddressProof
from services.booking.domain import one_time_code
from services.booking.errors import (
    BadCode,
    BadLogin,
    CodeExpired,
    CodesSentAlready,
    SignInFailed,
    TooManyAttempts,
)
from services.booking.handlers import address_proofs, sessions
from services.booking.handlers.one_time_codes import Codes
from services.booking.store.identity_tables import address_proof
from services.booking.store.own_data import unused
from tests.contention import at_once
from tests.integration.booking.desk import NOW, Desk
from tests.integration.booking.proving import EMAIL, NEW_PASSWORD, PASSWORD, PHONE, Prover, told, wrong
from tests.integration.booking.test_own_data import erase

MINUTE = timedelta(minutes=1)


@pytest.fixture
def prover(desk: Desk) -> Prover:
    return Prover(desk=desk)


@pytest.fixture
def andi(desk: Desk) -> str:
    person_id = desk.register(phone=PHONE, email=EMAIL, password=PASSWORD)
    desk.heard()
    return person_id


def proofs_in(desk: Desk) -> int:
    with desk.database.engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(address_proof)).scalar_one())


@pytest.mark.parametrize("login", ["0812 3456 7890", "+62 812-3456-7890", " Andi@Contoh.ID "])
def test_both_addresses_get_a_code_whichever_is_remembered(
    desk: Desk, prover: Prover, andi: str, login: str
) -> None:
    """However it is written; on the private exchange."""
    begun, codes = prover.start(login)
    events = desk.heard()
    assert told(events) == {("ProofCodeIssued", "whatsapp", PHONE), ("ProofCodeIssued", "email", EMAIL)}
    assert {event.exchange for event in events} == {"antrean.private"}
    assert codes.phone != codes.email
    assert begun.codes_expire_at == NOW + 10 * MINUTE


def test_the_new_password_counts_and_the_old_one_does_not(desk: Desk, prover: Prover, andi: str) -> None:
    """All other sessions end, the new one is the person's, and both addresses are told."""
    begun, codes = prover.start(PHONE)
    desk.heard()
    session = prover.finish(begun, codes)
    assert session.subject == andi
    access = desk.accesses.verify(session.token, now=NOW)
    events = desk.heard()
    assert told(events) == {("SignInChanged", "whatsapp", PHONE), ("SignInChanged", "email", EMAIL)}
    assert [e.version for e in events if isinstance(e, SessionsRevoked)] == [access.session_version]
    assert not [event for event in events if isinstance(event, ContactChanged)]
    assert prover.sign_in(EMAIL, NEW_PASSWORD).subject == andi
    with pytest.raises(SignInFailed):
        prover.sign_in(EMAIL, PASSWORD)


@pytest.mark.parametrize("login", ["081299999999", "siapa@contoh.id"])
def test_nobody_learns_whether_a_login_has_an_account(
    desk: Desk, prover: Prover, andi: str, login: str
) -> None:
    """The same answer; the address alone is told that it has none, and no codes are right."""
    of_andi, _ = prover.start(PHONE)
    desk.heard()
    begun, _ = prover.start(login)
    assert replace(begun, proof_id="") == replace(of_andi, proof_id="")
    assert {event for event, _, _ in told(desk.heard())} == {"ProofDeclined"}
    for left in (4, 3, 2, 1, 0):
        with pytest.raises(BadCode) as refused:
            prover.finish(begun, Codes(phone="000000", email="000000"))
        assert refused.value.data == {"tries_left": left}
    with pytest.raises(CodeExpired):
        prover.finish(begun, Codes(phone="000000", email="000000"))


def test_even_the_right_codes_of_nobody_are_wrong(desk: Desk, prover: Prover) -> None:
    """Drawn like any other, and kept as digests: guessed right, they are refused as wrong ones are."""
    begun, _ = prover.start("siapa@contoh.id")
    codes = Codes(phone="111111", email="222222")
    phone, email = codes.digests(desk.vault, begun.proof_id)
    with desk.database.engine.begin() as connection:
        connection.execute(address_proof.update().values(phone_code_digest=phone, email_code_digest=email))
    with pytest.raises(BadCode):
        prover.finish(begun, codes)


@pytest.mark.parametrize("login", ["petugas.trk", "12345", "andi@", "@", "a@b"])
def test_what_no_citizen_signs_in_with_is_refused(desk: Desk, prover: Prover, login: str) -> None:
    """Officers' logins too: nothing is sent, and nothing kept."""
    with pytest.raises(BadLogin):
        prover.start(login)
    assert desk.heard() == []
    assert proofs_in(desk) == 0


def test_five_wrong_tries_end_it(prover: Prover, andi: str) -> None:
    """The right codes are worth nothing then, until others are sent."""
    begun, codes = prover.start(PHONE)
    for left in (4, 3, 2, 1, 0):
        with pytest.raises(BadCode) as refused:
            prover.finish(begun, wrong(codes))
        assert refused.value.data == {"tries_left": left}
    with pytest.raises(CodeExpired):
        prover.finish(begun, codes)
    _, others = prover.resend(begun, now=NOW + MINUTE)
    assert prover.finish(begun, others, now=NOW + MINUTE).subject == andi


def test_codes_count_ten_minutes_and_once(prover: Prover, andi: str) -> None:
    """Neither later nor twice."""
    begun, codes = prover.start(PHONE)
    with pytest.raises(CodeExpired):
        prover.finish(begun, codes, now=NOW + 10 * MINUTE)
    prover.finish(begun, codes)
    with pytest.raises(CodeExpired):
        prover.finish(begun, codes)


def test_other_codes_come_after_a_minute_and_three_times(desk: Desk, prover: Prover, andi: str) -> None:
    """The first ones count no more; each is told under a newer version."""
    begun, codes = prover.start(PHONE)
    with pytest.raises(CodesSentAlready) as refused:
        prover.resend(begun, now=NOW + 20 * timedelta(seconds=1))
    assert refused.value.data == {"retry_seconds": 40}
    for minute in (1, 2, 3):
        prover.resend(begun, now=NOW + minute * MINUTE)
    with pytest.raises(CodesSentAlready):
        prover.resend(begun, now=NOW + 4 * MINUTE)
    with pytest.raises(BadCode):
        prover.finish(begun, codes, now=NOW + 3 * MINUTE)
    versions = [event.version for event in desk.heard() if event.event_subject.startswith(begun.proof_id)]
    assert sorted(versions) == [1, 1, 2, 2, 3, 3, 4, 4]


@pytest.mark.parametrize("login", [PHONE, "081299999999"])
def test_nobody_is_sent_codes_without_end(prover: Prover, andi: str, login: str) -> None:
    """Five an hour for a login, known or not; a hundred for a network address."""
    for _ in range(one_time_code.MOST_OF_ONE_PERSON):
        prover.start(login)
    with pytest.raises(TooManyAttempts) as refused:
        prover.start(login)
    assert refused.value.data == {"retry_seconds": 3600}
    assert prover.start(login, now=NOW + one_time_code.WAITS)


def test_one_network_address_cannot_go_through_the_phone_book(
    prover: Prover, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever they ask about; from elsewhere it goes on."""
    monkeypatch.setattr(one_time_code, "MOST_OF_ONE_ADDRESS", 3)
    for number in range(3):
        prover.start(f"08129999000{number}", address="203.0.113.7")
    with pytest.raises(TooManyAttempts):
        prover.start("081299990009", address="203.0.113.7")
    assert prover.start("081299990009", address="203.0.113.8")


@pytest.mark.parametrize("where", ["sign in", "account"])
def test_who_was_throttled_goes_on_at_once(desk: Desk, prover: Prover, andi: str, where: str) -> None:
    """They have proved who they are; what they mistyped before counts no more."""

    def guess() -> None:
        if where == "sign in":
            prover.sign_in(EMAIL, "lupa sama sekali")
        else:
            prover.start_change(andi, phone="081298765432", password="lupa sama sekali")

    with suppress(TooManyAttempts):
        while True:
            with suppress(SignInFailed):
                guess()
    begun, codes = prover.start(EMAIL)
    prover.finish(begun, codes)
    assert prover.sign_in(EMAIL, NEW_PASSWORD).subject == andi
    assert prover.start_change(andi, phone="081298765432", password=NEW_PASSWORD)


def test_a_recovery_is_a_use_of_the_account(desk: Desk, prover: Prover, andi: str) -> None:
    """So what nobody has used for years is not erased an hour after it was recovered."""
    later = NOW + timedelta(days=900)
    begun, codes = prover.start(EMAIL, now=later)
    prover.finish(begun, codes, now=later)
    assert desk.do(unused, since=later - timedelta(days=1), most=9) == []


def test_of_two_who_finish_at_once_one_chooses_the_password(prover: Prover, andi: str) -> None:
    """The codes count once, however many hold them."""
    begun, codes = prover.start(EMAIL)
    passwords = [f"kata sandi {number}" for number in range(4)]
    outcomes = at_once([partial(_finished, prover, begun, codes, password) for password in passwords])
    assert [outcomes.count(one) for one in (True, False)] == [1, 3]
    assert prover.sign_in(EMAIL, passwords[outcomes.index(True)]).subject == andi


def _finished(prover: Prover, begun: AddressProof, codes: Codes, password: str) -> bool:
    try:
        prover.finish(begun, codes, password=password)
    except CodeExpired:
        return False
    return True


def test_right_codes_cost_no_try(prover: Prover, andi: str) -> None:
    """The fifth try may be the right one, also where the request has to be decided anew."""
    begun, codes = prover.start(PHONE)
    for _ in range(one_time_code.TRIES - 1):
        with pytest.raises(BadCode):
            prover.finish(begun, wrong(codes))
    assert prover.finish(begun, codes).subject == andi


def test_a_changed_password_ends_what_a_stranger_began(desk: Desk, prover: Prover, andi: str) -> None:
    """Who sees codes that they did not ask for changes the password, and is safe."""
    begun, codes = prover.start(EMAIL)
    command = ChangePassword(subject=andi, password=PASSWORD, new_password=NEW_PASSWORD)
    desk.do(sessions.change_password, command, sign_in=desk.sign_in())
    with pytest.raises(CodeExpired):
        prover.finish(begun, codes)


def test_a_stranger_is_told_once_that_no_account_is_theirs(desk: Desk, prover: Prover) -> None:
    """However often codes are asked for anew."""
    begun, _ = prover.start("siapa@contoh.id")
    prover.resend(begun, now=NOW + MINUTE)
    declined = [event for event in desk.heard() if isinstance(event, ProofDeclined)]
    assert [(event.address, event.why) for event in declined] == [("siapa@contoh.id", "unknown")]


def test_what_nobody_completes_is_forgotten(desk: Desk, prover: Prover, andi: str) -> None:
    """After an hour, and as long as the codes count that were asked for at its end."""
    prover.start(PHONE)
    kept = one_time_code.WAITS + one_time_code.LIVES
    desk.do(address_proofs.forget_old_proofs, now=NOW + kept - MINUTE)
    assert proofs_in(desk) == 1
    desk.do(address_proofs.forget_old_proofs, now=NOW + kept + MINUTE)
    assert proofs_in(desk) == 0


def test_an_erased_account_cannot_be_recovered(desk: Desk, prover: Prover, andi: str) -> None:
    """The codes are worth nothing, and of the account nothing is left to send any to."""
    begun, codes = prover.start(PHONE)
    erase(desk, andi, password=PASSWORD)
    assert proofs_in(desk) == 0
    with pytest.raises(CodeExpired):
        prover.finish(begun, codes)
    desk.heard()
    prover.start(PHONE)
    assert told(desk.heard()) == {("ProofDeclined", "whatsapp", PHONE)}
