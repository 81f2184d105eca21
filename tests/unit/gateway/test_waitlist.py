"""The waitlist over HTTP."""

from datetime import date

import pytest

from contracts.refusals import RemoteRefusal
from contracts.requests.waitlist import (
    AcceptOffer,
    JoinWaitlist,
    LeaveWaitlist,
    ListWaitlist,
    Waitlist,
    WaitlistEntry,
)
from tests.unit.gateway.fakes import PERSON, bearer, codes, gateway
from tests.unit.gateway.test_bookings import BOOKING, SLOT

pytestmark = pytest.mark.anyio

WISH = {"office": "TRK", "for_service": "new", "first_date": "2026-11-24", "last_date": "2026-11-27"}
ENTRY = WaitlistEntry(
    entry_id=SLOT,
    office="TRK",
    service="new",
    first_date=date(2026, 11, 24),
    last_date=date(2026, 11, 27),
    status="waiting",
    starts_at=None,
    ends_at=None,
    offer_ends_at=None,
)


async def test_a_citizen_waits_takes_an_offer_or_leaves() -> None:
    """The person comes from the token, the wish from the address."""
    async with gateway() as api:
        api.services.answers |= {
            JoinWaitlist: ENTRY,
            ListWaitlist: Waitlist(entries=(ENTRY,)),
            AcceptOffer: BOOKING,
            LeaveWaitlist: ENTRY,
        }
        joined = await api.http.simulate_post("/v1/waitlist", json=WISH, headers=bearer())
        assert (joined.status_code, joined.json["status"]) == (201, "waiting")
        listed = await api.http.simulate_get("/v1/waitlist", headers=bearer())
        assert listed.json == {"entries": [joined.json]}
        taken = await api.http.simulate_post(f"/v1/waitlist/{SLOT}/accept", headers=bearer())
        assert taken.json["code"] == BOOKING.code
        await api.http.simulate_delete(f"/v1/waitlist/{SLOT}", headers=bearer())
        assert api.services.asked[2:] == [
            AcceptOffer(person_id=PERSON, entry_id=SLOT),
            LeaveWaitlist(person_id=PERSON, entry_id=SLOT),
        ]


async def test_nobody_waits_for_somebody_else() -> None:
    """The person cannot be said in the body."""
    async with gateway() as api:
        body = {**WISH, "person_id": SLOT}
        answer = await api.http.simulate_post("/v1/waitlist", json=body, headers=bearer())
        assert codes(answer.json["errors"]) == {("/person_id", "unknown_field")}


@pytest.mark.parametrize(("code", "status"), [("offer_over", 409), ("unknown_wish", 404)])
async def test_the_waitlists_refusals_have_their_status(code: str, status: int) -> None:
    """The table decides."""
    async with gateway() as api:
        api.services.answers[AcceptOffer] = RemoteRefusal(code, {})
        answer = await api.http.simulate_post(f"/v1/waitlist/{SLOT}/accept", headers=bearer())
        assert (answer.status_code, answer.json["code"]) == (status, code)
