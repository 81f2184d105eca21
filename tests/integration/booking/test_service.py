"""The booking service as a process, asked over RabbitMQ as the gateway asks it."""

import base64
import secrets
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from chassis import migrate
from chassis.database import Database
from contracts.access import AccessVerifier
from contracts.events import BookingCancelled, CodeIssued, OfficeChanged, SlotBooked
from contracts.keys import SigningKey
from contracts.refusals import RemoteRefusal
from contracts.requests.accounts import CreateAccount, OpenSession, VerifyAccount
from contracts.requests.booking import (
    BookSlot,
    CancelBooking,
    GetBooking,
    ListBookings,
    ListDays,
    ListOffices,
    ListSlots,
    Slot,
)
from contracts.ticket import TicketVerifier
from services.booking.seed import seed
from services.booking.settings import SeedSettings
from tests.integration.booking.desk import TARAKAN, Desk, as_sold, wish
from tests.integration.gateway.running import start_gateway
from tests.processes import Process, service_command, wait_until
from tests.wire import Wire

BOOKING = "services.booking.service:BookingService"
TICKET_KEY, ACCESS_KEY = SigningKey.generate("tickets"), SigningKey.generate("access")
APPLICATION = CreateAccount(
    nik="6571011708900001",
    birth_date=date(1990, 8, 17),
    sex="male",
    name="Andi Wijaya",
    display_name="Pak Andi",
    phone="081234567890",
    email="andi@contoh.id",
    password="sepuluh huruf",
)


@pytest.fixture
def url(database: Callable[[str], str]) -> str:
    """A migrated database with the offices and the pilots' slots at all hours."""
    made = database("booking")
    migrate.upgrade("services.booking", made)
    seed(Database(made), SeedSettings(database_url=made, demo_hours="always"))
    return made


@pytest.fixture
def service(url: str, vhost: str, process: Callable[..., Process]) -> Process:
    """The service, described and not yet started."""
    environment = {
        "DATABASE_URL": url,
        "AMQP_URL": vhost,
        "TICKET_SIGNING_KEY": TICKET_KEY.to_json(),
        "ACCESS_SIGNING_KEY": ACCESS_KEY.to_json(),
        "NIK_HMAC_KEY": _key(),
        "NIK_CIPHER_KEY": _key(),
    }
    return process(service_command(BOOKING), environment)


def day_of(slot: Slot) -> date:
    """Return the slot's day on the clocks of Tarakan."""
    return slot.starts_at.astimezone(TARAKAN.zone).date()


def coming_slot(wire: Wire) -> Slot:
    """Find the second slot that Tarakan gives out: the one after the hour that runs now."""
    days = wire.ask(ListDays(office="TRK", for_service="new")).days
    slots = [
        slot
        for day in days[:2]
        for slot in wire.ask(ListSlots(office="TRK", for_service="new", date=day.date)).slots
    ]
    return slots[1]


def test_a_citizen_registers_signs_in_books_and_cancels(service: Process, wire: Wire) -> None:
    """The whole way, with the events that the other services hear."""
    heard = wire.listen("TRK.booking.SlotBooked", "TRK.booking.BookingCancelled")
    contacts = wire.listen("-.booking.ContactChanged", exchange="antrean.private")
    told = wire.listen("-.booking.CodeIssued", exchange="antrean.private")
    service.start()
    registration_id = wire.ask(APPLICATION).registration_id
    codes = {event.channel: event.code for event in told.wait_for(2) if isinstance(event, CodeIssued)}
    person = wire.ask(
        VerifyAccount(
            registration_id=registration_id, phone_code=codes["whatsapp"], email_code=codes["email"]
        )
    ).subject
    session = wire.ask(OpenSession(login="0812 3456 7890", password="sepuluh huruf"))
    access = AccessVerifier(ACCESS_KEY.public()).verify(session.token, now=datetime.now(UTC))
    assert (access.subject, access.role) == (person, "citizen")
    slot = coming_slot(wire)
    booking = wire.ask(BookSlot(person_id=person, slot_id=slot.slot_id, idempotency_key="key-0001"))
    ticket = TicketVerifier(TICKET_KEY.public()).verify(booking.ticket, now=datetime.now(UTC))
    assert (ticket.booking_id, ticket.starts_at) == (booking.booking_id, slot.starts_at)
    assert as_sold(wire.ask(GetBooking(person_id=person, code=booking.code))) == booking
    cancelled = wire.ask(CancelBooking(person_id=person, code=booking.code))
    (listed,) = wire.ask(ListBookings(person_id=person)).bookings
    assert as_sold(listed) == cancelled
    booked, given_up = heard.wait_for(2)
    assert isinstance(booked, SlotBooked)
    assert isinstance(given_up, BookingCancelled)
    assert booked.booking_id == given_up.booking_id == booking.booking_id
    assert contacts.wait_for(1)[0].event_subject == person


def test_a_full_batch_in_one_message_is_answered_one_by_one(service: Process, wire: Wire, url: str) -> None:
    """64 wishes for 6 places: 6 bookings, 58 refusals, and each answer to its own request."""
    service.start()
    people = Desk(database=Database(url)).people(64)
    slot = coming_slot(wire)
    answers = wire.answers([wish(person, slot.slot_id) for person in people])
    outcomes = [_outcome(reply) for _, reply in answers]
    assert outcomes == ["booked"] * 6 + ["slot_full"] * 58
    for person, (_, reply) in zip(people[:6], answers[:6], strict=True):
        code = reply["result"]["code"]
        assert wire.ask(GetBooking(person_id=person, code=code)).code == code


def test_a_booking_is_seen_by_who_reads_within_a_second(
    service: Process, wire: Wire, url: str, vhost: str, process: Callable[..., Process]
) -> None:
    """Told to the gateway's copy; what changes behind the service's back is seen when the copy is too old."""
    service.start()
    gateway = start_gateway(process, vhost)
    (person,) = Desk(database=Database(url)).people(1)
    slot = coming_slot(wire)
    day = ListSlots(office="TRK", for_service="new", date=day_of(slot))
    places = f"{gateway.url}/v1/offices/TRK/slots?service=new&date={day.date}"

    def left() -> int:
        (seen,) = (one for one in httpx.get(places).json()["slots"] if one["slot_id"] == slot.slot_id)
        return int(seen["places_left"])

    assert left() == 6
    wire.ask(BookSlot(person_id=person, slot_id=slot.slot_id, idempotency_key="key-0001"))
    wait_until(lambda: left() == 5, seconds=1.0)
    taken = 'antrean_gateway_availability_events_total{effect="taken"}'
    assert gateway.process.metric(taken) == 1.0
    with Database(url).engine.begin() as connection:
        connection.execute(text("UPDATE slot SET booked = 6 WHERE slot_id = :it"), {"it": slot.slot_id})
    assert left() == 5
    wait_until(lambda: left() == 0)
    assert gateway.process.metric(taken) == 1.0


def test_a_refused_sign_in_is_remembered(service: Process, wire: Wire) -> None:
    """The refusal undoes its own transaction, but not the failure's: the eleventh attempt has to wait."""
    service.start()
    wrong = OpenSession(login="nobody@contoh.id", password="another password")
    for _ in range(10):
        with pytest.raises(RemoteRefusal, match="sign_in_failed"):
            wire.ask(wrong)
    with pytest.raises(RemoteRefusal, match="too_many_attempts") as refused:
        wire.ask(wrong)
    assert 0 < int(str(refused.value.data["retry_seconds"])) <= 900


def test_offices_are_told_when_the_service_starts_and_asked_for_at_any_time(
    service: Process, wire: Wire
) -> None:
    """The seed left their events in the outbox; the relay publishes them."""
    heard = wire.listen("*.booking.OfficeChanged")
    service.start()
    known = wire.ask(ListOffices()).offices
    events = heard.wait_for(len(known))
    assert {event.event_office for event in events} == {office.office for office in known}
    assert all(isinstance(event, OfficeChanged) for event in events)


def test_slots_are_opened_when_the_service_starts(service: Process, wire: Wire, url: str) -> None:
    """After days without the service there are slots again at once."""
    Desk(database=Database(url)).forget_slots()
    service.start()
    wait_until(lambda: wire.ask(ListDays(office="TRK", for_service="collection")).days)
    assert len(wire.ask(ListDays(office="TRK", for_service="collection")).days) == 14


def test_a_key_that_is_no_key_is_named_at_the_start(service: Process, tmp_path: Path) -> None:
    """Every fault at once, and no secret in the message."""
    broken = {**service.environment, "NIK_HMAC_KEY": "c2hvcnQ=", "TICKET_SIGNING_KEY": "{}"}
    process = Process(command=service.command, environment=broken, log_file=tmp_path / "broken.log")
    process.start(wait=False)
    assert process.popen is not None
    assert process.popen.wait(timeout=20) == 2
    assert "NIK_HMAC_KEY is not usable: 32 bytes are needed, these are 5" in process.log()
    assert "TICKET_SIGNING_KEY is not usable" in process.log()
    assert "c2hvcnQ=" not in process.log()


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def _outcome(reply: dict[str, Any]) -> str:
    return str(reply["refused"]["code"] if "refused" in reply else reply["result"]["status"])
