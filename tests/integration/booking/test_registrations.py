"""Registering a person: what is written, the two codes, and what nobody learns by it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text

from contracts.events import CodeIssued, ContactChanged, Event, RegistrationRepeated
from contracts.refusals import Refused
from contracts.requests.accounts import CreateAccount, Registration
from services.booking.domain import one_time_code
from services.booking.errors import (
    AccountExists,
    BadBirthDate,
    BadCode,
    BadNik,
    BadPhone,
    CodeExpired,
    CodesSentAlready,
    NikMismatch,
    TooManyAttempts,
)
from services.booking.handlers import registrations
from services.booking.handlers.one_time_codes import Codes
from services.booking.store import identity_tables, tables
from tests.contention import at_once
from tests.integration.booking.desk import NOW, Desk

MINUTE = timedelta(minutes=1)


def told(events: list[Event]) -> set[tuple[str, str, str]]:
    """Who was told what: the event, the channel and the address."""
    return {
        (type(event).__name__, event.channel, event.address)
        for event in events
        if isinstance(event, CodeIssued | RegistrationRepeated)
    }


def accounts_in(desk: Desk) -> int:
    with desk.database.engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(tables.account)).scalar_one())


def wrong(codes: Codes) -> Codes:
    return replace(codes, email=f"{(int(codes.email) + 1) % 10**6:06}")


def test_each_address_is_sent_a_code_of_its_own(desk: Desk) -> None:
    """Six digits for ten minutes, on the private exchange; there is no account yet."""
    begun, codes = desk.begin(desk.application(phone="0812 3456 7890", email="Andi@Contoh.ID"))
    events = desk.heard()
    assert told(events) == {
        ("CodeIssued", "whatsapp", "+6281234567890"),
        ("CodeIssued", "email", "andi@contoh.id"),
    }
    assert {event.exchange for event in events} == {"antrean.private"}
    assert codes.phone != codes.email
    assert begun.codes_expire_at == NOW + 10 * MINUTE
    assert accounts_in(desk) == 0


def test_both_codes_make_the_account_and_sign_in(desk: Desk) -> None:
    """The token is the new citizen's, and notify is told how to reach them."""
    begun, codes = desk.begin(desk.application(locale="en", display_name=" Bu Rina "))
    desk.heard()
    session = desk.verify(begun, codes)
    (event,) = desk.heard()
    assert isinstance(event, ContactChanged)
    assert (event.person_id, event.display_name, event.locale) == (session.subject, "Bu Rina", "en")
    assert desk.accesses.verify(session.token, now=NOW).subject == session.subject


@pytest.mark.parametrize("shared", ["nik", "phone", "email"])
def test_the_answer_does_not_tell_who_has_an_account(desk: Desk, shared: str) -> None:
    """The same fields, the same times, as many events: only the address itself is told more."""
    taken = desk.application()
    desk.register(**{name: getattr(taken, name) for name in ("nik", "phone", "email")})
    desk.heard()
    stranger, _ = desk.begin(desk.application())
    of_stranger = desk.heard()
    known, _ = desk.begin(desk.application(**{shared: getattr(taken, shared)}))
    of_known = desk.heard()
    assert replace(known, registration_id="") == replace(stranger, registration_id="")
    assert len(of_known) == len(of_stranger) == 2


@pytest.mark.parametrize(("shared", "channel"), [("phone", "whatsapp"), ("email", "email")])
def test_an_address_with_an_account_is_told_so_and_gets_no_code(
    desk: Desk, shared: str, channel: str
) -> None:
    """However it is written; nobody can complete the registration, whatever they type."""
    desk.register(phone="081234567890", email="andi@contoh.id")
    desk.heard()
    written = {"phone": "+62 812-3456-7890", "email": "Andi@Contoh.ID"}[shared]
    begun, codes = desk.begin(desk.application(**{shared: written}))
    repeated = [event for event in desk.heard() if isinstance(event, RegistrationRepeated)]
    assert [event.channel for event in repeated] == [channel]
    with pytest.raises(BadCode):
        desk.verify(begun, codes)


def test_a_nik_with_an_account_is_told_to_who_proved_both_addresses_and_to_its_owner(desk: Desk) -> None:
    """Nobody else: one guess costs a phone number, a mailbox, and the owner's attention."""
    taken = desk.application()
    desk.register(nik=taken.nik, phone="081234567890")
    begun, codes = desk.begin(desk.application(nik=taken.nik))
    desk.heard()
    with pytest.raises(AccountExists):
        desk.verify(begun, codes)
    assert told(desk.heard()) == {("RegistrationRepeated", "whatsapp", "+6281234567890")}
    assert accounts_in(desk) == 1
    for _ in range(5):
        with pytest.raises(AccountExists):
            desk.verify(begun, codes)
    assert desk.heard() == [], "the owner's phone rings once for a registration"


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"nik": "6571013208900001"}, BadNik),
        ({"phone": "12345678"}, BadPhone),
        ({"birth_date": date(2027, 8, 17)}, BadBirthDate),
        ({"birth_date": date(1890, 8, 17)}, BadBirthDate),
        ({"birth_date": date(1990, 8, 18)}, NikMismatch),
        ({"birth_date": date(1991, 8, 17)}, NikMismatch),
        ({"sex": "female"}, NikMismatch),
    ],
)
def test_what_cannot_be_right_is_refused(desk: Desk, change: dict[str, Any], refusal: type[Refused]) -> None:
    """Before anything is written or sent."""
    with pytest.raises(refusal):
        desk.begin(desk.application(**change))
    assert desk.heard() == []


def test_a_womans_nik_has_forty_added_to_the_day(desk: Desk) -> None:
    """Born on the 17th, written 57."""
    assert desk.register(nik="6571015708900001", sex="female")


def test_five_wrong_tries_end_it_whichever_code_was_wrong(desk: Desk) -> None:
    """The right codes are worth nothing then; each refusal tells how many tries are left."""
    begun, codes = desk.begin(desk.application())
    for left in (4, 3, 2, 1, 0):
        with pytest.raises(BadCode) as refused:
            desk.verify(begun, wrong(codes))
        assert refused.value.data == {"tries_left": left}
    with pytest.raises(CodeExpired):
        desk.verify(begun, codes)


def test_guesses_that_come_together_are_five_too(desk: Desk) -> None:
    """Each is counted before it is compared."""
    begun, codes = desk.begin(desk.application())

    def guess() -> object:
        return desk.verify(begun, wrong(codes))

    calls: list[Callable[[], object]] = [guess] * 20
    outcomes = [type(outcome) for outcome in at_once(calls)]
    assert (outcomes.count(BadCode), outcomes.count(CodeExpired)) == (5, 15)


def test_codes_count_for_ten_minutes(desk: Desk) -> None:
    """Not a second longer."""
    begun, codes = desk.begin(desk.application())
    with pytest.raises(CodeExpired):
        desk.verify(begun, codes, now=NOW + one_time_code.LIVES)
    desk.verify(begun, codes, now=NOW + one_time_code.LIVES - timedelta(seconds=1))


def test_a_registration_is_completed_once(desk: Desk) -> None:
    """Twenty at once: one account, one session."""
    begun, codes = desk.begin(desk.application())
    outcomes = at_once([lambda: desk.verify(begun, codes)] * 5)
    assert sum(not isinstance(outcome, Refused) for outcome in outcomes) == 1
    assert accounts_in(desk) == 1


def test_an_unknown_registration_looks_like_an_expired_one(desk: Desk) -> None:
    """Whatever is sent as its id."""
    for nobody in ("0b0d9d1c-8d6e-4c1c-9a53-1c7e3a5d2f10", "no id"):
        begun = Registration(registration_id=nobody, codes_expire_at=NOW, resend_at=NOW, tries_left=5)
        with pytest.raises(CodeExpired):
            desk.verify(begun, Codes(phone="000000", email="000000"))


def test_codes_sent_anew_replace_those_before(desk: Desk) -> None:
    """After a minute, with tries of their own; three times and no more."""
    begun, first = desk.begin(desk.application())
    with pytest.raises(CodesSentAlready) as early:
        desk.resend(begun, now=NOW + MINUTE / 2)
    assert early.value.data == {"retry_seconds": 30}
    codes = first
    for times in (1, 2, 3):
        begun, codes = desk.resend(begun, now=NOW + times * MINUTE)
    with pytest.raises(CodesSentAlready) as often:
        desk.resend(begun, now=NOW + 10 * MINUTE)
    assert often.value.data == {}
    with pytest.raises(BadCode):
        desk.verify(begun, first, now=NOW + 3 * MINUTE)
    desk.verify(begun, codes, now=NOW + 3 * MINUTE)


@pytest.mark.parametrize("shared", ["nik", "phone", "email"])
def test_nobody_is_sent_codes_without_end(desk: Desk, shared: str) -> None:
    """Five registrations an hour for one NIK, phone or mailbox, known or not."""
    value = getattr(desk.application(), shared)
    for _ in range(one_time_code.MOST_OF_ONE_PERSON):
        desk.begin(desk.application(**{shared: value}))
    with pytest.raises(TooManyAttempts):
        desk.begin(desk.application(**{shared: value}))
    assert desk.begin(desk.application())
    assert desk.begin(desk.application(**{shared: value}), now=NOW + one_time_code.WAITS)


def test_one_network_address_registers_so_many_an_hour(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """And another one is not held up by it."""
    monkeypatch.setattr(one_time_code, "MOST_OF_ONE_ADDRESS", 3)
    for _ in range(3):
        desk.begin(desk.application(address="203.0.113.7"))
    with pytest.raises(TooManyAttempts):
        desk.begin(desk.application(address="203.0.113.7"))
    assert desk.begin(desk.application(address="203.0.113.8"))


def test_what_nobody_completes_is_forgotten(desk: Desk) -> None:
    """Names and addresses of people who did not prove them."""
    desk.begin(desk.application())
    kept = one_time_code.WAITS + one_time_code.LIVES
    desk.do(registrations.forget_old_registrations, now=NOW + kept + MINUTE)
    with desk.database.engine.connect() as connection:
        assert connection.execute(select(identity_tables.registration)).all() == []


def test_the_database_holds_no_nik_no_password_and_no_code_as_text(desk: Desk) -> None:
    """A stolen copy shows none of them, before and after; the ciphertext opens with the vault."""
    application = desk.application()
    begun, codes = desk.begin(application)
    waiting = _dump(desk, "registration")
    person = desk.verify(begun, codes).subject
    with desk.database.engine.connect() as connection:
        row = connection.execute(select(tables.account)).one()
    for dump in (waiting, _dump(desk, "account")):
        for secret in _secrets(application, codes):
            assert secret not in dump
    assert desk.vault.open(row.nik_ciphertext, person_id=person) == application.nik
    assert (row.nik_key_id, row.birth_date, row.sex) == (desk.vault.key_id, date(1990, 8, 17), "male")


def _secrets(application: CreateAccount, codes: Codes) -> tuple[str, ...]:
    return (
        application.nik,
        application.nik.encode().hex(),
        application.password,
        f",{codes.phone},",
        f",{codes.email},",
    )


def _dump(desk: Desk, table: str) -> str:
    with desk.database.engine.connect() as connection:
        return str(connection.execute(text(f"SELECT {table}::text FROM {table}")).scalar_one())  # noqa: S608
