"""The event catalogue, `docs/events.md`: who says what, who listens, and every field's form."""

from collections.abc import Iterator

import orjson

from contracts import visible_text
from contracts.documents.examples import EXAMPLES
from contracts.documents.schemas import JsonSchema, component_schemas, description, summary
from contracts.envelope import dataschema, encode
from contracts.events import EVENT_TYPES, Event, consumers

_INTRODUCTION = """\
# Events

Written by `make docs` from `contracts/`; `make test` fails when it is stale. The same as a machine
reads it: [asyncapi.yaml](asyncapi.yaml).

Every event is a [CloudEvents 1.0](https://github.com/cloudevents/spec) JSON message
(`application/cloudevents+json`) on a topic exchange of RabbitMQ, with the routing key
`<office>.<producer>.<Event>`; the office is `-` where an event belongs to none. Events of one
transaction that go the same way come as one message, a JSON array of them
(`application/cloudevents-batch+json`).

An event carries the whole public state of its subject, and the subject's `version`. A consumer keeps
it where the version is newer than what it has, and ignores it otherwise; so order, duplicates and lost
intermediates do no harm.

A durable event is committed with the state that it tells of, and reaches every consumer at least
once. One that is not durable is a wake-up: who misses it gets the same state with the next.

"""
_VISIBLE_TEXT = f"What `{visible_text.FORMAT}` has: {visible_text.DESCRIPTION}\n"


def catalogue() -> str:
    """Write the whole catalogue as Markdown."""
    events = [_section(event_type) for event_type in EVENT_TYPES.values()]
    parts = [_part(name, schema) for name, schema in _schemas_of_parts().items()]
    return "\n".join([_INTRODUCTION + _VISIBLE_TEXT, *_overview(), *events, "## Parts of events\n", *parts])


def _overview() -> Iterator[str]:
    yield "| event | producer | consumers | durable | in one sentence |"
    yield "|---|---|---|---|---|"
    for name, event_type in EVENT_TYPES.items():
        yield (
            f"| [{name}](#{name.lower()}) | {event_type.producer} | {_consumers(event_type)} "
            f"| {_yes(event_type.durable)} | {summary(event_type)} |"
        )
    yield ""


def _section(event_type: type[Event]) -> str:
    name = event_type.__name__
    example = orjson.dumps(orjson.loads(encode(EXAMPLES[name])), option=orjson.OPT_INDENT_2).decode()
    return "\n".join(
        [
            f"## {name}\n",
            f"{description(event_type)}\n",
            "| | |",
            "|---|---|",
            f"| producer | {event_type.producer} |",
            f"| consumers | {_consumers(event_type)} |",
            f"| exchange | `{event_type.exchange}` |",
            f"| routing key | `{_routing_key(event_type)}` |",
            f"| durable | {_yes(event_type.durable)} |",
            f"| subject | {summary(event_type.event_subject)} |",
            f"| schema | `{dataschema(event_type)}` |\n",
            *_table(component_schemas([event_type])[name]),
            "\n<details><summary>Example</summary>\n",
            f"```json\n{example}\n```\n",
            "</details>\n",
        ]
    )


def _schemas_of_parts() -> dict[str, JsonSchema]:
    everything = component_schemas(EVENT_TYPES.values())
    return {name: schema for name, schema in everything.items() if name not in EVENT_TYPES}


def _part(name: str, schema: JsonSchema) -> str:
    return "\n".join([f"### {name}\n", *_table(schema), ""])


def _table(schema: JsonSchema) -> Iterator[str]:
    yield "| field | type | form |"
    yield "|---|---|---|"
    for name, field in schema["properties"].items():
        yield f"| `{name}` | {_type(field)} | {_form(field)} |"


def _type(field: JsonSchema) -> str:
    if "$ref" in field:
        name = field["$ref"].rsplit("/", 1)[-1]
        return f"[{name}](#{name.lower()})"
    if field.get("type") == "array":
        return f"list of {_type(field['items'])}"
    kinds = field.get("type", "string")
    words = kinds if isinstance(kinds, list) else [kinds]
    return " or ".join(str(field.get("format", word)) if word == "string" else str(word) for word in words)


def _form(field: JsonSchema) -> str:
    if field.get("type") == "array":
        return _form(field["items"])
    choices = [f"`{choice}`" for choice in field.get("enum", ()) if choice is not None]
    bounds = [
        f"{low} to {field[highest]}{unit}"
        for lowest, highest, unit in (("minimum", "maximum", ""), ("minLength", "maxLength", " characters"))
        if (low := field.get(lowest)) is not None
    ]
    shown = "pattern" in field and field.get("format") != visible_text.FORMAT
    pattern = [f"`{field['pattern'].replace('|', chr(92) + '|')}`"] if shown else []
    return ", ".join(choices + bounds + pattern)


def _routing_key(event_type: type[Event]) -> str:
    office = "-" if EXAMPLES[event_type.__name__].data.event_office is None else "<office>"
    return f"{office}.{event_type.producer}.{event_type.__name__}"


def _consumers(event_type: type[Event]) -> str:
    return ", ".join(consumers(event_type)) or "none yet"


def _yes(value: bool) -> str:
    return "yes" if value else "no"
