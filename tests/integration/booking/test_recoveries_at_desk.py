"""Who has lost phone or mailbox shows an officer the identity card."""

from datetime import date

import pytest

from contracts.events import ContactChanged, ProofDeclined, SignInChanged
from services.booking.errors import (
    AccountExists,
    BadPhone,
    CodeExpired,
    NoSuchAccount,
    SignInFailed,
    TooManyAttempts,
)
from services.booking.handlers import audit as audit_log
from services.booking.handlers import recoveries
from services.booking.store.audit import latest
from tests.integration.booking.desk import Desk
from tests.integration.booking.proving import EMAIL, NEW_PASSWORD, PASSWORD, PHONE, Prover, told
from tests.integration.booking.test_assistance import BORN, NIK, assist

NEW_PHONE, NEW_EMAIL = "+6281298765432", "andi.baru@contoh.id"


@pytest.fixture
def prover(desk: Desk) -> Prover:
    desk.add_office()
    desk.heard()
    return Prover(desk=desk)


def test_the_addresses_of_today_become_the_accounts(desk: Desk, prover: Prover) -> None:
    """With their codes alone; the addresses before are told so, and sign in no more."""
    taken = desk.application(phone=PHONE, email=EMAIL, password=PASSWORD)
    andi = desk.verify(*desk.begin(taken)).subject
    desk.heard()
    begun, codes = prover.start_at_desk(taken.nik, phone="081298765432", email="Andi.Baru@contoh.id")
    assert told(desk.heard()) == {
        ("ProofCodeIssued", "whatsapp", NEW_PHONE),
        ("ProofCodeIssued", "email", NEW_EMAIL),
    }
    assert prover.finish(begun, codes).subject == andi
    events = desk.heard()
    assert told(events) == {("SignInChanged", "whatsapp", PHONE), ("SignInChanged", "email", EMAIL)}
    assert [event.what for event in events if isinstance(event, SignInChanged)] == ["contact", "contact"]
    (contact,) = [event for event in events if isinstance(event, ContactChanged)]
    assert (contact.phone, contact.email, contact.version) == (NEW_PHONE, NEW_EMAIL, 2)
    assert prover.sign_in(NEW_PHONE, NEW_PASSWORD).subject == andi
    with pytest.raises(SignInFailed):
        prover.sign_in(PHONE, NEW_PASSWORD)


def test_it_is_in_the_audit_log(desk: Desk, prover: Prover) -> None:
    """Who asked, for whom, found or not; and that codes were sent. The chain holds."""
    taken = desk.application()
    andi = desk.verify(*desk.begin(taken)).subject
    prover.start_at_desk(taken.nik, phone=PHONE, email=EMAIL)
    with pytest.raises(NoSuchAccount):
        prover.start_at_desk("6571011708907777", phone=PHONE, email=EMAIL)
    entries = [entry.deed for entry in desk.do(latest, 9, subject=None)]
    assert sorted((deed.action, deed.actor, deed.subject) for deed in entries) == [
        ("recovery_asked", "officer", andi),
        ("recovery_asked", "officer", "nobody"),
        ("recovery_started", "officer", andi),
    ]
    assert desk.do(audit_log.verify, key=desk.vault.audit_key).broken is None


def test_a_slip_in_the_serial_opens_no_strangers_account(desk: Desk, prover: Prover) -> None:
    """Two people of one day and district: their NIKs differ by one, and so do their names."""
    desk.register(nik="6571011708901001", name="Andi Wijaya")
    desk.register(nik="6571011708901002", name="Siti Rahmawati")
    desk.heard()
    with pytest.raises(NoSuchAccount):
        prover.start_at_desk("6571011708901002", phone=PHONE, email=EMAIL, name="Andi Wijaya")
    assert desk.heard() == []
    assert prover.start_at_desk("6571011708901002", phone=PHONE, email=EMAIL, name="SITI RAHMAWATI.")


def test_an_officer_asks_forty_times_a_day(
    desk: Desk, prover: Prover, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever comes of it: who asks and asks looks for somebody."""
    monkeypatch.setattr(recoveries, "MOST_A_DAY", 2)
    taken = desk.application()
    desk.verify(*desk.begin(taken))
    for _ in range(2):
        with pytest.raises(NoSuchAccount):
            prover.start_at_desk("6571011708907777", phone=PHONE, email=EMAIL)
    with pytest.raises(TooManyAttempts):
        prover.start_at_desk(taken.nik, phone=PHONE, email=EMAIL)


def test_a_number_of_another_account_is_told_so_and_gets_no_code(desk: Desk, prover: Prover) -> None:
    """So nobody's phone becomes two people's."""
    desk.register(phone=NEW_PHONE)
    taken = desk.application()
    desk.verify(*desk.begin(taken))
    desk.heard()
    prover.start_at_desk(taken.nik, phone=NEW_PHONE, email=EMAIL)
    events = desk.heard()
    assert told(events) == {("ProofDeclined", "whatsapp", NEW_PHONE), ("ProofCodeIssued", "email", EMAIL)}
    assert [event.why for event in events if isinstance(event, ProofDeclined)] == ["taken"]


def test_a_number_that_another_took_meanwhile_stays_theirs(desk: Desk, prover: Prover) -> None:
    """Refused, and everything stays as it was."""
    taken = desk.application(phone=PHONE, email=EMAIL, password=PASSWORD)
    andi = desk.verify(*desk.begin(taken)).subject
    begun, codes = prover.start_at_desk(taken.nik, phone=NEW_PHONE, email=NEW_EMAIL)
    desk.register(phone=NEW_PHONE)
    with pytest.raises(AccountExists):
        prover.finish(begun, codes)
    assert prover.sign_in(PHONE, PASSWORD).subject == andi


def test_an_older_attempt_cannot_take_the_account_back(desk: Desk, prover: Prover) -> None:
    """Begun with the addresses before, it ends with the change."""
    taken = desk.application(phone=PHONE, email=EMAIL)
    desk.verify(*desk.begin(taken))
    older, older_codes = prover.start(PHONE)
    begun, codes = prover.start_at_desk(taken.nik, phone=NEW_PHONE, email=NEW_EMAIL)
    prover.finish(begun, codes)
    with pytest.raises(CodeExpired):
        prover.finish(older, older_codes)


@pytest.mark.parametrize(("nik", "born"), [("6571013208900001", date(1990, 8, 17)), ("", date(1990, 8, 18))])
def test_nik_and_birth_date_must_be_those_of_the_account(
    desk: Desk, prover: Prover, nik: str, born: date
) -> None:
    """A mistyped NIK shall not give away somebody else's account."""
    taken = desk.application()
    desk.verify(*desk.begin(taken))
    desk.heard()
    with pytest.raises(NoSuchAccount):
        prover.start_at_desk(nik or taken.nik, phone=PHONE, email=EMAIL, born=born)
    assert desk.heard() == []


def test_who_was_only_helped_to_book_has_no_account_yet(desk: Desk, prover: Prover) -> None:
    """They register, and prove there that what was booked is theirs."""
    assist(desk, desk.add_slot())
    with pytest.raises(NoSuchAccount):
        prover.start_at_desk(NIK, phone=PHONE, email=EMAIL, born=BORN)


def test_a_number_that_cannot_be_dialled_is_refused(desk: Desk, prover: Prover) -> None:
    """Nothing is sent."""
    taken = desk.application()
    desk.verify(*desk.begin(taken))
    with pytest.raises(BadPhone):
        prover.start_at_desk(taken.nik, phone="12345678", email=EMAIL)
