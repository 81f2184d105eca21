"""Waiting times and statistics over HTTP and on the pages: for everybody, and cheap for a crowd."""

import asyncio
from dataclasses import replace

import pytest

from contracts.requests.booking import Days, ListDays
from contracts.requests.waiting import GetStatistics, GetWaiting, ListStatistics
from gateway.availability import AvailabilityCopies
from gateway.backend import ServiceUnavailable
from gateway.pages.citizen.today import FEWEST_TOLD, Precision
from gateway.shared_reads import SharedReads
from tests.e2e.waiting_samples import OF_EVERYBODY, national_statistics, office_statistics, office_waiting
from tests.unit.gateway.fakes import FakeServices, bearer, gateway, office

pytestmark = pytest.mark.anyio

_PAGE = {"Accept": "text/html"}


@pytest.mark.parametrize("path", ["/v1/offices/TRK/waiting", "/v1/offices/TRK/statistics", "/v1/statistics"])
async def test_anybody_reads_it_and_who_has_it_is_told_so(path: str) -> None:
    """Without signing in; an ETag of the body."""
    async with gateway(office("TRK")) as api:
        api.services.answers |= OF_EVERYBODY
        first = await api.http.simulate_get(path)
        assert first.status_code == 200
        again = await api.http.simulate_get(path, headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert "person_id" not in first.text
        assert "ticket_id" not in first.text


async def test_a_wait_that_cannot_be_told_is_null() -> None:
    """And the others are in minutes."""
    async with gateway(office("TRK")) as api:
        api.services.answers |= OF_EVERYBODY
        told = (await api.http.simulate_get("/v1/offices/TRK/waiting")).json["services"]
        assert told[0] == {
            "service": "new",
            "waiting": 9,
            "counters": 3,
            "low_minutes": 20,
            "high_minutes": 40,
        }


async def test_an_office_that_does_not_exist_is_asked_for_nowhere() -> None:
    """The gateway knows the offices."""
    async with gateway(office("TRK")) as api:
        for path in ("/v1/offices/XXX/waiting", "/v1/offices/XXX/statistics", "/kantor/XXX/hari-ini"):
            assert (await api.http.simulate_get(path)).status_code == 404
        assert api.services.asked == []


async def test_a_crowd_costs_one_request_of_each_kind() -> None:
    """However many look at the same moment, and again within seconds."""
    services = FakeServices()
    services.answers |= OF_EVERYBODY
    shared = SharedReads(services, AvailabilityCopies(services))
    for _ in range(2):
        await asyncio.gather(*(shared.ask(GetWaiting(office="TRK")) for _ in range(100)))
        await asyncio.gather(*(shared.ask_plain(GetStatistics(office="TRK")) for _ in range(100)))
        await asyncio.gather(*(shared.ask_plain(ListStatistics()) for _ in range(100)))
    assert len(services.asked) == 3


async def test_an_offices_page_is_tagged_for_who_looks_again() -> None:
    """A reload costs no bytes; somebody's own page, with their menu, is kept by no cache."""
    async with gateway(office("TRK")) as api:
        api.services.answers |= {**OF_EVERYBODY, ListDays: Days(office="TRK", service="new", days=())}
        for path in ("/kantor/TRK/hari-ini", "/transparansi"):
            first = await api.http.simulate_get(path, headers=_PAGE)
            assert (first.status_code, first.headers["cache-control"]) == (200, "no-cache")
            known = {**_PAGE, "If-None-Match": first.headers["etag"]}
            again = await api.http.simulate_get(path, headers=known)
            assert (again.status_code, again.content) == (304, b"")
            own = await api.http.simulate_get(path, headers={**_PAGE, **bearer("citizen")})
            assert (own.status_code, own.headers["cache-control"]) == (200, "no-store")
            assert "etag" not in own.headers


@pytest.mark.parametrize("away", [GetWaiting, GetStatistics, ListDays])
async def test_a_page_shows_what_it_can(away: type) -> None:
    """With display or booking away the rest is there."""
    async with gateway(office("TRK")) as api:
        api.services.answers |= {**OF_EVERYBODY, ListDays: Days(office="TRK", service="new", days=())}
        api.services.answers[away] = ServiceUnavailable()
        page = await api.http.simulate_get("/kantor/TRK/hari-ini", headers=_PAGE)
        assert page.status_code == 200
        assert ("20–40 menit" in page.text) == (away is not GetWaiting)
        assert ("A-012" in page.text) == (away is not GetStatistics)


async def test_the_list_is_filtered_and_sorted_by_the_address() -> None:
    """A value that nobody knows is passed over."""
    offices = (office("TRK"), office("SKW", status="planned"), office("PTK", status="live"))
    async with gateway(*offices) as api:
        api.services.answers[ListStatistics] = national_statistics()
        pages = {
            query: (await api.http.simulate_get(f"/transparansi?{query}", headers=_PAGE)).text
            for query in ("urut=tunggu", "urut=nama", "status=planned", "status=nonsens&provinsi=Atlantis")
        }
    found = {query: _offices_in(page) for query, page in pages.items()}
    assert found == {
        "urut=tunggu": ["PTK", "TRK", "SKW"],
        "urut=nama": ["PTK", "SKW", "TRK"],
        "status=planned": ["SKW"],
        "status=nonsens&provinsi=Atlantis": ["PTK", "TRK", "SKW"],
    }


def test_precision_is_summed_over_days_by_people() -> None:
    """A day on which nobody was told anything counts nothing; of a few people no part is told."""
    precision = Precision.of(office_statistics().days)
    assert precision is not None
    assert (precision.error_minutes, precision.kept_percent) == (6, 87)
    assert Precision.of(()) is None
    few = replace(office_statistics().days[0], told=FEWEST_TOLD - 1, kept=1)
    assert Precision.of((few,)) is None
    assert Precision.of((replace(few, told=FEWEST_TOLD),)) is not None
    assert office_waiting().services[0].high_minutes == 40


def _offices_in(page: str) -> list[str]:
    return [part[:3] for part in page.split('href="/kantor/')[1:]]
