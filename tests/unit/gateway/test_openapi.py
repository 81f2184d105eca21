"""The OpenAPI document and the page made from it."""

from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from contracts import schema
from contracts.requests.booking import BookSlot
from gateway.openapi import openapi_document
from gateway.routes import Route
from tests.unit.gateway.fakes import gateway

pytestmark = pytest.mark.anyio

OPERATIONS = {
    ("post", "/v1/accounts"),
    ("post", "/v1/accounts/verify"),
    ("post", "/v1/accounts/resend"),
    ("post", "/v1/sessions"),
    ("delete", "/v1/sessions"),
    ("get", "/v1/me"),
    ("patch", "/v1/me"),
    ("delete", "/v1/me"),
    ("put", "/v1/me/name"),
    ("get", "/v1/me/export"),
    ("delete", "/v1/me/sessions"),
    ("put", "/v1/me/password"),
    ("post", "/v1/recoveries"),
    ("post", "/v1/recoveries/finish"),
    ("post", "/v1/recoveries/resend"),
    ("post", "/v1/me/contact"),
    ("post", "/v1/me/contact/finish"),
    ("get", "/v1/offices"),
    ("get", "/v1/offices/{office}"),
    ("get", "/v1/offices/{office}/days"),
    ("get", "/v1/offices/{office}/slots"),
    ("get", "/v1/offices/{office}/why"),
    ("get", "/v1/offices/{office}/districts"),
    ("get", "/v1/offices/{office}/plan"),
    ("put", "/v1/offices/{office}/plan"),
    ("post", "/v1/offices/{office}/plan/preview"),
    ("get", "/v1/offices/{office}/schedule"),
    ("get", "/v1/offices/{office}/affected-bookings"),
    ("post", "/v1/offices/{office}/nik-overrides"),
    ("post", "/v1/offices/{office}/recoveries"),
    ("get", "/v1/offices/{office}/staff"),
    ("post", "/v1/offices/{office}/staff"),
    ("delete", "/v1/offices/{office}/staff/{staff_id}"),
    ("post", "/v1/offices/{office}/staff/{staff_id}/invitation"),
    ("post", "/v1/invitations/accept"),
    ("post", "/v1/bookings"),
    ("get", "/v1/bookings"),
    ("get", "/v1/bookings/outages"),
    ("get", "/v1/bookings/{code}"),
    ("delete", "/v1/bookings/{code}"),
    ("delete", "/v1/bookings/{code}/party"),
    ("get", "/v1/waitlist"),
    ("post", "/v1/waitlist"),
    ("delete", "/v1/waitlist/{entry_id}"),
    ("post", "/v1/waitlist/{entry_id}/accept"),
    ("post", "/v1/bookings/{code}/reschedule"),
    ("get", "/v1/dependents"),
    ("post", "/v1/dependents"),
    ("patch", "/v1/dependents/{person_id}"),
    ("delete", "/v1/dependents/{person_id}"),
    ("get", "/v1/bookings/{code}/ticket.svg"),
    ("get", "/v1/bookings/{code}/ticket.png"),
    ("get", "/v1/bookings/{code}/ticket.ics"),
    ("get", "/v1/bookings/{code}/ticket.pdf"),
    ("post", "/v1/payments/settlements"),
    ("post", "/v1/offices/{office}/scans"),
    *(("post", f"/v1/pairings{deed}") for deed in ("", "/token", "/renewal")),
    ("post", "/v1/offices/{office}/pairings"),
    ("get", "/v1/offices/{office}/pairings/{user_code}"),
    ("get", "/v1/offices/{office}/devices"),
    ("delete", "/v1/offices/{office}/devices/{device_id}"),
    ("get", "/v1/offices/{office}/walk-ins"),
    ("post", "/v1/offices/{office}/walk-ins"),
    *(("get", f"/v1/offices/{{office}}/{way}/{{ticket_id}}/ticket.escpos") for way in ("walk-ins", "scans")),
    ("get", "/v1/home-visits"),
    ("post", "/v1/home-visits"),
    ("delete", "/v1/home-visits/{visit_id}"),
    ("get", "/v1/offices/{office}/home-visits"),
    *(
        ("post", f"/v1/offices/{{office}}/home-visits/{{visit_id}}/{deed}")
        for deed in ("schedule", "decline", "finish")
    ),
    ("get", "/v1/village"),
    ("get", "/v1/offices/{office}/assisted-days"),
    ("get", "/v1/offices/{office}/assisted-slots"),
    ("post", "/v1/offices/{office}/assisted-bookings"),
    ("get", "/v1/offices/{office}/assisted-bookings/{code}"),
    ("delete", "/v1/offices/{office}/assisted-bookings/{code}"),
    ("get", "/v1/offices/{office}/assisted-bookings/{code}/ticket.pdf"),
    ("get", "/v1/offices/{office}/counters/{number}"),
    *(
        ("post", f"/v1/offices/{{office}}/counters/{{number}}/{deed}")
        for deed in (
            *(
                "open",
                "call",
                "recall",
                "finish",
                "no-show",
                "close",
                "pause",
                "resume",
                "call-ticket",
                "hold",
            ),
            *("resume-ticket", "transfer", "return", "undo", "emergency", "emergency-clear"),
        )
    ),
    ("get", "/v1/offices/{office}/waiting"),
    ("get", "/v1/offices/{office}/statistics"),
    ("get", "/v1/statistics"),
    ("get", "/v1/offices/{office}/appointments"),
    ("get", "/v1/offices/{office}/floor"),
    ("get", "/v1/offices/{office}/reports"),
    ("get", "/v1/offices/{office}/reports.csv"),
    ("get", "/v1/offices/{office}/reports.xlsx"),
    ("get", "/v1/offices/{office}/counter-suggestions"),
    ("get", "/v1/offices/{office}/queue/{ticket_number}"),
    ("get", "/v1/offices/{office}/board"),
    ("get", "/v1/offices/{office}/board/stream"),
    ("get", "/v1/offices/{office}/announcements/{ticket_number}/{number}/{language}.wav"),
}


async def _document() -> dict[str, Any]:
    async with gateway() as api:
        document: dict[str, Any] = (await api.http.simulate_get("/openapi.json")).json
        return document


async def test_every_operation_of_the_api_is_described() -> None:
    """Each with a summary, its answers and what can go wrong."""
    document = await _document()
    described = {(method, path) for path, operations in document["paths"].items() for method in operations}
    assert described == OPERATIONS


async def test_a_responder_that_says_nothing_of_itself_would_be_missed() -> None:
    """The control: a route without an Operation does not appear, so the test above would fail."""

    class Silent:
        async def on_get(self) -> None:
            """Say nothing."""

    document = openapi_document([Route(template="/v1/silent", resource=Silent())], server="http://x")
    assert document["paths"] == {}


async def test_what_the_client_may_not_say_is_not_in_the_body() -> None:
    """A booking's person and key come from elsewhere."""
    document = await _document()
    schemas = document["components"]["schemas"]
    asked = {"slot_id", "priority", "with_holder", "dependents", "district"}
    assert set(schemas["BookSlot"]["properties"]) == asked
    assert schemas["BookSlot"]["additionalProperties"] is False
    assert "additionalProperties" not in schemas["Booking"]
    assert set(schema.schema_of(BookSlot).fields) == asked | {"person_id", "idempotency_key"}
    (key,) = document["paths"]["/v1/bookings"]["post"]["parameters"]
    assert (key["in"], key["name"], key["required"]) == ("header", "Idempotency-Key", True)


async def test_every_schema_is_json_schema_and_every_reference_leads_somewhere() -> None:
    """OpenAPI 3.1 schemas are JSON Schema 2020-12."""
    document = await _document()
    for described in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(described)
    for reference in _references(document):
        assert reference.removeprefix("#/components/schemas/") in document["components"]["schemas"]


async def test_patterns_are_written_for_every_language() -> None:
    r"""JSON Schema's patterns are ECMAScript's, where `\Z` is a letter; every end of a text is a `$`."""
    patterns = list(_values(await _document(), "pattern"))
    assert len(patterns) > 10
    assert [pattern for pattern in patterns if not pattern.endswith("$") or r"\Z" in pattern] == []


async def test_what_changes_something_may_be_refused_to_other_sites() -> None:
    """Each but GET can meet `cross_site`, whether or not it needs a token."""
    paths = (await _document())["paths"]
    for operations in paths.values():
        for method, operation in operations.items():
            told = "`cross_site`" in operation["responses"].get("403", {}).get("description", "")
            assert told == (method != "get"), operation["operationId"]


async def test_operations_have_names_of_their_own() -> None:
    """Generated clients name their methods so."""
    document = await _document()
    names = [operation["operationId"] for path in document["paths"].values() for operation in path.values()]
    assert len(names) == len(set(names))


async def test_the_page_needs_nothing_from_elsewhere_and_explains_every_code() -> None:
    """No script, no style in the page, nothing loaded from another host."""
    async with gateway() as api:
        page = await api.http.simulate_get("/api")
        assert page.headers["content-type"].startswith("text/html")
        assert "<script" not in page.text
        assert "style=" not in page.text
        assert "https://" not in page.text
        assert "('" not in page.text
        assert "Silakan masuk lagi." in page.text
        assert "&amp;#" not in page.text
        for anchor in ('id="galat-slot_full"', 'id="BookSlot"', 'id="postBookingList"'):
            assert anchor in page.text
        assert (await api.http.simulate_get("/api/page.css")).headers["content-type"].startswith("text/css")


async def test_the_page_is_in_the_readers_language() -> None:
    """Its frame and what errors mean; English and Indonesian are each kept under a tag of their own."""
    async with gateway() as api:
        told = {}
        for locale, heading in (("id", "Langkah pertama"), ("en", "First steps")):
            page = await api.http.simulate_get("/api", headers={"Accept-Language": locale})
            assert f'<html lang="{locale}">' in page.text
            assert f"<h2>{heading}</h2>" in page.text
            assert page.headers["content-language"] == locale
            assert "Accept-Language" in page.headers["vary"]
            told[locale] = page.headers["etag"]
        assert told["id"] != told["en"]


def _values(value: Any, key: str) -> Iterator[Any]:
    if isinstance(value, dict):
        if isinstance(value.get(key), str):
            yield value[key]
        value = list(value.values())
    for inner in value if isinstance(value, list) else ():
        yield from _values(inner, key)


def _references(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["$ref"]] if "$ref" in value else []
        return own + [reference for inner in value.values() for reference in _references(inner)]
    return (
        [reference for inner in value for reference in _references(inner)] if isinstance(value, list) else []
    )
