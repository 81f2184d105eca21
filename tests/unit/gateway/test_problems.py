"""Every error is a problem (RFC 9457), whatever the cause."""

import pytest
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from contracts.refusals import InvalidRequest, RemoteRefusal
from contracts.requests.accounts import OpenSession
from contracts.requests.booking import ListDays
from contracts.requests.display import GetBoard
from gateway.backend import NoAnswer, ServiceUnavailable
from tests.unit.gateway.fakes import codes, gateway, office

pytestmark = pytest.mark.anyio

SIGN_IN = {"login": "budi@example.com", "password": "rahasia-sekali"}


async def test_an_unknown_address_is_a_problem() -> None:
    """404, with everything that RFC 9457 and our clients need."""
    async with gateway() as api:
        answer = await api.http.simulate_get("/v1/nothing", headers={"Accept-Language": "en"})
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["content-language"] == "en"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.json == {
            "type": "/galat/not_found",
            "title": "There is nothing at this address.",
            "status": 404,
            "detail": "Check the address.",
            "code": "not_found",
            "instance": answer.headers["traceparent"].split("-")[1],
        }


async def test_a_wrong_method_says_which_are_right() -> None:
    """405 has Allow; what answers GET answers HEAD."""
    async with gateway() as api:
        answer = await api.http.simulate_put("/v1/offices")
        assert (answer.status_code, answer.json["code"]) == (405, "method_not_allowed")
        assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


async def test_another_media_type_is_refused() -> None:
    """415 for a form, for no type at all, and for JSON that calls itself text."""
    async with gateway() as api:
        for headers in (
            {},
            {"Content-Type": "text/plain"},
            {"Content-Type": "application/x-www-form-urlencoded"},
        ):
            answer = await api.http.simulate_post("/v1/sessions", body=b"{}", headers=headers)
            assert (answer.status_code, answer.json["code"]) == (415, "unsupported_media_type")


@pytest.mark.parametrize("body", [b"{", b"", b"\xff\xfe", b'{"login": NaN}', b"[" * 5000])
async def test_what_is_no_json_is_refused(body: bytes) -> None:
    """400, and nothing reaches a service."""
    async with gateway() as api:
        answer = await api.http.simulate_post(
            "/v1/sessions", body=body, headers={"Content-Type": "application/json; charset=utf-8"}
        )
        assert (answer.status_code, answer.json["code"]) == (400, "bad_json")
        assert api.services.asked == []


@pytest.mark.parametrize("body", [b"[]", b"null", b'"text"', b"7"])
async def test_json_that_is_no_object_has_the_wrong_type(body: bytes) -> None:
    """422 at the root: the pointer is empty."""
    async with gateway() as api:
        answer = await api.http.simulate_post(
            "/v1/sessions", body=body, headers={"Content-Type": "application/json"}
        )
        assert answer.status_code == 422
        assert codes(answer.json["errors"]) == {("", "wrong_type")}


async def test_a_body_over_the_limit_is_refused() -> None:
    """413, and the connection is not used again: who knows how much would still come."""
    async with gateway() as api:
        answer = await api.http.simulate_post(
            "/v1/sessions", body=b" " * 65537, headers={"Content-Type": "application/json"}
        )
        assert (answer.status_code, answer.json["code"]) == (413, "body_too_large")
        assert answer.headers["connection"] == "close"


async def test_a_body_of_the_limit_is_read() -> None:
    """64 KiB is allowed."""
    async with gateway() as api:
        answer = await api.http.simulate_post(
            "/v1/sessions", body=b"{}".ljust(65536), headers={"Content-Type": "application/json"}
        )
        assert answer.status_code == 422


async def test_faults_come_all_at_once_with_pointers_and_sentences() -> None:
    """The first fault is the problem's code; each is explained in the asker's language."""
    async with gateway() as api:
        answer = await api.http.simulate_post("/v1/sessions", json={"login": 5, "extra": 1})
        assert answer.status_code == 422
        assert codes(answer.json["errors"]) == {
            ("/login", "wrong_type"),
            ("/password", "missing_field"),
            ("/extra", "unknown_field"),
        }
        assert answer.json["code"] == answer.json["errors"][0]["code"]
        assert {"Wajib diisi."} <= {error["detail"] for error in answer.json["errors"]}


async def test_what_no_database_can_hold_reaches_none() -> None:
    """JSON can write a NUL, PostgreSQL's text cannot hold one: a fault of the form, and none of ours."""
    async with gateway() as api:
        answer = await api.http.simulate_post("/v1/sessions", json={**SIGN_IN, "login": "budi\x00"})
        assert (answer.status_code, codes(answer.json["errors"])) == (422, {("/login", "bad_form")})
        assert api.services.asked == []


async def test_a_services_refusal_keeps_its_code_and_fills_its_sentence() -> None:
    """A throttle's waiting time is in the sentence and in Retry-After."""
    async with gateway() as api:
        api.services.answers[OpenSession] = RemoteRefusal("too_many_attempts", {"retry_seconds": 300})
        answer = await api.http.simulate_post("/v1/sessions?lang=en", json=SIGN_IN)
        assert (answer.status_code, answer.headers["retry-after"]) == (429, "300")
        assert answer.json["detail"] == "Try again in 5 minutes."


async def test_a_wrong_password_is_a_challenge() -> None:
    """RFC 9110: 401 comes with WWW-Authenticate."""
    async with gateway() as api:
        api.services.answers[OpenSession] = RemoteRefusal("sign_in_failed", {})
        answer = await api.http.simulate_post("/v1/sessions", json=SIGN_IN)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")


async def test_faults_that_a_service_found_are_shown() -> None:
    """A gateway older than the service lets through what the service then refuses."""
    async with gateway() as api:
        api.services.answers[OpenSession] = InvalidRequest(
            faults=[{"pointer": "/login", "code": "too_short"}]
        )
        answer = await api.http.simulate_post("/v1/sessions", json=SIGN_IN)
        assert (answer.status_code, answer.json["code"]) == (422, "invalid_request")
        assert codes(answer.json["errors"]) == {("/login", "too_short")}


@pytest.mark.parametrize(
    ("refused", "status", "wait"), [(NoAnswer(), 504, "5"), (ServiceUnavailable(), 503, "2")]
)
async def test_a_service_that_is_away_is_told_apart_from_a_slow_one(
    refused: Exception, status: int, wait: str
) -> None:
    """503 and 504, each with a time to come back."""
    async with gateway(office()) as api:
        api.services.answers[ListDays] = refused
        answer = await api.http.simulate_get("/v1/offices/TRK/days?service=new")
        assert (answer.status_code, answer.headers["retry-after"]) == (status, wait)


async def test_a_crash_is_our_own_fault_and_says_nothing_of_itself() -> None:
    """500, with the incident's number and no word of the exception."""
    async with gateway(office()) as api:
        api.services.answers[GetBoard] = ZeroDivisionError("secret inner life")
        answer = await api.http.simulate_get("/v1/offices/TRK/board")
        assert (answer.status_code, answer.json["code"]) == (500, "internal")
        assert "secret" not in answer.text


async def test_a_crash_is_logged_under_the_trace_of_the_request() -> None:
    """Who has the incident's number finds the cause."""
    async with gateway(office()) as api:
        api.services.answers[GetBoard] = ZeroDivisionError("for the log")
        with capture_logs(processors=[merge_contextvars]) as logged:
            answer = await api.http.simulate_get("/v1/offices/TRK/board")
    (entry,) = [entry for entry in logged if entry["event"] == "request_failed"]
    assert entry["trace_id"] == answer.json["instance"]
    assert str(entry["exc_info"]) == "for the log"
    assert entry["route"] == "/v1/offices/{office}/board"


async def test_a_trace_goes_on_and_a_malformed_one_begins_anew() -> None:
    """The caller's trace id stays; what is no traceparent is not echoed."""
    async with gateway() as api:
        parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
        kept = await api.http.simulate_get("/v1/nothing", headers={"traceparent": parent})
        assert kept.json["instance"] == "4bf92f3577b34da6a3ce929d0e0e4736"
        assert kept.headers["traceparent"] != parent
        begun = await api.http.simulate_get("/v1/nothing", headers={"traceparent": "<script>"})
        assert len(begun.json["instance"]) == 32


async def test_every_answer_has_the_security_headers() -> None:
    """Problems, pages and data alike."""
    async with gateway(office()) as api:
        for path in ("/v1/nothing", "/v1/offices", "/api", "/openapi.json"):
            headers = (await api.http.simulate_get(path)).headers
            assert "frame-ancestors 'none'" in headers["content-security-policy"]
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["referrer-policy"] == "same-origin"


async def test_https_is_kept_where_it_is_used() -> None:
    """Strict-Transport-Security only when the public address is https."""
    async with gateway(public_url="https://antrean.example") as api:
        assert "strict-transport-security" in (await api.http.simulate_get("/v1/nothing")).headers
    async with gateway() as api:
        assert "strict-transport-security" not in (await api.http.simulate_get("/v1/nothing")).headers


async def test_a_problems_type_leads_to_its_explanation() -> None:
    """`type` is an address of ours; one that is no code leads nowhere."""
    async with gateway() as api:
        known = await api.http.simulate_get("/galat/slot_full")
        assert (known.status_code, known.headers["location"]) == (303, "/api#galat-slot_full")
        assert (await api.http.simulate_get("/galat/nothing")).status_code == 404
