"""The AsyncAPI 3.0 document of the events, `docs/asyncapi.yaml`.

Source: AsyncAPI 3.0.0, AMQP bindings 0.3.0. One channel, one message and one `send` operation for each
type of event; one `receive` operation for each consumer of it.
"""

from typing import Any

import orjson

from contracts.documents.examples import EXAMPLES
from contracts.documents.schemas import component_schemas, description, envelope_schema, summary
from contracts.envelope import BATCH_MEDIA_TYPE, MEDIA_TYPE, encode
from contracts.events import EVENT_TYPES, Event, consumers

Document = dict[str, Any]

_BINDING_VERSION = "0.3.0"
_TRANSIENT, _PERSISTENT = 1, 2


def asyncapi(version: str) -> Document:
    """Describe every event, its channel, its producer and its consumers."""
    types = EVENT_TYPES.values()
    operations: Document = {}
    for event_type in types:
        operations |= _operations(event_type)
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Antrean events",
            "version": version,
            "description": "What the services of Antrean tell each other. Written from `contracts/`. Events "
            "of one transaction that go the same way come as one message, a JSON array of them "
            f"({BATCH_MEDIA_TYPE}).",
            "license": {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
        },
        "defaultContentType": MEDIA_TYPE,
        "channels": {event_type.__name__: _channel(event_type) for event_type in types},
        "operations": operations,
        "components": {
            "messages": {event_type.__name__: _message(event_type) for event_type in types},
            "schemas": component_schemas(types),
        },
    }


def _channel(event_type: type[Event]) -> Document:
    name = event_type.__name__
    has_office = EXAMPLES[name].data.event_office is not None
    exchange = {"name": event_type.exchange, "type": "topic", "durable": True, "autoDelete": False}
    channel: Document = {
        "address": f"{'{office}' if has_office else '-'}.{event_type.producer}.{name}",
        "title": name,
        "summary": summary(event_type),
        "messages": {name: {"$ref": f"#/components/messages/{name}"}},
        "bindings": {
            "amqp": {
                "is": "routingKey",
                "exchange": exchange,
                "bindingVersion": _BINDING_VERSION,
            }
        },
    }
    if has_office:
        channel["parameters"] = {"office": {"description": "The office's code, three capital letters."}}
    return channel


def _operations(event_type: type[Event]) -> Document:
    name = event_type.__name__
    target = {
        "channel": {"$ref": f"#/channels/{name}"},
        "messages": [{"$ref": f"#/channels/{name}/messages/{name}"}],
    }
    send: Document = {
        "action": "send",
        "summary": f"{event_type.producer} tells: {summary(event_type)}",
        "tags": [{"name": event_type.producer}],
        **target,
        "bindings": {"amqp": _binding(deliveryMode=_PERSISTENT if event_type.durable else _TRANSIENT)},
    }
    receive = {
        f"{consumer}.on{name}": {
            "action": "receive",
            "summary": f"{consumer} takes {name}.",
            "tags": [{"name": consumer}],
            **target,
            "bindings": {"amqp": _binding(ack=event_type.durable)},
        }
        for consumer in consumers(event_type)
    }
    return {f"{event_type.producer}.send{name}": send, **receive}


def _binding(**options: object) -> Document:
    return {**options, "bindingVersion": _BINDING_VERSION}


def _message(event_type: type[Event]) -> Document:
    name = event_type.__name__
    return {
        "name": name,
        "title": name,
        "summary": summary(event_type),
        "description": description(event_type),
        "contentType": MEDIA_TYPE,
        "payload": envelope_schema(event_type),
        "bindings": {
            "amqp": {"messageType": name, "contentEncoding": "utf-8", "bindingVersion": _BINDING_VERSION}
        },
        "examples": [{"name": name, "payload": orjson.loads(encode(EXAMPLES[name]))}],
    }
