"""Signing in."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import uuid_utils
from sqlalchemy import func, select

from contracts.events import SessionsRevoked, SignInChanged
from contracts.requests.accounts import (
    ChangePassword,
    CloseSessions,
    ListRevocations,
    OpenSession,
    Session,
)
from contracts.words import Role
from services.booking.domain import throttle
from services.booking.domain.throttle import FAILURES_ALLOWED, WINDOW
from services.booking.errors import SignInFailed, TooManyAttempts, UnknownAccount
from services.booking.handlers import sessions
from services.booking.handlers.passwords import Passwords
from services.booking.store import identity_tables
from services.booking.store.accounts import StaffRecord
from services.booking.store.colleagues import add as add_staff
from tests.integration.booking.desk import NOW, PASSWORDS, Desk

PASSWORD = "sepuluh huruf"


def sign_in(
    desk: Desk, login: str, password: str = PASSWORD, *, now: datetime = NOW, address: str | None = None
) -> Session:
    command = OpenSession(login=login, password=password, address=address)
    return desk.do(sessions.open_session, command, sign_in=desk.sign_in(now), now=now)


def fail(desk: Desk, login: str, times: int, *, now: datetime = NOW, address: str | None = None) -> None:
    for _ in range(times):
        with pytest.raises(SignInFailed):
            sign_in(desk, login, "another password", now=now, address=address)


def hire(desk: Desk, login: str, role: Role) -> str:
    record = StaffRecord(
        staff_id=str(uuid_utils.uuid7()),
        login=login,
        display_name="Petugas Tarakan",
        role=role,
        office="TRK",
        password_hash=PASSWORDS.hash(PASSWORD),
    )
    desk.do(add_staff, record)
    return record.staff_id


@pytest.mark.parametrize("login", ["andi@contoh.id", " Andi@Contoh.ID", "081234567890", "+62 812-3456-7890"])
def test_a_citizen_signs_in_with_email_or_phone(desk: Desk, login: str) -> None:
    """However it is written; the token says the same as the answer, and no office."""
    person = desk.register(phone="0812 3456 7890", email="Andi@contoh.id")
    session = sign_in(desk, login)
    access = desk.accesses.verify(session.token, now=NOW)
    assert (session.subject, session.role, session.office) == (person, "citizen", None)
    assert (access.subject, access.role, access.office) == (person, "citizen", None)
    assert access.display_name == session.display_name == "Pak Andi"
    assert session.expires_at == access.expires_at == NOW + timedelta(hours=12)


@pytest.mark.parametrize(("role", "lasts"), [("officer", timedelta(hours=12)), ("kiosk", timedelta(days=30))])
def test_staff_sign_in_with_their_login_for_their_office(desk: Desk, role: Role, lasts: timedelta) -> None:
    """A device stays signed in for weeks: nobody types its password every morning."""
    staff_id = hire(desk, "petugas.trk", role)
    session = sign_in(desk, "Petugas.TRK")
    assert (session.subject, session.role, session.office) == (staff_id, role, "TRK")
    assert session.expires_at == NOW + lasts


def test_a_wrong_password_and_an_unknown_login_are_refused_alike(desk: Desk) -> None:
    """One code, no data: nobody learns who has an account."""
    desk.register(email="andi@contoh.id")
    for login in ("andi@contoh.id", "nobody@contoh.id", "081299999999", "nobody"):
        with pytest.raises(SignInFailed) as refused:
            sign_in(desk, login, "another password")
        assert refused.value.data == {}


def test_too_many_failures_make_the_login_wait(desk: Desk) -> None:
    """Even with the right password, until the quarter of an hour is over."""
    desk.register(email="andi@contoh.id")
    fail(desk, "andi@contoh.id", FAILURES_ALLOWED)
    with pytest.raises(TooManyAttempts) as refused:
        sign_in(desk, "andi@contoh.id")
    assert refused.value.data == {"retry_seconds": WINDOW.total_seconds()}
    assert sign_in(desk, "andi@contoh.id", now=NOW + WINDOW).role == "citizen"


def test_an_unknown_login_has_to_wait_too(desk: Desk) -> None:
    """Otherwise the wait would tell who has an account."""
    fail(desk, "nobody@contoh.id", FAILURES_ALLOWED)
    with pytest.raises(TooManyAttempts):
        sign_in(desk, "nobody@contoh.id")


def test_another_way_of_writing_the_login_gives_no_more_attempts(desk: Desk) -> None:
    """Failures count for the phone number, not for its spelling."""
    desk.register(phone="081234567890")
    fail(desk, "0812-3456-7890", 5)
    fail(desk, "+6281234567890", 5)
    with pytest.raises(TooManyAttempts):
        sign_in(desk, "0812 3456 7890")


def test_a_success_forgets_the_failures_before_it(desk: Desk) -> None:
    """A person who mistypes now and then never has to wait."""
    desk.register(email="andi@contoh.id")
    fail(desk, "andi@contoh.id", FAILURES_ALLOWED - 1)
    sign_in(desk, "andi@contoh.id")
    fail(desk, "andi@contoh.id", FAILURES_ALLOWED - 1)
    assert sign_in(desk, "andi@contoh.id").role == "citizen"


def test_one_login_does_not_wait_for_anothers_failures(desk: Desk) -> None:
    """The limit is each login's own."""
    desk.register(email="andi@contoh.id")
    fail(desk, "rina@contoh.id", FAILURES_ALLOWED)
    assert sign_in(desk, "andi@contoh.id").role == "citizen"


def test_old_failures_are_dropped_and_recent_ones_kept(desk: Desk) -> None:
    """The table does not grow for ever."""
    fail(desk, "andi@contoh.id", 2)
    fail(desk, "andi@contoh.id", 3, now=NOW + WINDOW)
    desk.do(sessions.forget_old_failures, now=NOW + WINDOW + timedelta(seconds=1))
    with desk.database.engine.connect() as connection:
        assert (
            connection.execute(select(func.count()).select_from(identity_tables.sign_in_failure)).scalar_one()
            == 3
        )


def test_one_address_cannot_try_one_login_after_the_other(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even with a right password, while another address still signs in."""
    monkeypatch.setattr(throttle, "LOGINS_ALLOWED_OF_ADDRESS", 3)
    desk.register(email="andi@contoh.id")
    for guessed in ("rina@contoh.id", "budi@contoh.id", "petugas.trk"):
        fail(desk, guessed, 1, address="203.0.113.7")
    with pytest.raises(TooManyAttempts):
        sign_in(desk, "andi@contoh.id", address="203.0.113.7")
    assert sign_in(desk, "andi@contoh.id", address="203.0.113.8").role == "citizen"


def test_who_hammers_at_one_login_keeps_nobody_else_out(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The address counts one login, however often it failed; behind the same address others still sign in."""
    monkeypatch.setattr(throttle, "LOGINS_ALLOWED_OF_ADDRESS", 3)
    desk.register(email="andi@contoh.id")
    fail(desk, "rina@contoh.id", throttle.FAILURES_ALLOWED, address="203.0.113.7")
    with pytest.raises(TooManyAttempts):
        sign_in(desk, "rina@contoh.id", address="203.0.113.7")
    assert sign_in(desk, "andi@contoh.id", address="203.0.113.7").role == "citizen"


def test_a_success_does_not_forgive_the_address(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has one account could else guess at the others without end."""
    monkeypatch.setattr(throttle, "LOGINS_ALLOWED_OF_ADDRESS", 2)
    desk.register(email="andi@contoh.id")
    fail(desk, "rina@contoh.id", 1, address="203.0.113.7")
    sign_in(desk, "andi@contoh.id", address="203.0.113.7")
    fail(desk, "budi@contoh.id", 1, address="203.0.113.7")
    with pytest.raises(TooManyAttempts):
        sign_in(desk, "andi@contoh.id", address="203.0.113.7")


@pytest.mark.parametrize("login", ["andi@contoh.id", "nobody@contoh.id", "081299999999", "nobody"])
def test_one_password_is_hashed_whoever_the_login_belongs_to(desk: Desk, login: str) -> None:
    """And if it belongs to nobody: the time does not tell."""
    desk.register(email="andi@contoh.id")
    hashed: list[str] = []

    def count(function: Callable[..., object], *arguments: object) -> object:
        hashed.append(getattr(function, "__name__", ""))
        return function(*arguments)

    parts = replace(desk.sign_in(), passwords=Passwords(run=count))
    command = OpenSession(login=login, password="another password")
    with pytest.raises(SignInFailed):
        desk.do(sessions.open_session, command, sign_in=parts)
    assert hashed == ["verify"]


def test_signing_out_everywhere_ends_what_was_given_out(desk: Desk) -> None:
    """Whoever checks tokens hears of it, or asks; the next session counts again."""
    person = desk.register(email="andi@contoh.id")
    before = desk.accesses.verify(sign_in(desk, "andi@contoh.id").token, now=NOW)
    desk.heard()
    desk.do(sessions.close_sessions, CloseSessions(subject=person))
    assert desk.heard() == [SessionsRevoked(version=2, subject=person)]
    after = desk.accesses.verify(sign_in(desk, "andi@contoh.id").token, now=NOW)
    assert (before.session_version, after.session_version) == (1, 2)
    assert revoked(desk) == {person: 2}


def test_a_device_is_signed_out_too(desk: Desk) -> None:
    """A kiosk's session lasts for weeks, so what is known of it does too."""
    kiosk = hire(desk, "kios.trk", "kiosk")
    desk.do(sessions.close_sessions, CloseSessions(subject=kiosk))
    assert revoked(desk, now=NOW + timedelta(days=29)) == {kiosk: 2}
    assert revoked(desk, now=NOW + timedelta(days=31)) == {}


def test_nobody_has_sessions_to_end(desk: Desk) -> None:
    """Whatever is said to be the subject."""
    for subject in ("no id", "0b0d9d1c-8d6e-4c1c-9a53-1c7e3a5d2f10"):
        with pytest.raises(UnknownAccount):
            desk.do(sessions.close_sessions, CloseSessions(subject=subject))


@pytest.mark.parametrize("role", ["citizen", "officer"])
def test_a_changed_password_ends_all_sessions_and_begins_one(desk: Desk, role: Role) -> None:
    """The old password is none any more; a citizen is told over both channels, staff have none."""
    login = "andi@contoh.id" if role == "citizen" else "petugas.trk"
    subject = desk.register(email=login) if role == "citizen" else hire(desk, login, role)
    desk.heard()
    session = change(desk, subject, PASSWORD)
    revoked, *told = desk.heard()
    assert revoked == SessionsRevoked(version=2, subject=subject)
    assert [type(event) for event in told] == (2 * [SignInChanged] if role == "citizen" else [])
    assert desk.accesses.verify(session.token, now=NOW).session_version == 2
    assert sign_in(desk, login, "a second password").role == role
    fail(desk, login, 1)


def test_a_password_is_changed_by_who_knows_the_old_one(desk: Desk) -> None:
    """A borrowed phone is not enough; guesses count as failed sign-ins do, and change nothing."""
    person = desk.register(email="andi@contoh.id")
    desk.heard()
    for _ in range(FAILURES_ALLOWED):
        with pytest.raises(SignInFailed):
            change(desk, person, "another password")
    with pytest.raises(TooManyAttempts):
        change(desk, person, PASSWORD)
    assert desk.heard() == []
    assert sign_in(desk, "andi@contoh.id").role == "citizen"


def change(desk: Desk, subject: str, password: str) -> Session:
    command = ChangePassword(subject=subject, password=password, new_password="a second password")
    return desk.do(sessions.change_password, command, sign_in=desk.sign_in())


def revoked(desk: Desk, *, now: datetime = NOW) -> dict[str, int]:
    listed = desk.do(sessions.list_revocations, ListRevocations(), sign_in=desk.sign_in(now), now=now)
    return {one.subject: one.session_version for one in listed.revocations}
