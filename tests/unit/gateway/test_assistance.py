"""Assisted bookings over HTTP."""

from datetime import date

import pytest

from contracts.requests.assistance import (
    BookWithAssistance,
    CancelAssistedBooking,
    GetAssistedBooking,
    GetVillage,
    Village,
)
from tests.unit.gateway.fakes import PERSON, bearer, codes, gateway, office
from tests.unit.gateway.test_bookings import BOOKING, SLOT

pytestmark = pytest.mark.anyio

PATH = "/v1/offices/TRK/assisted-bookings"
FORM = {
    "nik": "6571015708500042",
    "name": "Siti Aminah",
    "display_name": "Ibu Siti",
    "birth_date": "1950-08-17",
    "for_service": "new",
    "slot_id": SLOT,
    "consent": True,
    "consent_given": "spoken",
}
KEY = {"Idempotency-Key": "a-key-of-the-form"}


@pytest.mark.parametrize("role", ["officer", "head"])
async def test_staff_of_the_office_book_for_somebody(role: str) -> None:
    """Who they are and where comes from token and path; the answer has the ticket."""
    async with gateway(office()) as api:
        api.services.answers[BookWithAssistance] = BOOKING
        answer = await api.http.simulate_post(PATH, json=FORM, headers=bearer(role, "TRK") | KEY)
        assert (answer.status_code, answer.json["ticket"]) == (201, BOOKING.ticket)
        (asked,) = api.services.asked
        assert isinstance(asked, BookWithAssistance)
        assert (asked.officer_id, asked.role, asked.office) == (PERSON, role, "TRK")
        assert (asked.birth_date, asked.phone, asked.priority) == (date(1950, 8, 17), None, "regular")


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({}, "not_signed_in"),
        (bearer("citizen"), "not_allowed"),
        (bearer("kiosk", "TRK"), "not_allowed"),
        (bearer("officer", "SKW"), "other_office"),
    ],
)
async def test_nobody_else_does(headers: dict[str, str], code: str) -> None:
    """Neither citizens, nor devices, nor officers of another office."""
    async with gateway(office()) as api:
        answer = await api.http.simulate_post(PATH, json=FORM, headers=headers | KEY)
        assert answer.json["code"] == code
        assert api.services.asked == []


async def test_a_key_is_needed_and_faults_are_named() -> None:
    """And no officer writes under another's name."""
    async with gateway(office()) as api:
        headers = bearer("officer", "TRK")
        answer = await api.http.simulate_post(PATH, json=FORM, headers=headers)
        assert answer.json["code"] == "idempotency_key_missing"
        form = {**FORM, "officer_id": "x", "consent_given": "guessed"}
        answer = await api.http.simulate_post(PATH, json=form, headers=headers | KEY)
        assert codes(answer.json["errors"]) == {
            ("/officer_id", "unknown_field"),
            ("/consent_given", "unknown_choice"),
        }


async def test_a_village_asks_at_any_office() -> None:
    """Which offices cover it is booking's to say."""
    async with gateway(office()) as api:
        api.services.answers[BookWithAssistance] = BOOKING
        form = {**FORM, "via_village": True}
        answer = await api.http.simulate_post(PATH, json=form, headers=bearer("village") | KEY)
        assert answer.status_code == 201
        (asked,) = api.services.asked
        assert isinstance(asked, BookWithAssistance)
        assert (asked.officer_id, asked.role, asked.via_village) == (PERSON, "village", True)


async def test_what_was_made_is_found_cancelled_and_printed() -> None:
    """By its code, however its letters were typed."""
    async with gateway(office()) as api:
        api.services.answers |= dict.fromkeys((GetAssistedBooking, CancelAssistedBooking), BOOKING)
        path, headers = f"{PATH}/{BOOKING.code.lower()}", bearer("officer", "TRK")
        assert (await api.http.simulate_get(path, headers=headers)).json["code"] == BOOKING.code
        assert (await api.http.simulate_delete(path, headers=headers)).status_code == 200
        printed = await api.http.simulate_get(f"{path}/ticket.pdf?paper=80mm", headers=headers)
        assert printed.content[:5] == b"%PDF-"
        assert [type(asked).__name__ for asked in api.services.asked] == [
            "GetAssistedBooking",
            "CancelAssistedBooking",
            "GetAssistedBooking",
        ]
        none = await api.http.simulate_get(f"{PATH}/none", headers=headers)
        assert none.json["code"] == "unknown_booking"
        other = await api.http.simulate_get(path, headers=bearer("officer", "SKW"))
        assert other.json["code"] == "other_office"


async def test_a_village_asks_where_it_may_book() -> None:
    """Nobody else has a village."""
    async with gateway(office()) as api:
        api.services.answers[GetVillage] = Village(district="Kabupaten Malinau", offices=("TRK",))
        answer = await api.http.simulate_get("/v1/village", headers=bearer("village"))
        assert answer.json == {"district": "Kabupaten Malinau", "offices": ["TRK"]}
        answer = await api.http.simulate_get("/v1/village", headers=bearer("officer", "TRK"))
        assert answer.json["code"] == "not_allowed"
