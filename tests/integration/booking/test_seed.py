"""Filling an empty database."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from contracts.events import OfficeChanged
from contracts.requests.accounts import OpenSession
from contracts.requests.booking import ListDays, ListOffices
from contracts.requests.staff import ListStaff
from services.booking.errors import SignInFailed
from services.booking.handlers import colleagues, offices, sessions, slots
from services.booking.office_directory import OFFICES_FILE, read_offices
from services.booking.seed import PILOTS, seed
from services.booking.settings import SeedSettings
from services.booking.store import tables
from tests.integration.booking.desk import PASSWORDS, Desk


def settings(**changes: Any) -> SeedSettings:
    return SeedSettings(database_url="", **changes)


def count(desk: Desk, table: str) -> int:
    with desk.database.engine.connect() as connection:
        return int(
            connection.execute(select(func.count()).select_from(tables.metadata.tables[table])).scalar_one()
        )


def test_the_file_names_every_office_of_the_country_once() -> None:
    """115 offices, the two pilots among them."""
    codes = [office.code for office in read_offices(OFFICES_FILE)]
    assert len(codes) == len(set(codes)) == 115
    assert set(PILOTS) < set(codes)


def test_all_offices_are_known_and_two_of_them_sell(empty_desk: Desk) -> None:
    """The others are planned; each is told to everyone."""
    seed(empty_desk.database, settings())
    known = empty_desk.do(offices.list_offices, ListOffices()).offices
    assert [office.office for office in known if office.status == "pilot"] == sorted(PILOTS)
    assert {office.status for office in known} == {"pilot", "planned"}
    heard = {event.office: event for event in empty_desk.heard() if isinstance(event, OfficeChanged)}
    assert tuple(heard[office.office] for office in known) == known


def test_who_may_sit_at_counters_is_known_by_name(empty_desk: Desk) -> None:
    """Officers and heads of that office; a kiosk has no hands."""
    seed(empty_desk.database, settings(demo_password="antrean-demo-2026"))
    members = empty_desk.do(colleagues.list_staff, ListStaff(office="TRK")).members
    assert [member.name for member in members] == ["Kepala TRK", "Petugas TRK"]


def test_seeding_again_says_and_adds_nothing(empty_desk: Desk) -> None:
    """It runs before every start."""
    seed(empty_desk.database, settings())
    empty_desk.heard()
    before = {table: count(empty_desk, table) for table in ("office", "slot", "staff", "working_period")}
    seed(empty_desk.database, settings())
    assert empty_desk.heard() == []
    assert {table: count(empty_desk, table) for table in before} == before


def test_what_was_decided_in_the_system_survives_a_seed(empty_desk: Desk) -> None:
    """An office that went live stays live, with the counters it was given; its name follows the file."""
    seed(empty_desk.database, settings())
    with empty_desk.database.engine.begin() as connection:
        connection.execute(update(tables.office).values(status="live", counters=9, name="Old name"))
    seed(empty_desk.database, settings())
    known = empty_desk.do(offices.list_offices, ListOffices()).offices
    assert {(office.status, office.counters) for office in known} == {("live", 9)}
    assert "Old name" not in {office.name for office in known}


@pytest.mark.parametrize("hours", ["office", "always"])
def test_the_demo_hours_can_be_switched_on_and_off(empty_desk: Desk, hours: str) -> None:
    """Always: fourteen days with 24 slots each; office: working days only."""
    for demo_hours in ("office", "always", hours):
        seed(empty_desk.database, settings(demo_hours=demo_hours))
    empty_desk.forget_slots()
    for code in PILOTS:
        empty_desk.do(slots.open_slots, code)
    found = empty_desk.do(slots.list_days, ListDays(office="TRK", for_service="collection"))
    assert len(found.days) == (14 if hours == "always" else 10)


def test_the_demo_accounts_sign_in_for_their_office(empty_desk: Desk) -> None:
    """With the password that they were made with; another seed changes nobody's password."""
    for password in ("a first password", "a second password"):
        seed(empty_desk.database, settings(demo_password=password))
    parts = sessions.SignIn(
        transactions=empty_desk.database.transaction,
        vault=empty_desk.vault,
        passwords=PASSWORDS,
        signer=empty_desk.access_signer,
        lasts=timedelta(hours=12),
        device_lasts=timedelta(days=30),
    )
    for login, role, office in (
        ("petugas.trk", "officer", "TRK"),
        ("kios.skw", "kiosk", "SKW"),
        ("kepala.trk", "head", "TRK"),
    ):
        command = OpenSession(login=login, password="a first password")
        session = empty_desk.do(sessions.open_session, command, sign_in=parts)
        assert (session.role, session.office) == (role, office)
    later = OpenSession(login="petugas.trk", password="a second password")
    with pytest.raises(SignInFailed):
        empty_desk.do(sessions.open_session, later, sign_in=parts)


def test_an_empty_demo_password_makes_no_accounts(empty_desk: Desk) -> None:
    """No default password reaches a real system."""
    seed(empty_desk.database, settings(demo_password=""))
    assert count(empty_desk, "staff") == 0
