"""Booking's database, made once for all tests of this folder and emptied for each."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from chassis.database import Database
from cli.servers.postgres import Postgres
from contracts.requests.booking import Booking
from services.booking.domain.cool_down import CoolDown
from services.booking.handlers.returns import Returns
from tests.integration.booking.desk import TARAKAN, Desk
from tests.integration.booking.paying import prepaid
from tests.integration.booking.planning import TOMORROW, apply, plan
from tests.service_database import empty, service_database


@pytest.fixture(scope="session")
def booking_database(postgres: Postgres) -> Iterator[Database]:
    """The migrated database of the whole folder; as many connections as the races have threads."""
    with service_database(postgres, "booking", connections=50) as database:
        yield database


@pytest.fixture
def empty_desk(booking_database: Database) -> Desk:
    """A booking that knows no office and nobody."""
    empty(booking_database)
    return Desk(database=booking_database)


@pytest.fixture
def desk(empty_desk: Desk) -> Desk:
    """A booking that knows the office of Tarakan, and whose events so far were heard."""
    empty_desk.add_office()
    empty_desk.heard()
    return empty_desk


@pytest.fixture
def open_desk(desk: Desk) -> Desk:
    """Tarakan with office hours and its slots, all events heard."""
    apply(desk, plan())
    desk.heard()
    return desk


@pytest.fixture
def till(desk: Desk) -> Desk:
    """A desk at which payment comes first, and at which places cool down for an hour."""
    hour = timedelta(hours=1)
    desk.returns = Returns(cool_down=CoolDown(shortest=hour, longest=hour), chance=lambda: 0.5)
    prepaid(desk, hours=[], slots={"places": 2})
    return desk


@pytest.fixture
def place(till: Desk) -> str:
    """Tomorrow's slot at two, with a single place."""
    return till.add_slot(hour=14, day=TOMORROW, capacity=1)


@pytest.fixture
def held(till: Desk, place: str) -> tuple[str, Booking]:
    """Who has it and has not paid, and their booking."""
    person = till.person()
    return person, till.book(person, place)


@pytest.fixture
def andi(desk: Desk) -> str:
    """A citizen, and an office that covers where he lives."""
    desk.add_office(replace(TARAKAN, covers=("Kota Tarakan", "Kabupaten Malinau")))
    person = desk.register(nik="6571011708900042", phone="081234567890", email="andi@contoh.id")
    desk.heard()
    return person
