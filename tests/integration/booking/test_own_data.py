"""A copy of all that is kept about a person, and an end to it."""

from datetime import datetime, timedelta

import pytest
import uuid_utils
from sqlalchemy import select, text

from chassis.database import Transaction
from contracts.events import BookingCancelled, ContactChanged, PersonErased, SessionsRevoked
from contracts.requests.booking import CancelBooking
from contracts.requests.dependents import RemoveDependent
from contracts.requests.own_data import ErasePerson, Erasure, ExportPerson, PersonExport
from services.booking.domain.refund import Refund
from services.booking.domain.throttle import FAILURES_ALLOWED
from services.booking.domain.waitlist import Entry
from services.booking.errors import SignInFailed, TooManyAttempts, UnknownAccount
from services.booking.handlers import dependents, own_bookings, own_data
from services.booking.handlers.own_data import RETENTION_ACTOR, Erasing, Retention
from services.booking.store import refunds, tables, waitlist
from services.booking.store.audit import latest
from tests.held_clock import hold_ids
from tests.integration.booking.desk import NOW, TODAY, Desk
from tests.integration.booking.test_parties import add, party

PASSWORD = "sepuluh huruf"
KEPT = timedelta(days=365)


def export(desk: Desk, person: str) -> PersonExport:
    return desk.do(own_data.export_person, ExportPerson(person_id=person), vault=desk.vault)


def erasing(desk: Desk) -> Erasing:
    def give_up(tx: Transaction, command: CancelBooking) -> object:
        return own_bookings.cancel_booking(tx, command, signer=desk.ticket_signer, returns=desk.returns)

    return Erasing(vault=desk.vault, give_up=give_up)


def erase(desk: Desk, person: str, password: str = PASSWORD) -> Erasure:
    command = ErasePerson(person_id=person, password=password)
    return desk.do(own_data.erase_person, command, sign_in=desk.sign_in(), erasing=erasing(desk))


def audited(desk: Desk) -> list[tuple[str, str, str]]:
    found = desk.do(latest, 100, subject=None)
    return [(entry.deed.actor, entry.deed.action, entry.deed.subject) for entry in found]


def dump(desk: Desk) -> str:
    """Everything in booking's own tables, as text."""
    kept = (
        "account",
        "dependent",
        "booking",
        "waitlist_entry",
        "registration",
        "audit_entry",
        "sign_in_failure",
    )
    with desk.database.engine.connect() as connection:
        return "".join(
            str(row)
            for table in kept
            for row in connection.execute(text(f"SELECT {table}::text FROM {table}"))  # noqa: S608
        )


@pytest.fixture
def family(desk: Desk) -> tuple[str, str]:
    """Andi, who booked for himself and his daughter; return his id and hers."""
    andi = desk.register(
        nik="6571011708900042", name="Andi Wijaya", display_name="Pak Andi", phone="081234567890",
        email="andi@contoh.id",
    )  # fmt: skip
    daughter = add(desk, andi, name="Siti Wijaya", display_name="Siti").person_id
    (outcome,) = desk.try_book(party(andi, desk.add_slot(), [daughter]))
    assert not isinstance(outcome, Exception), outcome
    desk.heard()
    return andi, daughter


def test_the_copy_has_all_that_is_kept(desk: Desk, family: tuple[str, str]) -> None:
    """The NIK readable too, those for whom one books, every booking, and what other services keep."""
    andi, daughter = family
    copy = export(desk, andi)
    assert (copy.account.person_id, copy.account.nik, copy.account.sex) == (andi, "6571011708900042", "male")
    assert (copy.account.phone, copy.account.email) == ("+6281234567890", "andi@contoh.id")
    assert [one.person_id for one in copy.dependents] == [daughter]
    assert {booking.person_id for booking in copy.bookings} == {andi, daughter}
    assert {one.service for one in copy.elsewhere} == {"checkin", "notify", "display"}
    assert audited(desk) == [(andi, "data_exported", andi)]


def test_the_copy_has_wishes_money_and_who_was_in_the_family(desk: Desk, family: tuple[str, str]) -> None:
    """Also what went back for a booking that is forgotten; of who was removed there is no name to copy."""
    andi, daughter = family
    wish = Entry(
        entry_id=str(uuid_utils.uuid7()), person_id=andi, display_name="Pak Andi", office="TRK",
        service="new", first_date=TODAY, last_date=TODAY, status="waiting", version=1, created_at=NOW,
    )  # fmt: skip
    owed = Refund(
        refund_id=str(uuid_utils.uuid7()), reason="cancelled", created_at=NOW, amount=350_000,
        code="ABC-DEFG", office="TRK", person_id=andi,
    )  # fmt: skip
    desk.do(waitlist.add_entry, wish)
    desk.do(refunds.add_refunds, [owed])
    desk.do(dependents.remove_dependent, RemoveDependent(guardian_id=andi, person_id=daughter))
    copy = export(desk, andi)
    assert [(one.office, one.status, one.first_date) for one in copy.wishes] == [("TRK", "waiting", TODAY)]
    assert [(one.refund_id, one.amount) for one in copy.refunds] == [(owed.refund_id, 350_000)]
    assert (copy.dependents, [one.person_id for one in copy.former_dependents]) == ((), [daughter])
    assert {booking.person_id for booking in copy.bookings} == {andi, daughter}


def test_every_column_about_a_person_is_in_the_copy_or_is_known_not_to_be() -> None:
    """A column that somebody adds to the account later is not forgotten in the copy."""
    left_out = {"nik_digest", "nik_ciphertext", "nik_key_id", "password_hash", "version"}
    left_out |= {"session_version", "sessions_revoked_at", "erased_at"}
    left_out |= {"hall_name"}  # made of the names, as `shown_as` says
    told = set(export_fields())
    assert {column.name for column in tables.account.c} - left_out == told - {"nik"}


def export_fields() -> list[str]:
    from dataclasses import fields  # noqa: PLC0415

    from contracts.requests.own_data import OwnAccount  # noqa: PLC0415

    return [field.name for field in fields(OwnAccount)]


def test_nothing_of_an_erased_person_is_left(desk: Desk, family: tuple[str, str]) -> None:
    """No name, no NIK, no phone, no mailbox; neither of those for whom they booked."""
    andi, _ = family
    before = dump(desk)
    secrets = ("Andi", "Siti", "081234567890", "+6281234567890", "andi@contoh.id", "1990-08-17", "argon2")
    assert [secret for secret in secrets if secret in before] != []
    assert erase(desk, andi).cancelled == 2
    after = dump(desk)
    assert [secret for secret in secrets if secret in after] == []


def test_every_service_is_told_once_and_without_a_name(desk: Desk, family: tuple[str, str]) -> None:
    """The bookings that are given up are told without names, and newer than all that was told with one."""
    andi, daughter = family
    erase(desk, andi)
    events = desk.heard()
    cancelled = [event for event in events if isinstance(event, BookingCancelled)]
    assert {event.display_name for event in cancelled} == {None}
    assert {event.version for event in cancelled} == {2}
    assert any(isinstance(event, SessionsRevoked) and event.subject == andi for event in events)
    (erased,) = [event for event in events if isinstance(event, PersonErased)]
    assert erased.exchange == "antrean.private"
    assert set(erased.people) == {andi, daughter}
    assert set(erased.bookings) == {event.booking_id for event in cancelled}


def test_the_places_of_an_erased_person_are_free(desk: Desk, family: tuple[str, str]) -> None:
    """As when they give up their bookings themselves."""
    with desk.database.engine.connect() as connection:
        slot = str(connection.execute(select(tables.slot.c.slot_id)).scalar_one())
    assert desk.rows_in(slot) == 2
    erase(desk, family[0])
    assert desk.rows_in(slot) == 0


def test_the_same_person_may_come_back_as_somebody_new(desk: Desk, family: tuple[str, str]) -> None:
    """NIK, phone and mailbox are free; nothing of before is there."""
    erase(desk, family[0])
    again = desk.register(nik="6571011708900042", phone="081234567890", email="andi@contoh.id")
    assert again != family[0]
    assert desk.bookings_of(again) == ()


def test_an_erased_account_is_none(desk: Desk, family: tuple[str, str]) -> None:
    """It is neither copied nor erased again, and no password opens it."""
    andi, _ = family
    erase(desk, andi)
    with pytest.raises(UnknownAccount):
        export(desk, andi)
    for password in (PASSWORD, ""):
        with pytest.raises(SignInFailed):
            erase(desk, andi, password or "another password")


def test_an_erased_person_books_no_more(desk: Desk, family: tuple[str, str]) -> None:
    """Their token may live an hour longer."""
    erase(desk, family[0])
    with pytest.raises(UnknownAccount):
        desk.book(family[0], desk.add_slot(hour=15))


def test_only_who_proves_it_once_more_erases(desk: Desk, family: tuple[str, str]) -> None:
    """A borrowed phone is not enough; guesses are throttled as sign-ins are, and change nothing."""
    andi, _ = family
    for _ in range(FAILURES_ALLOWED):
        with pytest.raises(SignInFailed):
            erase(desk, andi, "another password")
    with pytest.raises(TooManyAttempts):
        erase(desk, andi)
    assert desk.heard() == []
    assert export(desk, andi).account.display_name == "Pak Andi"


def test_an_erasure_is_written_down_with_ids_alone(desk: Desk, family: tuple[str, str]) -> None:
    """Who asked later can be told that it was done, and when."""
    andi, _ = family
    erase(desk, andi)
    assert audited(desk) == [(andi, "person_erased", andi)]


def retire(desk: Desk, *, now: datetime) -> None:
    """Do what the hourly job does."""
    kept = Retention(accounts=KEPT, bookings=KEPT)
    own_data.forget_the_past(lambda: desk.database.transaction(now=now), kept, erasing=erasing(desk))


def test_an_account_that_nobody_uses_is_erased(desk: Desk) -> None:
    """A year after the last sign-in, not a day before; the log says that it was the retention."""
    idle = desk.register()
    retire(desk, now=NOW + KEPT)
    assert audited(desk) == []
    for days in (1, 2):
        retire(desk, now=NOW + KEPT + timedelta(days=days))
        assert audited(desk) == [(RETENTION_ACTOR, "person_erased", idle)]


def test_an_account_in_use_stays(desk: Desk) -> None:
    """By its sign-in, or by its booking."""
    from tests.integration.booking.test_sessions import sign_in  # noqa: PLC0415

    desk.register(email="andi@contoh.id")
    booked = desk.register(email="rina@contoh.id")
    later = NOW + timedelta(days=300)
    sign_in(desk, "andi@contoh.id", now=later)
    desk.book(booked, desk.add_slot(day=TODAY + timedelta(days=200)), now=NOW)
    retire(desk, now=NOW + KEPT + timedelta(days=100))
    assert audited(desk) == []


def test_a_booking_is_forgotten_when_its_time_is_long_over(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With all its slots; later ones stay."""
    hold_ids(monkeypatch, NOW)
    first, second = desk.people(2)
    early, late = desk.add_slot(), desk.add_slot(day=TODAY + timedelta(days=30))
    desk.book(first, early)
    desk.book(second, late)
    retire(desk, now=NOW + KEPT)
    assert len(desk.bookings_of(first)) == 1
    retire(desk, now=NOW + KEPT + timedelta(days=10))
    assert (desk.bookings_of(first), len(desk.bookings_of(second))) == ((), 1)


def test_what_is_forgotten_is_forgotten_some_at_a_time(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A job that holds many rows for long would stand in the way of others."""
    hold_ids(monkeypatch, NOW)
    slot = desk.add_slot()
    for person in desk.people(3):
        desk.book(person, slot)
    monkeypatch.setattr(own_data, "MOST_BOOKINGS", 2)
    for left in (1, 0):
        retire(desk, now=NOW + KEPT + timedelta(days=10))
        assert desk.rows_in(slot) == left


def test_a_dependents_contact_is_among_what_is_erased(desk: Desk) -> None:
    """Notify knows a dependent by an id of their own."""
    andi = desk.register()
    desk.heard()
    daughter = add(desk, andi).person_id
    (contact,) = [event for event in desk.heard() if isinstance(event, ContactChanged)]
    erase(desk, andi)
    (erased,) = [event for event in desk.heard() if isinstance(event, PersonErased)]
    assert contact.person_id == daughter
    assert daughter in erased.people
