"""Families over HTTP."""

from datetime import date

import pytest

from contracts.requests.booking import BookSlot, CancelParty
from contracts.requests.dependents import (
    AddDependent,
    Dependent,
    Dependents,
    ListDependents,
    RemoveDependent,
)
from contracts.requests.visit import PartyMember
from tests.unit.gateway.fakes import PERSON, bearer, codes, gateway
from tests.unit.gateway.test_bookings import BOOKING, SLOT

pytestmark = pytest.mark.anyio

CHILD = {
    "nik": "6571015203230001",
    "name": "Ani Wijaya",
    "display_name": "Ani",
    "birth_date": "2023-03-12",
}
ANI = Dependent(
    person_id=SLOT,
    name="Ani Wijaya",
    display_name="Ani",
    birth_date=date(2023, 3, 12),
    priority="regular",
)


async def test_a_dependent_is_added_listed_and_removed() -> None:
    """The guardian comes from the token; the answer has no NIK."""
    async with gateway() as api:
        everyone = Dependents(dependents=(ANI,))
        api.services.answers |= {AddDependent: ANI, ListDependents: everyone, RemoveDependent: everyone}
        added = await api.http.simulate_post("/v1/dependents", json=CHILD, headers=bearer())
        assert (added.status_code, added.json["display_name"]) == (201, "Ani")
        assert "nik" not in added.json
        listed = await api.http.simulate_get("/v1/dependents", headers=bearer())
        assert listed.json == {"dependents": [added.json]}
        await api.http.simulate_delete(f"/v1/dependents/{SLOT}", headers=bearer())
        asked = api.services.asked
        assert [command.guardian_id for command in asked if hasattr(command, "guardian_id")] == [PERSON] * 3
        assert asked[-1] == RemoveDependent(guardian_id=PERSON, person_id=SLOT)


async def test_an_age_is_no_class_of_a_dependent() -> None:
    """The birth date tells it."""
    async with gateway() as api:
        answer = await api.http.simulate_post(
            "/v1/dependents", json={**CHILD, "priority": "infant"}, headers=bearer()
        )
        assert codes(answer.json["errors"]) == {("/priority", "unknown_choice")}


async def test_a_family_is_booked_and_given_up_together() -> None:
    """The body names the dependents; the answer has everybody's code."""
    async with gateway() as api:
        ani = PartyMember(code="TRK-0000AN", display_name="Ani", status="booked")
        api.services.answers |= {BookSlot: BOOKING, CancelParty: BOOKING}
        body = {"slot_id": SLOT, "dependents": [PERSON], "with_holder": False, "priority": "ill"}
        headers = {**bearer(), "Idempotency-Key": "key-0001-0001"}
        answer = await api.http.simulate_post("/v1/bookings", json=body, headers=headers)
        assert answer.status_code == 201
        (asked,) = api.services.asked
        assert isinstance(asked, BookSlot)
        assert (asked.dependents, asked.with_holder, asked.priority) == ((PERSON,), False, "ill")
        await api.http.simulate_delete(f"/v1/bookings/{ani.code}/party", headers=bearer())
        assert api.services.asked[-1] == CancelParty(person_id=PERSON, code=ani.code)
