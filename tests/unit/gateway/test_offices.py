"""Offices over HTTP and in memory."""

import pytest

from contracts.refusals import RemoteRefusal
from contracts.requests.availability import GetAvailability
from contracts.requests.booking import Days, ListDays
from gateway.backend import ServiceUnavailable
from gateway.offices import OfficeDirectory
from tests.unit.gateway.fakes import availability, codes, gateway, office

pytestmark = pytest.mark.anyio


async def test_the_list_is_answered_from_memory_and_tagged() -> None:
    """Who has it is told so; a change makes another tag."""
    async with gateway(office("TRK"), office("SKW", status="planned")) as api:
        first = await api.http.simulate_get("/v1/offices")
        assert {one["office"] for one in first.json["offices"]} == {"TRK", "SKW"}
        assert first.headers["cache-control"] == "public, no-cache"
        for header in (first.headers["etag"], f'"other", {first.headers["etag"]}', "*"):
            again = await api.http.simulate_get("/v1/offices", headers={"If-None-Match": header})
            assert (again.status_code, again.content) == (304, b"")
        api.directory.apply(office("TRK", version=2, status="live"))
        changed = await api.http.simulate_get("/v1/offices", headers={"If-None-Match": first.headers["etag"]})
        assert changed.status_code == 200
        assert api.services.asked == []


async def test_the_list_can_be_of_one_status() -> None:
    """An unknown status is a fault of the query."""
    async with gateway(office("TRK"), office("SKW", status="planned")) as api:
        planned = await api.http.simulate_get("/v1/offices?status=planned")
        assert [one["office"] for one in planned.json["offices"]] == ["SKW"]
        unknown = await api.http.simulate_get("/v1/offices?status=closed")
        assert unknown.status_code == 422
        assert codes(unknown.json["errors"]) == {("status", "unknown_choice")}


async def test_one_office_is_answered_from_memory() -> None:
    """404 for a code that none has."""
    async with gateway(office("TRK")) as api:
        found = await api.http.simulate_get("/v1/offices/TRK")
        assert (found.json["office"], found.json["timezone"]) == ("TRK", "Asia/Makassar")
        missing = await api.http.simulate_get("/v1/offices/XXX")
        assert (missing.status_code, missing.json["code"]) == (404, "unknown_office")


async def test_a_code_in_lower_case_is_that_office() -> None:
    """The API answers; a page moves to its one address, with its query."""
    async with gateway(office("TRK")) as api:
        found = await api.http.simulate_get("/v1/offices/trk")
        assert found.json["office"] == "TRK"
        for path in ("/papan/trk", "/kios/Trk", "/loket/trk/1", "/kantor/trk/new/2026-11-24"):
            moved = await api.http.simulate_get(f"{path}?lang=en")
            there = path.replace("trk", "TRK").replace("Trk", "TRK")
            assert (moved.status_code, moved.headers["location"]) == (308, f"{there}?lang=en")


@pytest.mark.parametrize("code", ["trkk", "t1k", "t-k"])
async def test_what_is_no_code_in_any_case_is_not_there(code: str) -> None:
    """404, and sent nowhere else; the page leads to the list of offices."""
    async with gateway(office("TRK")) as api:
        answer = await api.http.simulate_get(f"/papan/{code}", headers={"Accept": "text/html"})
        assert answer.status_code == 404
        assert 'href="/#kantor"' in answer.text
        assert "Lihat daftar kantor" in answer.text


async def test_before_the_offices_are_known_nothing_is_said_about_them() -> None:
    """503 and not an empty list: a person would think there is no office."""
    async with gateway() as api:
        for path in ("/v1/offices", "/v1/offices/TRK", "/v1/offices/TRK/board"):
            answer = await api.http.simulate_get(path)
            assert (answer.status_code, answer.json["code"]) == (503, "service_unavailable")


async def test_what_is_answered_to_get_is_answered_to_head() -> None:
    """The same headers and no body."""
    async with gateway(office()) as api:
        answer = await api.http.simulate_head("/v1/offices")
        assert (answer.status_code, answer.content) == (200, b"")
        assert int(answer.headers["content-length"]) > 100


async def test_days_and_slots_are_asked_by_service_and_date() -> None:
    """`service` in the address is `for_service` in the contract."""
    async with gateway(office()) as api:
        api.services.answers[ListDays] = Days(office="TRK", service="new", days=())
        api.services.answers[GetAvailability] = lambda query: availability(day=query.date)
        days = await api.http.simulate_get("/v1/offices/TRK/days?service=new&lang=en")
        assert (days.json["office"], days.json["days"], days.json["next_release_at"]) == ("TRK", [], None)
        slots = await api.http.simulate_get("/v1/offices/TRK/slots?service=new&date=2026-11-24")
        assert slots.json["date"] == "2026-11-24"


async def test_faults_of_the_query_have_the_names_of_the_query() -> None:
    """A person who reads the fault finds the parameter."""
    async with gateway(office()) as api:
        for query, faults in {
            "": {("service", "missing_field"), ("date", "missing_field")},
            "?service=visa&date=soon": {("service", "unknown_choice"), ("date", "wrong_type")},
            "?service=&date=2026-02-30": {("service", "unknown_choice"), ("date", "wrong_type")},
        }.items():
            answer = await api.http.simulate_get(f"/v1/offices/TRK/slots{query}")
            assert answer.status_code == 422
            assert codes(answer.json["errors"]) == faults


async def test_slots_of_no_office_ask_nobody() -> None:
    """The directory knows."""
    async with gateway(office()) as api:
        answer = await api.http.simulate_get("/v1/offices/XXX/slots?service=new&date=2026-11-24")
        assert (answer.status_code, answer.json["code"]) == (404, "unknown_office")


def test_an_older_version_changes_nothing() -> None:
    """Events come twice and in any order; a snapshot may be older than the event before it."""
    directory = OfficeDirectory()
    directory.apply(office("TRK", version=3, status="live"))
    directory.load([office("TRK", version=2, status="pilot"), office("SKW")])
    directory.apply(office("TRK", version=3, status="planned"))
    directory.apply(office("TRK", version=1, status="planned"))
    known = directory.get("TRK")
    assert known is not None
    assert known.status == "live"
    assert [one.office for one in directory.all()] == ["SKW", "TRK"]


def test_a_directory_that_was_never_loaded_refuses() -> None:
    """An event of one office does not make the directory complete."""
    directory = OfficeDirectory()
    directory.apply(office())
    with pytest.raises(ServiceUnavailable):
        directory.all()


async def test_a_closed_office_tells_programs_what_people_read() -> None:
    """The date and the nearest offices are members of the problem; what is not known is not there."""
    near = [{"office": "SKW", "name": "Kanim Singkawang", "distance_km": 993}]
    data: dict[str, object] = {
        "office": "TRK",
        "status": "planned",
        "opens_on": "2027-01-04",
        "nearest": near,
    }
    async with gateway(office("TRK", status="planned")) as api:
        api.services.answers[ListDays] = RemoteRefusal("office_not_open", data)
        answer = await api.http.simulate_get("/v1/offices/TRK/days?service=new")
        assert (answer.status_code, answer.json["opens_on"], answer.json["nearest"]) == (
            409,
            "2027-01-04",
            near,
        )
        assert answer.json["status"] == 409
        api.services.answers[ListDays] = RemoteRefusal("office_not_open", {"office": "TRK"})
        bare = await api.http.simulate_get("/v1/offices/TRK/days?service=new")
        assert not {"opens_on", "nearest"} & bare.json.keys()
