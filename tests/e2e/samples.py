"""What the scripted services answer: an office in Tarakan, a day, a hall, a ticket."""

import csv
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from contracts.events.booking import OfficeChanged
from contracts.events.checkin import CounterCalled
from contracts.events.display import BoardCall, BoardChanged, BoardCounter, BoardNotice
from contracts.hall import USUAL_RULES, HallRules, Journey, JourneyStep
from contracts.requests.accounts import Registration
from contracts.requests.booking import Booking, Day, Slot
from contracts.requests.checkin import Admission, Counter, CounterTicket
from contracts.requests.moving import Moving
from contracts.requests.visit import Visit
from contracts.ticket import Ticket
from contracts.words import CounterStanding, Role, ServiceCode, TicketState

DAY = date(2026, 11, 24)
NINE = datetime(2026, 11, 24, 1, tzinfo=UTC)  # 09.00 WITA
CODE = "TRK-7H3K9Q"
SERVICES: tuple[ServiceCode, ...] = ("new", "renewal", "epassport", "replacement", "collection")
PROOF = "5f0f6a44-7d0d-4c43-8a0e-0f6f4f1c9a21"
REGISTRATION = "0b0d9d1c-8d6e-4c1c-9a53-1c7e3a5d2f10"
STATUS_OF = {
    "TRK": "live",
    "SKW": "live",
    "PTK": "pilot",
    "SUB": "pilot",
    "BPN": "socialisation",
    "DPS": "suspended",
}
JOURNEYS = (
    Journey(
        services=SERVICES,
        steps=tuple(JourneyStep(step=step) for step in ("documents", "biometrics", "collection")),
    ),
)
"""The visits in Pontianak, where one goes from counter to counter."""
_OFFICES_CSV = Path(__file__).parents[2] / "data" / "offices.csv"


def role_of(login: str) -> Role:
    """Tell the role from a login as the demonstration has them: petugas.trk, kios.trk."""
    roles: dict[str, Role] = {"petugas": "officer", "kios": "kiosk", "kepala": "head", "desa": "village"}
    return roles.get(login.partition(".")[0], "citizen")


def offices() -> tuple[OfficeChanged, ...]:
    """Return the country's offices, a few of them open."""
    with _OFFICES_CSV.open(encoding="utf-8") as file:
        return tuple(
            OfficeChanged(
                version=1,
                office=row["code"],
                name=row["name"],
                office_class=row["class"],
                city=row["city"],
                province=row["province"],
                timezone=row["timezone"],
                services=SERVICES,
                counters=4,
                covers=("Kota Singkawang", "Kabupaten Bengkayang") if row["code"] == "SKW" else (),
                status=STATUS_OF.get(row["code"], "planned"),  # type: ignore[arg-type]
                hall=HallRules(journeys=JOURNEYS) if row["code"] == "PTK" else USUAL_RULES,
            )
            for row in csv.DictReader(file)
        )


def board(
    office: str = "TRK",
    *,
    calls: tuple[BoardCall, ...] | None = None,
    version: int = 1,
    waiting: int = 14,
    notices: tuple[BoardNotice, ...] = (),
) -> BoardChanged:
    """Return a hall with three counters at work; its usual calls are the same ones on every board."""
    named = next(one for one in offices() if one.office == office)
    calls = _CALLED_BEFORE if calls is None else calls
    at_counter = {one.counter: one.number for one in calls if one.state == "called"}
    counters = tuple(
        BoardCounter(counter=number, state="closed" if number == 4 else "open", number=at_counter.get(number))
        for number in range(1, 5)
    )
    return BoardChanged(
        version=version,
        office=office,
        name=named.name,
        timezone=named.timezone,
        date=DAY,
        waiting=waiting,
        served=31,
        counters=counters,
        calls=calls,
        changed_at=datetime.now(UTC),
        notices=notices,
    )


def notice(*, begins_in: timedelta, lasts: timedelta = timedelta(hours=3)) -> BoardNotice:
    """Return hours without service, seen from now."""
    begins_at = datetime.now(UTC) + begins_in
    return BoardNotice(
        date=begins_at.astimezone(ZoneInfo("Asia/Makassar")).date(),
        begins_at=begins_at,
        ends_at=begins_at + lasts,
        cause="closed",
        note="Pemadaman listrik",
    )


def call(
    number: str,
    name: str | None,
    at_counter: int,
    *,
    calls: int = 1,
    seconds_ago: float = 0,
    state: str = "called",
) -> BoardCall:
    """Return one call on the board."""
    return BoardCall(
        number=number,
        display_name=name,
        counter=at_counter,
        calls=calls,
        called_at=datetime.now(UTC) - timedelta(seconds=seconds_ago),
        state=state,  # type: ignore[arg-type]
    )


_CALLED_BEFORE = (call("A-012", "Pak Andi", 1), call("B-007", "Bu Sari", 3), call("A-011", None, 2))


def full_hall(version: int) -> BoardChanged:
    """Return the fullest board: twelve counters in every state, long names, notices."""
    names = ("Sdri. Maria Magdalena Si", "Bu Sari", "Pak Andi", None, "Bu Rina", "Pak Joko")
    calls: tuple[BoardCall, ...] = tuple(call(f"A-02{at}", name, at) for at, name in enumerate(names, 1))
    away: dict[int, Any] = {5: "paused", 9: "closed"}
    counters = tuple(
        BoardCounter(
            counter=at, state=away.get(at, "open"), number=None if at in {5, 9, 10} else f"B-1{at:02}"
        )
        for at in range(1, 13)
    )
    notices = (notice(begins_in=timedelta(0)), notice(begins_in=timedelta(days=2)))
    return replace(board(calls=calls, notices=notices, version=version), counters=counters)


def called(shown: BoardCall) -> CounterCalled:
    """Return what check-in tells of a call."""
    return CounterCalled(
        version=1 + shown.calls,
        ticket_id=f"ticket-{shown.number}",
        office="TRK",
        date=DAY,
        number=shown.number,
        service="new",
        priority="regular",
        state="called",
        person_id=None,
        display_name=shown.display_name,
        counter=shown.counter,
        calls=shown.calls,
        scanned_at=shown.called_at - timedelta(minutes=12),
        turn_at=shown.called_at,
        waiting_since=shown.called_at - timedelta(minutes=12),
        called_at=shown.called_at,
        finished_at=None,
    )


def admission(*, is_back: bool = False, is_late: bool = False) -> Admission:
    """Return what the kiosk is told about an admitted ticket."""
    return Admission(
        ticket_id="ticket-A-012",
        number="A-012",
        display_name="Pak Andi",
        service="new",
        scanned_at=datetime.now(UTC),
        waiting_before=3,
        is_back=is_back,
        is_late=is_late,
    )


def counter(number: int, *, state: CounterStanding = "open", calls: int = 0) -> Counter:
    """Return a counter; when `calls` is not 0, with a ticket called long enough ago for any next step."""
    now = datetime.now(UTC)
    ticket = CounterTicket(
        ticket_id="ticket-A-012",
        number="A-012",
        display_name="Pak Andi",
        service="new",
        state="called",
        calls=calls,
        scanned_at=now - timedelta(minutes=12),
        called_at=now - timedelta(seconds=15),
        absent_from=now - timedelta(seconds=1),
    )
    return Counter(
        office="TRK",
        counter=number,
        state=state,
        services=SERVICES,
        ticket=ticket if calls else None,
        waiting=14,
    )


def registration() -> Registration:
    """Return a registration that waits for its codes."""
    now = datetime.now(UTC)
    return Registration(
        registration_id=REGISTRATION,
        codes_expire_at=now + timedelta(minutes=10),
        resend_at=now + timedelta(minutes=1),
        tries_left=5,
    )


def days() -> tuple[Day, ...]:
    """Return the days with places: many, few, none."""
    left = (182, 96, 8, 0, 0, 140, 210, 224, 224, 90, 224, 3)
    weekdays = [day for ahead in range(18) if (day := DAY + timedelta(days=ahead)).weekday() < 5]
    return tuple(Day(date=day, places_left=places) for day, places in zip(weekdays, left, strict=False))


def slots(day: date) -> tuple[Slot, ...]:
    """Return a day's hours with places: many, few, none."""
    left = {0: 0, 1: 4, 2: 1, 3: 6, 5: 6, 6: 2, 7: 0}
    begins = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return tuple(
        Slot(
            slot_id=f"slot-{hour}",
            starts_at=begins + timedelta(hours=hour),
            ends_at=begins + timedelta(hours=hour + 1),
            capacity=6,
            places_left=places,
        )
        for hour, places in left.items()
    )


def booking(ticket: str) -> Booking:
    """Return Pak Andi's booking."""
    return Booking(
        booking_id="019ab000-0000-7000-8000-000000000001",
        code=CODE,
        office="TRK",
        service="new",
        priority="regular",
        display_name="Pak Andi",
        hall_name="Pak Andi",
        date=DAY,
        starts_at=NINE,
        ends_at=NINE + timedelta(hours=1),
        status="booked",
        ticket=ticket,
        version=1,
        moving=Moving(can_be_moved=True, until=NINE - timedelta(days=1), moves_left=1),
    )


def visited(state: TicketState, ticket: str = "A" * 240) -> Booking:
    """Return Pak Andi's booking while he is in the hall, or after."""
    visit = Visit(number="A-012", state=state, counter=None if state == "waiting" else 1)
    if state == "served":
        return replace(booking(""), status="served", visit=visit)
    if state == "no_show":
        return replace(booking(ticket), status="no_show", visit=visit)
    return replace(booking(ticket), visit=visit)


def ticket() -> Ticket:
    """Return what Pak Andi's ticket says."""
    return Ticket(
        booking_id="019ab000-0000-7000-8000-000000000001",
        office="TRK",
        date=DAY,
        starts_at=NINE,
        minutes=60,
        service="new",
        priority="regular",
        version=1,
        expires_at=NINE + timedelta(hours=12),
    )
