"""Signing in."""

from datetime import datetime, timedelta

import pytest
import uuid_utils
from sqlalchemy import func, select

from contracts.requests.accounts import OpenSession, Session
from contracts.words import Role
from services.booking.domain.throttle import FAILURES_ALLOWED, WINDOW
from services.booking.errors import SignInFailed, TooManyAttempts
from services.booking.handlers import sessions
from services.booking.store import identity_tables
from services.booking.store.accounts import StaffRecord, put_staff
from tests.integration.booking.desk import NOW, PASSWORDS, Desk

PASSWORD = "sepuluh huruf"


def sign_in(desk: Desk, login: str, password: str = PASSWORD, *, now: datetime = NOW) -> Session:
    return desk.do(
        sessions.open_session, OpenSession(login=login, password=password), sign_in=desk.sign_in(now), now=now
    )


def fail(desk: Desk, login: str, times: int, *, now: datetime = NOW) -> None:
    for _ in range(times):
        with pytest.raises(SignInFailed):
            sign_in(desk, login, "another password", now=now)


def hire(desk: Desk, login: str, role: Role) -> str:
    record = StaffRecord(
        staff_id=str(uuid_utils.uuid7()),
        login=login,
        display_name="Petugas Tarakan",
        role=role,
        office="TRK",
        password_hash=PASSWORDS.hash(PASSWORD),
    )
    desk.do(put_staff, record)
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
        assert connection.execute(select(func.count()).select_from(identity_tables.sign_in_failure)).scalar_one() == 3
