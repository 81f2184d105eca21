"""Another phone, another mailbox: proved by codes, with the password; the addresses before are told."""

from datetime import date, timedelta
from functools import partial

import pytest

from contracts.events import ContactChanged
from contracts.requests.address_proofs import FinishContactChange
from contracts.requests.dependents import AddDependent
from services.booking.domain import one_time_code
from services.booking.errors import (
    AccountExists,
    BadCode,
    BadPhone,
    CodeExpired,
    ContactMissing,
    SignInFailed,
    TooManyAttempts,
    UnknownAccount,
)
from services.booking.handlers.contact_changes import finish_contact_change
from services.booking.handlers.dependents import add_dependent
from services.booking.handlers.one_time_codes import Codes
from tests.contention import overlap
from tests.integration.booking.desk import NOW, Desk
from tests.integration.booking.proving import EMAIL, NEW_PASSWORD, PASSWORD, PHONE, Prover, told

NEW_PHONE, NEW_EMAIL = "+6281298765432", "andi.baru@contoh.id"


@pytest.fixture
def prover(desk: Desk) -> Prover:
    return Prover(desk=desk)


@pytest.fixture
def andi(desk: Desk) -> str:
    person_id = desk.register(phone=PHONE, email=EMAIL, password=PASSWORD)
    desk.heard()
    return person_id


def sari(guardian_id: str) -> AddDependent:
    return AddDependent(
        guardian_id=guardian_id, name="Sari", display_name="Adik Sari", nik="6571015703190001",
        birth_date=date(2019, 3, 17),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("to", "reached"),
    [
        ({"phone": "0812 9876 5432"}, (NEW_PHONE, EMAIL)),
        ({"email": "Andi.Baru@contoh.id"}, (PHONE, NEW_EMAIL)),
        ({"phone": NEW_PHONE, "email": NEW_EMAIL}, (NEW_PHONE, NEW_EMAIL)),
    ],
)
def test_each_new_address_proves_itself_and_no_other(
    desk: Desk, prover: Prover, andi: str, to: dict[str, str], reached: tuple[str, str]
) -> None:
    """Messages go there from then on, one signs in with it, and the addresses before are told."""
    begun, codes = prover.start_change(andi, **to)
    assert {address for _, _, address in told(desk.heard())} == set(reached) - {PHONE, EMAIL}
    prover.finish_change(andi, begun, codes)
    events = desk.heard()
    assert told(events) == {("SignInChanged", "whatsapp", PHONE), ("SignInChanged", "email", EMAIL)}
    (contact,) = [event for event in events if isinstance(event, ContactChanged)]
    assert (contact.phone, contact.email, contact.version) == (*reached, 2)
    assert [prover.sign_in(login, PASSWORD).subject for login in reached] == [andi, andi]


def test_the_session_goes_on(desk: Desk, prover: Prover, andi: str) -> None:
    """Only what one is reached at has changed; nobody has to sign in again."""
    before = prover.sign_in(PHONE, PASSWORD)
    begun, codes = prover.start_change(andi, phone=NEW_PHONE)
    prover.finish_change(andi, begun, codes)
    after = prover.sign_in(NEW_PHONE, PASSWORD)
    versions = {desk.accesses.verify(one.token, now=NOW).session_version for one in (before, after)}
    assert len(versions) == 1


def test_the_password_is_asked_for_once_more(desk: Desk, prover: Prover, andi: str) -> None:
    """A phone left on a table shall not lose its account."""
    with pytest.raises(SignInFailed):
        prover.start_change(andi, phone=NEW_PHONE, password=NEW_PASSWORD)
    assert desk.heard() == []


def test_a_code_too_many_is_a_wrong_one(prover: Prover, andi: str) -> None:
    """Nothing that was typed is passed over."""
    begun, codes = prover.start_change(andi, phone=NEW_PHONE)
    with pytest.raises(BadCode):
        prover.finish_change(andi, begun, Codes(phone=codes.phone, email="123456"))
    with pytest.raises(BadCode):
        prover.finish_change(andi, begun, Codes.typed(None, None))


def test_other_codes_go_to_the_same_addresses(desk: Desk, prover: Prover, andi: str) -> None:
    """Where only the phone changes, the mailbox hears nothing."""
    begun, _ = prover.start_change(andi, phone=NEW_PHONE)
    desk.heard()
    _, codes = prover.resend(begun, now=NOW + one_time_code.RESEND_AFTER)
    assert told(desk.heard()) == {("ProofCodeIssued", "whatsapp", NEW_PHONE)}
    prover.finish_change(andi, begun, codes)
    assert prover.sign_in(NEW_PHONE, PASSWORD).subject == andi


def test_anothers_number_is_told_so_and_gets_no_code(desk: Desk, prover: Prover, andi: str) -> None:
    """The asker is answered as ever, and learns nothing."""
    desk.register(phone=NEW_PHONE)
    desk.heard()
    begun, _ = prover.start_change(andi, phone=NEW_PHONE)
    assert told(desk.heard()) == {("ProofDeclined", "whatsapp", NEW_PHONE)}
    with pytest.raises(BadCode):
        prover.finish_change(andi, begun, Codes.typed("000000", None))


def test_of_two_who_want_a_number_the_second_is_refused(desk: Desk, prover: Prover, andi: str) -> None:
    """Nothing of theirs changes."""
    begun, codes = prover.start_change(andi, phone=NEW_PHONE)
    desk.register(phone=NEW_PHONE)
    with pytest.raises(AccountExists):
        prover.finish_change(andi, begun, codes)
    assert prover.sign_in(PHONE, PASSWORD).subject == andi


def test_nobody_completes_what_another_began(desk: Desk, prover: Prover, andi: str) -> None:
    """Even with the codes."""
    begun, codes = prover.start_change(andi, phone=NEW_PHONE)
    with pytest.raises(CodeExpired):
        prover.finish_change(desk.person(), begun, codes)
    assert prover.sign_in(PHONE, PASSWORD).subject == andi


def test_a_change_is_no_recovery(prover: Prover, andi: str) -> None:
    """Its codes choose no password, and are refused as if no account stood behind them."""
    begun, codes = prover.start_change(andi, phone=NEW_PHONE, email=NEW_EMAIL)
    with pytest.raises(BadCode):
        prover.finish(begun, codes)


def test_what_cannot_be_is_refused(desk: Desk, prover: Prover, andi: str) -> None:
    """Nothing is sent."""
    for nothing_new in ({}, {"phone": "0812 3456 7890"}, {"phone": PHONE, "email": EMAIL}):
        with pytest.raises(ContactMissing):
            prover.start_change(andi, **nothing_new)
    with pytest.raises(BadPhone):
        prover.start_change(andi, phone="12345678")
    with pytest.raises((UnknownAccount, SignInFailed)):
        prover.start_change("0b0d9d1c-8d6e-4c1c-9a53-1c7e3a5d2f10", phone=NEW_PHONE)
    assert desk.heard() == []


def test_the_family_is_reached_there_too(desk: Desk, prover: Prover, andi: str) -> None:
    """Messages about a child's booking go to the parent's phone of today, under a newer version."""
    child = desk.do(add_dependent, sari(andi), adding=desk.adding()).person_id
    before = [event for event in desk.heard() if isinstance(event, ContactChanged)][-1]
    begun, codes = prover.start_change(andi, phone=NEW_PHONE)
    prover.finish_change(andi, begun, codes, now=NOW + timedelta(seconds=1))
    told = {event.person_id: event for event in desk.heard() if isinstance(event, ContactChanged)}
    assert (told[child].phone, told[child].email) == (NEW_PHONE, EMAIL)
    assert told[child].version > before.version
    assert told[andi].phone == NEW_PHONE


def test_a_child_added_meanwhile_is_reached_there_too(desk: Desk, prover: Prover, andi: str) -> None:
    """Whoever is added while the number changes waits for it."""
    begun, codes = prover.start_change(andi, phone=NEW_PHONE)
    change = FinishContactChange(person_id=andi, proof_id=begun.proof_id, phone_code=codes.phone)
    _, child = overlap(
        desk.database,
        partial(finish_contact_change, command=change, sign_in=desk.sign_in()),
        lambda: desk.do(add_dependent, sari(andi), adding=desk.adding()),
        second_waits=True,
        now=NOW,
    )
    told = {event.person_id: event for event in desk.heard() if isinstance(event, ContactChanged)}
    assert told[child.person_id].phone == NEW_PHONE


def test_the_number_of_now_needs_no_code(desk: Desk, prover: Prover, andi: str) -> None:
    """A browser fills it in beside the new mailbox; who has lost that phone could not read it."""
    begun, codes = prover.start_change(andi, phone=PHONE, email=NEW_EMAIL)
    assert told(desk.heard()) == {("ProofCodeIssued", "email", NEW_EMAIL)}
    prover.finish_change(andi, begun, codes)
    assert prover.sign_in(NEW_EMAIL, PASSWORD).subject == andi


def test_one_number_is_not_sent_codes_without_end(desk: Desk, prover: Prover) -> None:
    """Whoever wants to be reached there: it may be a stranger's."""
    people = [desk.register(password=PASSWORD) for _ in range(6)]
    for person in people[:5]:
        prover.start_change(person, phone=NEW_PHONE)
    with pytest.raises(TooManyAttempts):
        prover.start_change(people[5], phone=NEW_PHONE)
