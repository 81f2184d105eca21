"""Booking's use cases with their dependencies, and the people, offices and slots that tests need."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any, TypeVar

import sqlalchemy
import uuid_utils
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from chassis.database import Database
from chassis.database_errors import came_second
from contracts.access import AccessSigner, AccessVerifier
from contracts.envelope import Envelope, decode_together
from contracts.events import CodeIssued, Event, ProofCodeIssued
from contracts.keys import SigningKey
from contracts.refusals import Refused
from contracts.requests.accounts import CreateAccount, Registration, ResendCodes, Session, VerifyAccount
from contracts.requests.booking import Booking, BookSlot, CancelBooking, GetBooking, ListBookings
from contracts.ticket import TicketSigner, TicketVerifier
from contracts.words import OfficeStatus
from services.booking.domain.calendar import SlotTime
from services.booking.domain.office import Office
from services.booking.handlers import bookings, own_bookings, registrations
from services.booking.handlers.dependents import Adding
from services.booking.handlers.identity_vault import IdentityVault
from services.booking.handlers.offices import change_office
from services.booking.handlers.one_time_codes import Codes
from services.booking.handlers.passwords import Passwords
from services.booking.handlers.returns import Returns
from services.booking.handlers.sessions import SignIn
from services.booking.store import tables
from services.booking.store.accounts import AccountRecord, add_account
from services.booking.store.slot_plan import add_slots

T = TypeVar("T")

NOW = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
"""Monday, half past eight in Tarakan."""

TODAY = date(2026, 11, 23)

TARAKAN = Office(
    code="TRK",
    name="Kantor Imigrasi Kelas II TPI Tarakan",
    office_class="II",
    city="Tarakan",
    province="Kalimantan Utara",
    timezone="Asia/Makassar",
    status="pilot",
    services=("new", "renewal"),
    counters=4,
)

PASSWORDS = Passwords()


@dataclass(kw_only=True)
class Desk:
    """Booking as its service wires it, without broker and nameko."""

    database: Database
    ticket_key: SigningKey = field(default_factory=lambda: SigningKey.generate("tickets"))
    access_key: SigningKey = field(default_factory=lambda: SigningKey.generate("access"))
    vault: IdentityVault = field(
        default_factory=lambda: IdentityVault(digest_key=bytes(32), cipher_key=bytes(range(32)))
    )
    returns: Returns = field(default_factory=Returns)
    serials: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        self.ticket_signer = TicketSigner(self.ticket_key)
        self.tickets = TicketVerifier(self.ticket_key.public())
        self.access_signer = AccessSigner(self.access_key)
        self.accesses = AccessVerifier(self.access_key.public())

    def do(self, use_case: Callable[..., T], *arguments: object, now: datetime = NOW, **more: object) -> T:
        """Run a use case in a transaction of its own."""
        with self.database.transaction(now=now) as tx:
            return use_case(tx, *arguments, **more)

    def heard(self) -> list[Event]:
        """Take the events that were committed since the last look."""
        return [envelope.data for envelope in self.envelopes()]

    def envelopes(self) -> list[Envelope[Any]]:
        """Take these events with what is around them."""
        with self.database.engine.begin() as connection:
            bodies = connection.execute(text("DELETE FROM outbox RETURNING id, body")).all()
        return [envelope for _, body in sorted(bodies) for envelope in decode_together(body)]

    def add_office(self, office: Office = TARAKAN) -> Office:
        """Know an office."""
        self.do(change_office, office)
        return office

    def set_status(self, status: OfficeStatus) -> None:
        """Put Tarakan's rollout into another status, as an administrator would."""
        self._execute(sqlalchemy.update(tables.office).values(status=status))

    def add_slot(
        self,
        *,
        hour: int = 9,
        capacity: int = 6,
        day: date = TODAY,
        office: Office = TARAKAN,
        service: str = "new",
    ) -> str:
        """Open an hour's slot, by the clock of Tarakan; return its id."""
        starts_at = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=hour - 8)
        time = SlotTime(date=day, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))
        row: dict[str, Any] = {
            "slot_id": str(uuid_utils.uuid7()),
            "office": office.code,
            "service": service,
            "date": time.date,
            "starts_at": time.starts_at,
            "ends_at": time.ends_at,
            "capacity": capacity,
            "released_at": NOW - timedelta(days=13),
        }
        self.do(add_slots, [row])
        return str(row["slot_id"])

    def forget_slots(self) -> None:
        """Have no slots any more."""
        self._execute(sqlalchemy.delete(tables.slot))

    def people(self, count: int) -> list[str]:
        """Know so many citizens, without the cost of their passwords; return their ids."""
        records = [self._record(next(self.serials)) for _ in range(count)]
        with self.database.transaction(now=NOW) as tx:
            for record in records:
                assert add_account(tx, record)
        return [record.person_id for record in records]

    def person(self) -> str:
        """Know one citizen."""
        return self.people(1)[0]

    def application(self, **changes: Any) -> CreateAccount:
        """Fill in the form of a new citizen."""
        serial = next(self.serials)
        form: dict[str, Any] = {
            "nik": f"657101170890{serial:04}",
            "birth_date": date(1990, 8, 17),
            "sex": "male",
            "name": "Andi Wijaya",
            "display_name": "Pak Andi",
            "phone": f"0812345{serial:05}",
            "email": f"andi{serial}@contoh.id",
            "password": "sepuluh huruf",
        }
        return CreateAccount(**{**form, **changes})

    def register(self, **changes: Any) -> str:
        """Register a citizen with both codes; return the id."""
        begun, codes = self.begin(self.application(**changes))
        return self.verify(begun, codes).subject

    def begin(self, application: CreateAccount, *, now: datetime = NOW) -> tuple[Registration, Codes]:
        """Begin a registration; return it with the codes that were sent, `000000` where none was."""
        with self.database.transaction(now=now) as tx:
            begun = registrations.create_account(tx, application, sign_in=self.sign_in(now))
            return begun, sent(tx.emitted)

    def resend(self, begun: Registration, *, now: datetime) -> tuple[Registration, Codes]:
        """Ask for other codes; return them too."""
        command = ResendCodes(registration_id=begun.registration_id)
        with self.database.transaction(now=now) as tx:
            again = registrations.resend_codes(tx, command, sign_in=self.sign_in(now))
            return again, sent(tx.emitted)

    def verify(self, begun: Registration, codes: Codes, *, now: datetime = NOW) -> Session:
        """Type both codes."""
        command = VerifyAccount(
            registration_id=begun.registration_id, phone_code=codes.phone, email_code=codes.email
        )
        return self.do(registrations.verify_account, command, sign_in=self.sign_in(now), now=now)

    def sign_in(self, now: datetime = NOW) -> SignIn:
        """Return what signing in stands on."""
        return SignIn(
            transactions=lambda: self.database.transaction(now=now),
            vault=self.vault,
            passwords=PASSWORDS,
            signer=self.access_signer,
            lasts=timedelta(hours=12),
            device_lasts=timedelta(days=30),
        )

    def adding(self, now: datetime = NOW) -> Adding:
        """Return what adding somebody to a family stands on."""
        return Adding(transactions=lambda: self.database.transaction(now=now), vault=self.vault)

    def registered(self, nik: str) -> str:
        """Know one citizen with this NIK."""
        record = self._record(next(self.serials))
        sealed = self.vault.seal(nik, person_id=record.person_id)
        kept = replace(record, nik_digest=sealed.digest, nik_ciphertext=sealed.ciphertext)
        with self.database.transaction(now=NOW) as tx:
            assert add_account(tx, kept)
        return kept.person_id

    def try_book(self, *commands: BookSlot, now: datetime = NOW, **more: Any) -> list[Booking | Refused]:
        """Book a batch; return each command's outcome. Where others came first it is decided anew."""
        given, attempts = {"signer": self.ticket_signer, "vault": self.vault, **more}, itertools.count(1)
        while True:
            try:
                return self.do(bookings.book_slots, commands, now=now, **given)
            except DBAPIError as second:
                if not came_second(second) or next(attempts) == 8:
                    raise

    def book(self, person_id: str, slot_id: str, *, key: str = "key-0001", now: datetime = NOW) -> Booking:
        """Book one slot, or raise the refusal."""
        (outcome,) = self.try_book(wish(person_id, slot_id, key=key), now=now)
        if isinstance(outcome, Refused):
            raise outcome
        return outcome

    def cancel(self, person_id: str, code: str, *, now: datetime = NOW) -> Booking:
        """Cancel a booking."""
        command = CancelBooking(person_id=person_id, code=code)
        given = {"signer": self.ticket_signer, "returns": self.returns}
        return self.do(own_bookings.cancel_booking, command, now=now, **given)

    def booking(self, person_id: str, code: str) -> Booking:
        """Read a booking."""
        query = GetBooking(person_id=person_id, code=code)
        return self.do(own_bookings.get_booking, query, signer=self.ticket_signer)

    def bookings_of(self, person_id: str) -> tuple[Booking, ...]:
        """Read a person's bookings."""
        query = ListBookings(person_id=person_id)
        return self.do(own_bookings.list_bookings, query, signer=self.ticket_signer).bookings

    def booked(self, slot_id: str) -> int:
        """Read how many places a slot counts as taken."""
        return int(self._scalar(select(tables.slot.c.booked).where(tables.slot.c.slot_id == slot_id)))

    def rows_in(self, slot_id: str) -> int:
        """Count the bookings that really have a place in a slot."""
        booking, with_place = tables.booking, ["held", "booked", "served", "no_show"]
        there = booking.c.slot_id == slot_id, booking.c.status.in_(with_place)
        return int(self._scalar(select(sqlalchemy.func.count()).select_from(booking).where(*there)))

    def calls(self, commands: Sequence[BookSlot]) -> list[Callable[[], list[Booking | Refused]]]:
        """Make of each command a call that books it alone."""
        return [partial(self.try_book, command) for command in commands]

    def _record(self, serial: int) -> AccountRecord:
        return AccountRecord(
            person_id=str(uuid_utils.uuid7()),
            name=f"Warga {serial}",
            display_name=f"Sdr. {serial}",
            phone=f"+6285{serial:08}",
            email=f"warga{serial}@contoh.id",
            locale="id",
            nik_digest=serial.to_bytes(8),
            nik_ciphertext=b"",
            nik_key_id="",
            password_hash="",
            version=1,
            created_at=NOW,
        )

    def _execute(self, statement: sqlalchemy.Executable) -> None:
        with self.database.engine.begin() as connection:
            connection.execute(statement)

    def _scalar(self, query: sqlalchemy.Executable) -> Any:
        with self.database.engine.connect() as connection:
            return connection.execute(query).scalar_one()


def as_sold(booking: Booking) -> Booking:
    """Show a booking as the sale and a cancellation answer it: whether it may be moved is not told there."""
    return replace(booking, moving=None)


def sent(events: Sequence[Event]) -> Codes:
    """Read the codes in events, `000000` for an address that was sent none."""
    told = {event.channel: event.code for event in events if isinstance(event, CodeIssued | ProofCodeIssued)}
    return Codes(phone=told.get("whatsapp", "000000"), email=told.get("email", "000000"))


def wish(person_id: str, slot_id: str, *, key: str = "key-0001") -> BookSlot:
    """Ask for a place."""
    return BookSlot(person_id=person_id, slot_id=slot_id, idempotency_key=key)


def codes(outcomes: Sequence[Booking | Refused]) -> list[str]:
    """Tell outcomes apart: `booked`, or the refusal's code."""
    return [outcome.code if isinstance(outcome, Refused) else outcome.status for outcome in outcomes]
