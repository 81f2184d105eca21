"""Bookings and their tickets over HTTP."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import zxingcpp
from icalendar import Alarm, Calendar
from PIL import Image

from contracts.refusals import RemoteRefusal
from contracts.requests.booking import Booking, BookSlot, CancelBooking, GetBooking, RescheduleBooking
from contracts.requests.moving import Moving
from contracts.requests.outages import BookingOutage, BookingOutages, ListOwnOutages
from contracts.requests.payment import Payment
from contracts.requests.visit import Visit
from contracts.words import TicketState
from gateway.qr import ticket_svg
from tests.unit.gateway.fakes import NOON, PERSON, bearer, codes, gateway, office

pytestmark = pytest.mark.anyio

TICKET = "2KCFTIQB" * 30
SLOT = "0199a1b2-0000-7000-8000-0000000000aa"
BOOKING = Booking(
    booking_id="0199a1b2-0000-7000-8000-0000000000bb",
    code="TRK-7K3M9P",
    office="TRK",
    service="new",
    priority="regular",
    display_name="Pak Andi",
    date=date(2026, 11, 24),
    starts_at=NOON,
    ends_at=NOON + timedelta(hours=1),
    status="booked",
    ticket=TICKET,
    version=1,
)

CANCELLED = replace(BOOKING, status="cancelled", ticket="", version=2)


def _booking_headers(**headers: str) -> dict[str, str]:
    return {**bearer(), "Idempotency-Key": "key-0001-0001", **headers}


async def test_a_slot_is_booked_for_who_is_signed_in() -> None:
    """The person comes from the token, the key from its header, the slot from the body."""
    async with gateway() as api:
        api.services.answers[BookSlot] = BOOKING
        answer = await api.http.simulate_post(
            "/v1/bookings", json={"slot_id": SLOT}, headers=_booking_headers()
        )
        assert answer.status_code == 201
        assert answer.headers["location"] == "/v1/bookings/TRK-7K3M9P"
        assert answer.headers["cache-control"] == "no-store"
        assert (answer.json["ticket"], answer.json["starts_at"]) == (TICKET, "2026-11-23T04:00:00+00:00")
        assert api.services.asked == [
            BookSlot(person_id=PERSON, slot_id=SLOT, idempotency_key="key-0001-0001")
        ]


async def test_a_booking_needs_a_key_to_be_safely_repeated() -> None:
    """400 without the header; the person is told before the body is read."""
    async with gateway() as api:
        answer = await api.http.simulate_post("/v1/bookings", json={"slot_id": SLOT}, headers=bearer())
        assert (answer.status_code, answer.json["code"]) == (400, "idempotency_key_missing")


async def test_a_key_of_the_wrong_form_is_a_fault() -> None:
    """It is the contract that says what a key looks like."""
    async with gateway() as api:
        headers = _booking_headers(**{"Idempotency-Key": "short"})
        answer = await api.http.simulate_post("/v1/bookings", json={"slot_id": SLOT}, headers=headers)
        assert answer.json["errors"] == [
            {
                "header": "Idempotency-Key",
                "code": "too_short",
                "detail": "Header Idempotency-Key: Paling sedikit 8 karakter.",
            }
        ]


@pytest.mark.parametrize("field", ["person_id", "idempotency_key"])
async def test_nobody_books_for_somebody_else(field: str) -> None:
    """What the token or a header says cannot be said in the body."""
    async with gateway() as api:
        answer = await api.http.simulate_post(
            "/v1/bookings", json={"slot_id": SLOT, field: "somebody-else"}, headers=_booking_headers()
        )
        assert answer.status_code == 422
        assert codes(answer.json["errors"]) == {(f"/{field}", "unknown_field")}
        assert api.services.asked == []


async def test_every_fault_is_told_beside_the_smuggled_field() -> None:
    """The faults of the form come with it."""
    async with gateway() as api:
        answer = await api.http.simulate_post(
            "/v1/bookings", json={"person_id": PERSON}, headers=_booking_headers()
        )
        assert codes(answer.json["errors"]) == {
            ("/person_id", "unknown_field"),
            ("/slot_id", "missing_field"),
        }


@pytest.mark.parametrize(
    ("code", "data", "status"),
    [
        ("slot_full", {}, 409),
        ("already_booked", {"code": "TRK-7K3M9P"}, 409),
        ("unknown_slot", {}, 404),
        ("idempotency_key_reused", {}, 422),
    ],
)
async def test_bookings_refusals_have_their_status(code: str, data: dict[str, object], status: int) -> None:
    """The table decides, whatever the route."""
    async with gateway() as api:
        api.services.answers[BookSlot] = RemoteRefusal(code, data)
        answer = await api.http.simulate_post(
            "/v1/bookings", json={"slot_id": SLOT}, headers=_booking_headers()
        )
        assert (answer.status_code, answer.json["code"]) == (status, code)
        assert all(str(value) in answer.json["detail"] for value in data.values())


async def test_a_booking_is_read_and_given_up_by_its_code() -> None:
    """In capitals or not."""
    async with gateway() as api:
        api.services.answers |= {GetBooking: BOOKING, CancelBooking: BOOKING}
        read = await api.http.simulate_get("/v1/bookings/trk-7k3m9p", headers=bearer())
        assert read.json["code"] == "TRK-7K3M9P"
        given_up = await api.http.simulate_delete("/v1/bookings/TRK-7K3M9P", headers=bearer())
        assert given_up.status_code == 200
        assert api.services.asked == [
            GetBooking(person_id=PERSON, code="TRK-7K3M9P"),
            CancelBooking(person_id=PERSON, code="TRK-7K3M9P"),
        ]


async def test_a_booking_is_moved_to_the_slot_of_the_body() -> None:
    """Person and code come from the token and the address."""
    async with gateway() as api:
        api.services.answers[RescheduleBooking] = BOOKING
        path = "/v1/bookings/trk-7k3m9p/reschedule"
        answer = await api.http.simulate_post(path, json={"slot_id": SLOT}, headers=bearer())
        assert answer.status_code == 200
        assert api.services.asked == [RescheduleBooking(person_id=PERSON, code="TRK-7K3M9P", slot_id=SLOT)]


async def test_what_can_be_no_code_is_no_booking() -> None:
    """404 without asking a service."""
    async with gateway() as api:
        answer = await api.http.simulate_get("/v1/bookings/nonsense", headers=bearer())
        assert (answer.status_code, answer.json["code"]) == (404, "unknown_booking")
        assert api.services.asked == []


async def test_the_ticket_as_png_reads_as_the_tickets_text() -> None:
    """A real decoder reads what we draw."""
    async with gateway() as api:
        api.services.answers[GetBooking] = BOOKING
        answer = await api.http.simulate_get("/v1/bookings/TRK-7K3M9P/ticket.png", headers=bearer())
        assert answer.headers["content-type"] == "image/png"
        assert _decoded(Image.open(io.BytesIO(answer.content))).text == TICKET


async def test_the_ticket_as_svg_is_drawn_for_any_size() -> None:
    """It has a view box and no size; nothing in it is a script."""
    async with gateway() as api:
        api.services.answers[GetBooking] = BOOKING
        answer = await api.http.simulate_get("/v1/bookings/TRK-7K3M9P/ticket.svg", headers=bearer())
        assert answer.headers["content-type"] == "image/svg+xml"
        assert "viewBox" in answer.text
        assert "width=" not in answer.text
        assert answer.text.startswith("<svg")


async def test_the_ticket_as_an_entry_of_a_calendar() -> None:
    """When, where, what to bring and the way back; it reminds twice."""
    async with gateway(office()) as api:
        api.services.answers[GetBooking] = BOOKING
        answer = await api.http.simulate_get("/v1/bookings/TRK-7K3M9P/ticket.ics?lang=en", headers=bearer())
        assert answer.headers["content-type"].startswith("text/calendar")
        assert 'filename="TRK-7K3M9P.ics"' in answer.headers["content-disposition"]
        (entry,) = Calendar.from_ical(answer.content).events
        assert (entry.start, entry.end) == (BOOKING.starts_at, BOOKING.ends_at)
        assert (entry.uid, entry.sequence) == (f"{BOOKING.booking_id}@antrean", BOOKING.version)
        assert entry.location == f"{office().name}, {office().city}"
        assert "Identity card (KTP)" in entry.description
        assert entry.url.endswith("/tiket/TRK-7K3M9P")
        alarms = [one for one in entry.walk("VALARM") if isinstance(one, Alarm)]
        assert [alarm.TRIGGER for alarm in alarms] == [timedelta(days=-1), timedelta(hours=-2)]


@pytest.mark.parametrize("picture", ["svg", "png", "ics"])
async def test_a_cancelled_booking_has_no_ticket(picture: str) -> None:
    """409, under the code that the kiosk would give."""
    async with gateway() as api:
        api.services.answers[GetBooking] = CANCELLED
        answer = await api.http.simulate_get(f"/v1/bookings/TRK-7K3M9P/ticket.{picture}", headers=bearer())
        assert (answer.status_code, answer.json["code"]) == (409, "booking_cancelled")


@pytest.mark.parametrize("picture", ["svg", "png", "ics"])
async def test_who_was_served_is_told_that_the_visit_is_over(picture: str) -> None:
    """Nobody has cancelled anything."""
    async with gateway() as api:
        api.services.answers[GetBooking] = replace(BOOKING, status="served", ticket="")
        answer = await api.http.simulate_get(f"/v1/bookings/TRK-7K3M9P/ticket.{picture}", headers=bearer())
        assert (answer.status_code, answer.json["code"]) == (409, "visit_over")


async def test_the_page_of_a_cancelled_booking_is_shown_without_a_code() -> None:
    """Its ticket's text is empty, as booking answers it."""
    async with gateway(office()) as api:
        api.services.answers[GetBooking] = CANCELLED
        api.services.answers[ListOwnOutages] = BookingOutages(outages=())
        page = await api.http.simulate_get("/tiket/TRK-7K3M9P", headers=bearer())
        assert page.status_code == 200
        assert "TRK-7K3M9P" in page.text
        assert "ticket-qr" not in page.text


def test_the_code_stays_small_and_has_its_quiet_zone() -> None:
    """Version 9 (53 modules) with four modules around it."""
    assert b'viewBox="0 0 61 61"' in ticket_svg(TICKET)


def _decoded(picture: Image.Image) -> Any:
    (code,) = zxingcpp.read_barcodes(picture)
    assert code.format == zxingcpp.BarcodeFormat.QRCode
    assert code.ec_level == "M"
    return code


@pytest.mark.parametrize("state", [None, "waiting", "called"])
@pytest.mark.parametrize("hours_ago", [-24, 24])
async def test_whom_the_office_let_down_finds_the_ways_out_on_the_ticket(
    state: TicketState | None, hours_ago: int
) -> None:
    """Before the hour and after, also from the hall; not while they are at a counter."""
    starts_at = datetime.now(UTC) - timedelta(hours=hours_ago)
    let_down = replace(
        BOOKING,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        visit=state and Visit(number="A-001", state=state, counter=2 if state == "called" else None),
        moving=Moving(can_be_moved=state != "called"),
    )
    outage = BookingOutage(code=BOOKING.code, cause="closed", note="Pemadaman listrik")
    async with gateway(office("TRK")) as api:
        api.services.answers[GetBooking] = let_down
        api.services.answers[ListOwnOutages] = BookingOutages(outages=(outage,))
        page = (await api.http.simulate_get(f"/tiket/{BOOKING.code}?lang=id", headers=bearer())).text
    is_over, has_way_out = hours_ago > 0, state != "called"
    assert ("Pemadaman listrik" in page) == has_way_out
    assert (f"/tiket/{BOOKING.code}/jadwal" in page) == has_way_out
    assert (f"/tiket/{BOOKING.code}/batal" in page) == has_way_out
    assert ("pada jam itu" in page) == (is_over and has_way_out)
    assert ("Atau tunggu" in page) == (not is_over and has_way_out)
    assert ("Silakan duduk" in page) == (state == "waiting" and not is_over)


async def test_who_has_paid_and_another_booking_ahead_is_told_what_stands_against_a_new_time() -> None:
    """They find no button that leads back to the same page."""
    credit = replace(
        BOOKING,
        status="paid",
        ticket="",
        payment=Payment(status="credit", billing_code="820261124000731", amount=350_000, due_at=NOON),
        moving=Moving(can_be_moved=False, why_not="already_booked"),
    )
    async with gateway(office("TRK")) as api:
        api.services.answers[GetBooking] = credit
        api.services.answers[ListOwnOutages] = BookingOutages(outages=())
        page = (await api.http.simulate_get(f"/tiket/{BOOKING.code}?lang=id", headers=bearer())).text
    assert "Anda sudah punya antrean aktif. Sesudah itu" in page
    assert f"/tiket/{BOOKING.code}/jadwal" not in page
