"""The derived documents: never stale, and right by the standard's own schema."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from contracts.documents.__main__ import PROJECT, documents, stale
from contracts.documents.examples import EXAMPLES
from contracts.envelope import decode, encode
from contracts.events import EVENT_TYPES, SUBSCRIPTIONS, consumers

ASYNCAPI_SCHEMA = json.loads((Path(__file__).parent / "asyncapi" / "3.0.0.json").read_text())


@pytest.fixture(scope="module")
def asyncapi() -> dict[str, Any]:
    """The AsyncAPI document as it is committed."""
    document: dict[str, Any] = yaml.safe_load((PROJECT / "docs" / "asyncapi.yaml").read_text())
    return document


def test_the_documents_say_what_the_contracts_say() -> None:
    """Change a contract, run `make docs`, commit both."""
    assert not stale(), "run `make docs`"


def test_a_stale_document_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: one subscription less, and both documents are stale."""
    monkeypatch.setitem(SUBSCRIPTIONS, "display", SUBSCRIPTIONS["display"][:-1])
    assert [path.name for path in stale()] == ["events.md", "asyncapi.yaml"]


def test_the_asyncapi_document_is_valid(asyncapi: dict[str, Any]) -> None:
    """Checked against the official JSON Schema of AsyncAPI 3.0.0."""
    jsonschema.Draft7Validator(ASYNCAPI_SCHEMA).validate(asyncapi)


@pytest.mark.parametrize("broken", ["asyncapi", "info", "action", "exchange"])
def test_an_invalid_asyncapi_document_is_noticed(asyncapi: dict[str, Any], broken: str) -> None:
    """Negative control: a wrong version, a missing part, an unknown action, a wrong exchange type."""
    document = copy.deepcopy(asyncapi)
    if broken == "asyncapi":
        document["asyncapi"] = "2.6.0"
    elif broken == "info":
        del document["info"]["title"]
    elif broken == "action":
        document["operations"]["checkin.sendCounterCalled"]["action"] = "shout"
    else:
        document["channels"]["CounterCalled"]["bindings"]["amqp"]["exchange"]["type"] = "round"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft7Validator(ASYNCAPI_SCHEMA).validate(document)


def test_every_reference_leads_somewhere(asyncapi: dict[str, Any]) -> None:
    """The JSON Schema of AsyncAPI cannot see where a `$ref` points; this does."""
    references = list(_references(asyncapi))
    assert len(references) > 50
    for reference in references:
        place: Any = asyncapi
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]


@pytest.mark.parametrize("name", EVENT_TYPES)
def test_a_message_fits_the_schema_that_the_document_gives_it(asyncapi: dict[str, Any], name: str) -> None:
    """What we send is what we told others to expect; and a wrong one does not fit."""
    payload = asyncapi["components"]["messages"][name]["payload"]
    validator = jsonschema.Draft7Validator({**payload, "components": asyncapi["components"]})
    sent = json.loads(encode(EXAMPLES[name]))
    validator.validate(sent)
    faults: tuple[dict[str, Any], ...] = (
        {"type": "Other"},
        {"data": sent["data"] | {"version": "1"}},
        {"data": {}},
    )
    for wrong in faults:
        assert not validator.is_valid(sent | wrong)


def test_every_consumer_has_its_operation(asyncapi: dict[str, Any]) -> None:
    """One `send` for each event; one `receive` for each service that keeps it, and for the gateway."""
    wanted = {f"{event.producer}.send{name}" for name, event in EVENT_TYPES.items()}
    wanted |= {f"{who}.on{name}" for name, event in EVENT_TYPES.items() for who in consumers(event)}
    assert set(asyncapi["operations"]) == wanted


def test_the_examples_in_the_catalogue_are_events() -> None:
    """Every JSON block of `docs/events.md` can be read as the event that it shows."""
    text = documents()[PROJECT / "docs" / "events.md"]
    blocks = [block.split("\n```")[0] for block in text.split("```json\n")[1:]]
    assert [decode(block.encode()).type for block in blocks] == list(EVENT_TYPES)


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "$ref":
                yield value
            else:
                yield from _references(value)
    elif isinstance(part, list):
        for item in part:
            yield from _references(item)
