"""One example of every event: Pak Andi's visit to the Tarakan office, from slot to finished.

The catalogue and the AsyncAPI document show these; the golden files of the tests pin their form on
the wire.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from contracts.documents.availability_example import AVAILABILITY
from contracts.documents.board_example import BOARD
from contracts.documents.floor_examples import FLOOR
from contracts.documents.home_visit_examples import HOME_VISITS
from contracts.documents.no_show_example import NO_SHOW
from contracts.documents.payment_examples import PAYMENTS
from contracts.documents.proof_examples import PROOFS
from contracts.documents.waitlist_example import WAITLIST
from contracts.envelope import Envelope
from contracts.events import (
    BookingAffected,
    BookingCancelled,
    BookingReinstated,
    BookingRescheduled,
    CodeIssued,
    ContactChanged,
    CounterCalled,
    CounterClosed,
    CounterOpened,
    Event,
    HallNameChanged,
    MessageDelivered,
    MessageFailed,
    OfficeChanged,
    OfficeOutageDeclared,
    OfficeOutageLifted,
    PersonErased,
    RegistrationRepeated,
    SessionsRevoked,
    SlotBooked,
    TicketNoShow,
    TicketScanned,
    TicketServed,
)
from contracts.events.accounts import RegistrationState
from contracts.events.booking import BookingState, OutageState
from contracts.events.checkin import CounterState, QueueTicketState
from contracts.hall import HallRules, Journey, JourneyStep
from contracts.words import TicketState

_DAY = date(2026, 11, 24)
_NINE = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
"""09.00 in Tarakan (WITA)."""

_ANDI = "01a1ff5a-fe84-742f-b2cc-e87902e2a2a2"
_BOOKING = "01a1ff5a-fe84-742f-b2cc-e87af4e5ecd5"
_MESSAGE = "01a1ff5a-fe84-742f-b2cc-e87b585d80e1"
_REGISTRATION = "0b0d9d1c-8d6e-4c1c-9a53-1c7e3a5d2f10"
_SCANNED_AT = _NINE - timedelta(minutes=21)
_CALLED_AT = _NINE + timedelta(minutes=4)
_FINISHED_AT = _NINE + timedelta(minutes=19)


def _booking(kind: type[BookingState], *, version: int, cancelled: bool = False, **more: Any) -> Event:
    return kind(
        **{"display_name": "Pak Andi", **more},
        version=version,
        booking_id=_BOOKING,
        code="TRK-7K3M9P",
        person_id=_ANDI,
        office="TRK",
        service="new",
        priority="regular",
        date=_DAY,
        starts_at=_NINE,
        ends_at=_NINE + timedelta(hours=1),
        status="cancelled" if cancelled else "booked",
    )


def _outage(kind: type[OutageState], *, version: int) -> Event:
    return kind(
        version=version,
        outage_id=f"TRK:{_DAY}",
        office="TRK",
        date=_DAY,
        begins_at=_NINE,
        ends_at=_NINE + timedelta(hours=3),
        cause="closed",
        note="Pemadaman listrik",
        affected=7,
    )


def _scanned() -> QueueTicketState:
    return TicketScanned(
        version=1,
        ticket_id=_BOOKING,
        office="TRK",
        date=_DAY,
        number="A-012",
        service="new",
        priority="regular",
        state="waiting",
        person_id=_ANDI,
        display_name="Pak Andi",
        counter=None,
        calls=0,
        scanned_at=_SCANNED_AT,
        turn_at=_NINE,
        waiting_since=_SCANNED_AT,
        called_at=None,
        finished_at=None,
    )


def _at_counter(
    kind: type[QueueTicketState],
    *,
    version: int,
    state: TicketState,
    finished_at: datetime | None = None,
    **more: Any,
) -> Event:
    return kind(
        **{"calls": 1, "turn_at": _NINE, "waiting_since": _SCANNED_AT, **more},
        version=version,
        ticket_id=_BOOKING,
        office="TRK",
        date=_DAY,
        number="A-012",
        service="new",
        priority="regular",
        state=state,
        person_id=_ANDI,
        display_name="Pak Andi",
        counter=1,
        scanned_at=_SCANNED_AT,
        called_at=_CALLED_AT,
        finished_at=finished_at,
    )


def _counter(kind: type[CounterState], *, version: int, is_open: bool) -> Event:
    return kind(
        version=version,
        office="TRK",
        counter=1,
        state="open" if is_open else "closed",
        services=("new", "renewal"),
    )


def _office() -> Event:
    return OfficeChanged(
        version=4,
        office="TRK",
        name="Kantor Imigrasi Kelas II TPI Tarakan",
        office_class="II",
        city="Tarakan",
        province="Kalimantan Utara",
        timezone="Asia/Makassar",
        status="pilot",
        services=("new", "renewal", "collection"),
        counters=4,
        covers=("Kota Tarakan", "Kabupaten Bulungan"),
        hall=HallRules(
            journeys=(Journey(services=("new",), steps=(JourneyStep(step="documents", goal_minutes=5),)),)
        ),
        latitude=3.3,
        longitude=117.63,
    )


def _contact() -> Event:
    return ContactChanged(
        version=1,
        person_id=_ANDI,
        display_name="Pak Andi",
        phone="+6281234567890",
        email="andi@example.com",
        locale="id",
    )


def _registration(kind: type[RegistrationState], **more: Any) -> Event:
    return kind(
        **more,
        version=1,
        registration_id=_REGISTRATION,
        channel="whatsapp",
        address="+6281234567890",
        locale="id",
        expires_at=_NINE - timedelta(days=3),
    )


def _delivered() -> Event:
    return MessageDelivered(
        version=1, message_id=_MESSAGE, person_id=_ANDI, template="called", channel="whatsapp", attempts=1
    )


def _failed() -> Event:
    told: dict[str, Any] = {
        "version": 1,
        "message_id": _MESSAGE,
        "person_id": _ANDI,
        "template": "called",
        "attempts": 1,
    }
    return MessageFailed(**told, channel="whatsapp", reason="131026: Message undeliverable")


_DATA: tuple[Event, ...] = (
    _office(),
    _booking(SlotBooked, version=1, cancelled=False),
    _booking(BookingCancelled, version=2, cancelled=True),
    _contact(),
    _scanned(),
    _counter(CounterOpened, version=1, is_open=True),
    _counter(CounterClosed, version=2, is_open=False),
    _at_counter(CounterCalled, version=2, state="called"),
    _at_counter(TicketServed, version=3, state="served", finished_at=_FINISHED_AT),
    BOARD,
    _delivered(),
    _failed(),
    _booking(BookingAffected, version=2, cause="closed", note="Pemadaman listrik"),
    _booking(BookingReinstated, version=3),
    _outage(OfficeOutageDeclared, version=5),
    _outage(OfficeOutageLifted, version=6),
    _registration(CodeIssued, code="407318"),
    _registration(RegistrationRepeated),
    SessionsRevoked(version=2, subject=_ANDI),
    _booking(
        BookingRescheduled,
        version=2,
        previous_date=_DAY - timedelta(days=1),
        previous_starts_at=_NINE - timedelta(days=1),
    ),
    WAITLIST,
    PersonErased(version=2, person_id=_ANDI, people=(_ANDI,), bookings=(_BOOKING,)),
    _at_counter(TicketNoShow, version=4, state="no_show", finished_at=_FINISHED_AT, calls=2, no_shows=1),
    *PAYMENTS,
    AVAILABILITY,
    NO_SHOW,
    *HOME_VISITS,
    _booking(HallNameChanged, version=4, display_name="Pak A•••i"),
    *FLOOR,
    *PROOFS,
)


def _enveloped(place: int, event: Event) -> Envelope[Event]:
    """Enclose an event under an id, a time and a trace that never change."""
    office = f"/{event.event_office}" if event.event_office else ""
    return Envelope(
        id=f"01a1ff5a-fe84-742f-b2cc-0000000000{place:02x}",
        source=f"antrean/{event.producer}{office}",
        time=_NINE,
        traceparent="00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        causation_id=None if event.durable else "01a1ff5a-fe84-742f-b2cc-000000000007",
        data=event,
    )


EXAMPLES: dict[str, Envelope[Event]] = {
    type(event).__name__: _enveloped(place, event) for place, event in enumerate(_DATA)
}
