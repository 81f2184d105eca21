"""Pages of a service that is paid first, made of what is told to everybody."""

from dataclasses import replace

import pytest

from contracts.requests.booking import Bookings, Day, Days, ListBookings, ListDays, ListSlots
from contracts.requests.dependents import Dependents, ListDependents
from contracts.requests.travel import Districts, ListDistricts
from gateway.availability import DayState
from tests.unit.gateway.fakes import TOMORROW, availability, bearer, gateway, office

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("page", ["/new", f"/new/{TOMORROW}", f"/new/{TOMORROW}/slot-0"])
async def test_pages_tell_from_the_copy_what_is_paid_first_and_until_when(page: str) -> None:
    """Who names no district is shown the copy; the terms are on it."""
    async with gateway(office("TRK")) as api:
        api.services.answers[ListDays] = Days(
            office="TRK", service="new", days=(Day(date=TOMORROW, places_left=5),)
        )
        told = replace(availability(10, 5), prepaid_amount=350_000, hold_minutes=90)
        api.services.answers[ListSlots] = DayState(told).slots
        api.services.answers[ListDistricts] = Districts(office="TRK", districts=())
        api.services.answers[ListBookings] = Bookings(bookings=())
        api.services.answers[ListDependents] = Dependents(dependents=())
        answer = await api.http.simulate_get(f"/kantor/TRK{page}?lang=id", headers=bearer())
        assert answer.status_code == 200
        assert "Rp350.000" in answer.text.replace("\xa0", "")
        assert "1 jam 30 menit" in answer.text.replace("\xa0", " ")
