"""Services that answer from a script, so that a page can be looked at in every state it has.

The journey through the real services is tested elsewhere; here one says what the next answer is:
`backend.refuse(BookSlot, "slot_full")`, `backend.answer(ListDays, ...)`.
"""

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from contracts import schema
from contracts.access import Access, AccessSigner
from contracts.events.booking import OfficeChanged
from contracts.events.display import BoardCall, BoardChanged, BoardCounter
from contracts.keys import SigningKey
from contracts.refusals import RemoteRefusal
from contracts.requests import Request
from contracts.requests.booking import (
    Account,
    Booking,
    Bookings,
    BookSlot,
    CancelBooking,
    CreateAccount,
    Day,
    Days,
    GetBooking,
    ListBookings,
    ListDays,
    ListOffices,
    ListSlots,
    Offices,
    OpenSession,
    Session,
    Slot,
    Slots,
)
from contracts.requests.checkin import (
    Admission,
    CallNext,
    CloseCounter,
    Counter,
    CounterTicket,
    FinishTicket,
    GetCounter,
    OpenCounter,
    RecallTicket,
    ScanTicket,
)
from contracts.requests.display import GetBoard
from contracts.ticket import Ticket, TicketSigner

DAY = date(2026, 11, 24)
NINE = datetime(2026, 11, 24, 1, tzinfo=UTC)  # 09.00 WITA
CODE = "TRK-7H3K9Q"
STATUS_OF = {"TRK": "live", "SKW": "live", "PTK": "pilot", "SUB": "pilot", "BPN": "socialisation", "DPS": "suspended"}
SERVICES = ("new", "renewal", "epassport", "replacement", "collection")

_OFFICES_CSV = Path(__file__).parents[2] / "data" / "offices.csv"


class ScriptedBackend:
    """Answers every request; `asked` remembers them in order."""

    def __init__(self) -> None:
        self.key = SigningKey.generate("test")
        self.ticket = TicketSigner(self.key).sign(_ticket())
        self.booking = _booking(self.ticket)
        self.asked: list[Request[Any]] = []
        self._scripted: dict[type[Request[Any]], Callable[[Any], Any]] = {}
        self._usual: dict[type[Request[Any]], Callable[[Any], Any]] = {
            CreateAccount: _account,
            OpenSession: lambda wanted: self.session(role_of(wanted.login)),
            ListOffices: lambda _: Offices(offices=offices()),
            ListDays: lambda wanted: Days(office=wanted.office, service=wanted.for_service, days=_days()),
            ListSlots: lambda wanted: Slots(
                office=wanted.office, service=wanted.for_service, date=wanted.date, slots=_slots(wanted.date)
            ),
            BookSlot: lambda _: self.booking,
            GetBooking: lambda _: self.booking,
            ListBookings: lambda _: Bookings(bookings=(self.booking,)),
            CancelBooking: lambda _: self._cancel(),
            ScanTicket: lambda _: admission(),
            GetBoard: lambda wanted: board(wanted.office),
            GetCounter: lambda wanted: counter(wanted.counter, state="closed"),
            OpenCounter: lambda wanted: counter(wanted.counter),
            CallNext: lambda wanted: counter(wanted.counter, calls=1),
            RecallTicket: lambda wanted: counter(wanted.counter, calls=2),
            FinishTicket: lambda wanted: counter(wanted.counter),
            CloseCounter: lambda wanted: counter(wanted.counter, state="closed"),
        }

    async def ask(self, request: Request[Any]) -> Any:
        """Answer as scripted, else as usual."""
        self.asked.append(request)
        script = self._scripted.get(type(request)) or self._usual[type(request)]
        return script(request)

    async def ask_plain(self, request: Request[Any]) -> dict[str, Any]:
        """Answer as plain data."""
        return schema.dump(await self.ask(request))

    def answer(self, request: type[Request[Any]], answer: object) -> None:
        """From now on answer this to such a request."""
        self._scripted[request] = lambda _: answer

    def refuse(self, request: type[Request[Any]], code: str, **data: object) -> None:
        """From now on refuse such a request."""

        def refuse(_: object) -> None:
            raise RemoteRefusal(code, data)

        self._scripted[request] = refuse

    def session(self, role: str) -> Session:
        """Make a session of a role: `citizen`, `officer` or `kiosk`; the last two of Tarakan."""
        office = None if role == "citizen" else "TRK"
        name = "Pak Andi" if role == "citizen" else f"{role} TRK"
        expires_at = datetime.now(UTC) + timedelta(hours=8)
        access = Access(subject=f"{role}-1", role=role, office=office, display_name=name, expires_at=expires_at)  # type: ignore[arg-type]
        token = AccessSigner(self.key).sign(access, now=datetime.now(UTC))
        return Session(
            token=token, expires_at=expires_at, subject=access.subject, role=access.role, office=office,
            display_name=name,
        )  # fmt: skip

    def last(self, request: type[Request[Any]]) -> Any:
        """Return the latest request of this kind."""
        return [asked for asked in self.asked if isinstance(asked, request)][-1]

    def _cancel(self) -> Booking:
        self.booking = replace(self.booking, status="cancelled", version=2)
        return self.booking


def role_of(login: str) -> str:
    """Tell the role from a login as the demonstration has them: petugas.trk, kios.trk."""
    return {"petugas": "officer", "kios": "kiosk"}.get(login.partition(".")[0], "citizen")


def offices() -> tuple[OfficeChanged, ...]:
    """Return the country's offices, a few of them open."""
    with _OFFICES_CSV.open(encoding="utf-8") as file:
        return tuple(
            OfficeChanged(
                version=1, office=row["code"], name=row["name"], office_class=row["class"], city=row["city"],
                province=row["province"], timezone=row["timezone"], services=SERVICES, counters=4,  # type: ignore[arg-type]
                status=STATUS_OF.get(row["code"], "planned"),  # type: ignore[arg-type]
            )
            for row in csv.DictReader(file)
        )  # fmt: skip


def board(office: str = "TRK", *, calls: tuple[BoardCall, ...] | None = None, version: int = 1) -> BoardChanged:
    """Return a hall with three counters at work."""
    named = next(one for one in offices() if one.office == office)
    calls = calls if calls is not None else (call("A-012", "Pak Andi", 1), call("B-007", "Bu Sari", 3), call("A-011", None, 2))
    at_counter = {one.counter: one.number for one in calls if one.state == "called"}
    counters = tuple(
        BoardCounter(counter=number, state="closed" if number == 4 else "open", number=at_counter.get(number))
        for number in range(1, 5)
    )
    return BoardChanged(
        version=version, office=office, name=named.name, timezone=named.timezone, date=DAY, waiting=14, served=31,
        counters=counters, calls=calls, changed_at=datetime.now(UTC),
    )  # fmt: skip


def call(
    number: str, name: str | None, at_counter: int, *, calls: int = 1, seconds_ago: float = 0, state: str = "called"
) -> BoardCall:
    """Return one call on the board."""
    return BoardCall(
        ticket_id=f"ticket-{number}", number=number, display_name=name, counter=at_counter, calls=calls,
        called_at=datetime.now(UTC) - timedelta(seconds=seconds_ago), state=state,  # type: ignore[arg-type]
    )  # fmt: skip


def admission() -> Admission:
    """Return what the kiosk is told about an admitted ticket."""
    return Admission(
        ticket_id="ticket-A-012", number="A-012", display_name="Pak Andi", service="new", scanned_at=datetime.now(UTC),
        waiting_before=3,
    )  # fmt: skip


def counter(number: int, *, state: str = "open", calls: int = 0) -> Counter:
    """Return a counter; with a ticket before it when `calls` is not 0."""
    now = datetime.now(UTC)
    ticket = CounterTicket(
        ticket_id="ticket-A-012", number="A-012", display_name="Pak Andi", service="new", state="called",
        calls=calls, scanned_at=now - timedelta(minutes=12), called_at=now,
    )  # fmt: skip
    return Counter(
        office="TRK", counter=number, state=state, services=SERVICES, ticket=ticket if calls else None,  # type: ignore[arg-type]
        waiting=14,
    )  # fmt: skip


def _account(wanted: CreateAccount) -> Account:
    return Account(
        person_id="citizen-1", name=wanted.name, display_name=wanted.display_name, phone=wanted.phone,
        email=wanted.email, locale=wanted.locale,
    )  # fmt: skip


def _days() -> tuple[Day, ...]:
    left = (182, 96, 8, 0, 0, 140, 210, 224, 224, 90, 224, 3)
    weekdays = [day for ahead in range(18) if (day := DAY + timedelta(days=ahead)).weekday() < 5]
    return tuple(Day(date=day, places_left=places) for day, places in zip(weekdays, left, strict=False))


def _slots(day: date) -> tuple[Slot, ...]:
    left = {0: 0, 1: 4, 2: 1, 3: 6, 5: 6, 6: 2, 7: 0}
    begins = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return tuple(
        Slot(
            slot_id=f"slot-{hour}", starts_at=begins + timedelta(hours=hour), ends_at=begins + timedelta(hours=hour + 1),
            capacity=6, places_left=places,
        )
        for hour, places in left.items()
    )  # fmt: skip


def _booking(ticket: str) -> Booking:
    return Booking(
        booking_id="019ab000-0000-7000-8000-000000000001", code=CODE, office="TRK", service="new", priority="regular",
        display_name="Pak Andi", date=DAY, starts_at=NINE, ends_at=NINE + timedelta(hours=1), status="booked",
        ticket=ticket, version=1,
    )  # fmt: skip


def _ticket() -> Ticket:
    return Ticket(
        booking_id="019ab000-0000-7000-8000-000000000001", office="TRK", date=DAY, starts_at=NINE, minutes=60,
        service="new", priority="regular", version=1, expires_at=NINE + timedelta(hours=12),
    )  # fmt: skip
