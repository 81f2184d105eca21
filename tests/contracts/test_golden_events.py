"""What an event looks like on the wire never changes without a new version."""

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from contracts.documents.examples import EXAMPLES
from contracts.envelope import Undecodable, decode
from contracts.events import EVENT_TYPES, CounterOpened, Event
from contracts.words import Count
from tests.contracts import golden

EVENTS = pytest.mark.parametrize("event_type", EVENT_TYPES.values(), ids=EVENT_TYPES)
NEW_VERSION = (
    "{name}: raise its schema_version, then `python -m tests.contracts.golden` writes the new golden files; "
    "messages of the old version that still wait in queues will be parked"
)


@EVENTS
def test_an_event_is_written_as_its_golden_file_says(event_type: type[Event]) -> None:
    """The example of an event, encoded today, equals the file that was written with its version."""
    assert golden.present_event(event_type) == _read(golden.event_file(event_type)), _advice(event_type)


@EVENTS
def test_a_golden_file_is_read_back_to_the_object(event_type: type[Event]) -> None:
    """Bytes from the day the version was made still mean the same today."""
    assert decode(golden.event_file(event_type).read_bytes()) == EXAMPLES[event_type.__name__]


@EVENTS
def test_the_schema_of_a_version_never_changes(event_type: type[Event]) -> None:
    """A field more or less, a looser or stricter form: all are a new version."""
    assert golden.present_schema(event_type) == _read(golden.schema_file(event_type)), _advice(event_type)


def test_a_changed_schema_is_noticed() -> None:
    """Negative control: one more field, and one field's form changed, differ from the golden schema."""

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class WithOneMore(CounterOpened):
        chairs: Count

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class WithAnotherForm(CounterOpened):
        office: str  # any text, where a code was asked for

    golden_schema = _read(golden.schema_file(CounterOpened))["CounterOpened"]
    for changed in (WithOneMore, WithAnotherForm):
        assert golden.present_schema(changed)[changed.__name__] != golden_schema


def test_every_golden_file_is_of_a_known_event_and_not_of_a_version_to_come() -> None:
    """No golden file is left over from an event that was renamed."""
    for path in golden.FOLDER.glob("*.json"):
        name, version, _json = path.name.split(".")
        assert int(version) <= EVENT_TYPES[name].schema_version


def test_a_version_that_this_code_does_not_know_is_undecodable() -> None:
    """An older or newer schema is refused as a whole; nothing of it is guessed."""
    raw = _read(golden.event_file(CounterOpened))
    for other in (0, CounterOpened.schema_version + 1):
        raw["dataschema"] = f"urn:antrean:event:CounterOpened:{other}"
        with pytest.raises(Undecodable, match="unknown schema"):
            decode(json.dumps(raw).encode())


def test_every_event_has_an_example_of_its_own_kind() -> None:
    """The catalogue, the AsyncAPI document and the golden files show each event once."""
    assert {name: type(envelope.data) for name, envelope in EXAMPLES.items()} == EVENT_TYPES


def _read(path: Path) -> Any:
    return json.loads(path.read_text())


def _advice(event_type: type[Event]) -> str:
    return NEW_VERSION.format(name=event_type.__name__)
