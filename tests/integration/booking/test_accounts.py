"""Registering a person."""

from functools import partial
from typing import Any

import pytest
from sqlalchemy import select, text

from contracts.events import ContactChanged
from contracts.refusals import Refused
from services.booking.errors import AccountExists, BadNik, BadPhone
from services.booking.handlers import accounts
from services.booking.store import tables
from tests.contention import at_once
from tests.integration.booking.desk import PASSWORDS, Desk


def test_a_registered_person_gets_an_account_in_one_form(desk: Desk) -> None:
    """The phone in E.164, the e-mail in lower case, names without blanks around them."""
    application = desk.application(name=" Andi Wijaya ", phone="0812 3456 7890", email="Andi@Contoh.ID")
    account = desk.do(accounts.create_account, application, vault=desk.vault, passwords=PASSWORDS)
    assert (account.name, account.phone, account.email) == ("Andi Wijaya", "+6281234567890", "andi@contoh.id")


def test_notify_is_told_how_to_reach_the_person(desk: Desk) -> None:
    """On the private exchange; the event has no NIK and no password."""
    person = desk.register(locale="en", display_name="Bu Rina")
    (event,) = desk.heard()
    assert isinstance(event, ContactChanged)
    assert (event.person_id, event.display_name, event.locale, event.version) == (person, "Bu Rina", "en", 1)
    assert event.exchange == "antrean.private"


@pytest.mark.parametrize("shared", ["nik", "phone", "email"])
def test_a_second_account_with_the_same_nik_phone_or_email_is_refused(desk: Desk, shared: str) -> None:
    """With one code for all three, so that nobody learns who is registered."""
    application = desk.application()
    desk.register(**{name: getattr(application, name) for name in ("nik", "phone", "email")})
    with pytest.raises(AccountExists) as refused:
        desk.register(**{shared: getattr(application, shared)})
    assert refused.value.data == {}


@pytest.mark.parametrize(
    ("first", "second"),
    [({"phone": "081234567890"}, {"phone": "+62 812-3456-7890"}), ({"email": "a@b.id"}, {"email": "A@B.id"})],
)
def test_another_way_of_writing_makes_no_second_account(
    desk: Desk, first: dict[str, Any], second: dict[str, Any]
) -> None:
    """They are compared in their one form."""
    desk.register(**first)
    with pytest.raises(AccountExists):
        desk.register(**second)


@pytest.mark.parametrize(
    ("change", "refusal"), [({"nik": "6571013208900001"}, BadNik), ({"phone": "12345678"}, BadPhone)]
)
def test_what_cannot_be_right_is_refused(desk: Desk, change: dict[str, Any], refusal: type[Refused]) -> None:
    """Before anything is written."""
    with pytest.raises(refusal):
        desk.register(**change)
    assert desk.heard() == []


def test_twenty_registrations_of_one_person_at_once_make_one_account(desk: Desk) -> None:
    """The database decides who was first."""
    applications = [desk.application(nik="6571011708900001") for _ in range(20)]
    register = partial(desk.do, accounts.create_account, vault=desk.vault, passwords=PASSWORDS)
    outcomes = at_once([partial(register, application) for application in applications])
    assert sum(not isinstance(outcome, AccountExists) for outcome in outcomes) == 1
    assert len(desk.heard()) == 1


def test_the_database_holds_no_nik_and_no_password_as_text(desk: Desk) -> None:
    """A stolen copy shows neither; the ciphertext opens with the vault."""
    application = desk.application()
    person = desk.register(nik=application.nik)
    with desk.database.engine.connect() as connection:
        dump = str(connection.execute(text("SELECT account::text FROM account")).scalar_one())
        row = connection.execute(select(tables.account)).one()
    assert application.nik not in dump
    assert application.nik.encode().hex() not in dump
    assert application.password not in dump
    assert desk.vault.open(row.nik_ciphertext, person_id=person) == application.nik
    assert row.nik_key_id == desk.vault.key_id
