"""JSON Schemas of the contracts' data, as OpenAPI 3.1 and AsyncAPI 3.0 read them.

Source: JSON Schema draft 7, which AsyncAPI's schema object extends; apispec derives the schemas from
marshmallow's.
"""

import inspect
from collections.abc import Iterable
from typing import Any

import marshmallow
from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.openapi import OpenAPIConverter
from marshmallow import fields

from contracts import visible_text
from contracts.envelope import dataschema
from contracts.events import Event
from contracts.schema import schema_of
from contracts.visible_text import VisibleText

JsonSchema = dict[str, Any]


def component_schemas(contracts: Iterable[type]) -> dict[str, JsonSchema]:
    """Return the schema of every contract and of what is nested in it, by name.

    References read `#/components/schemas/<name>`, which is right in both kinds of document.
    """
    plugin = PortablePlugin(schema_name_resolver=schema_name)
    spec = APISpec(title="", version="", openapi_version="3.1.0", plugins=[plugin])
    for contract in contracts:
        if contract.__name__ not in spec.components.schemas:
            spec.components.schema(contract.__name__, schema=schema_of(contract))
    return dict(sorted(spec.components.schemas.items()))


def envelope_schema(event_type: type[Event]) -> JsonSchema:
    """Return the schema of the CloudEvents JSON around one type of event."""
    text = {"type": "string", "minLength": 1}
    properties: dict[str, JsonSchema] = {
        "specversion": {"const": "1.0"},
        "id": {"type": "string", "format": "uuid", "description": "UUIDv7; the same for every delivery"},
        "source": {**text, "description": "`antrean/<service>` or `antrean/<service>/<office>`"},
        "type": {"const": event_type.__name__},
        "subject": {**text, "description": summary(event_type.event_subject)},
        "time": {"type": "string", "format": "date-time"},
        "datacontenttype": {"const": "application/json"},
        "dataschema": {"const": dataschema(event_type)},
        "traceparent": {**text, "description": "W3C Trace Context"},
        "office": {"type": "string", "description": "the office, where the event belongs to one"},
        "version": {"type": "integer", "minimum": 1, "description": "the subject's version"},
        "causationid": {"type": "string", "description": "the id of the event that led to this one"},
        "data": {"$ref": f"#/components/schemas/{event_type.__name__}"},
    }
    optional = {"office", "causationid"}
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
    }


def summary(documented: object) -> str:
    """Return the first sentence of a docstring."""
    return (inspect.getdoc(documented) or "").split("\n\n")[0].replace("\n", " ")


def description(contract: type) -> str:
    """Return a contract's docstring, and its base's where that says more of the same fields."""
    bases = (base for base in contract.__mro__ if base.__module__.startswith("contracts."))
    texts = [inspect.getdoc(base) or "" for base in bases if base is not Event]
    return "\n\n".join(dict.fromkeys(text for text in texts if text))


def schema_name(schema: type[marshmallow.Schema] | marshmallow.Schema) -> str:
    """Name a schema as its contract is named."""
    return schema.__name__ if isinstance(schema, type) else type(schema).__name__


class _PortableConverter(OpenAPIConverter):
    def field2pattern(self, field: fields.Field[Any], **options: Any) -> JsonSchema:
        r"""Write the end of a text as `$`: `\Z` is Python's own word and means a Z in JSON Schema."""
        found: JsonSchema = super().field2pattern(field, **options)
        if any(isinstance(check, VisibleText) for check in field.validators):
            found |= {"format": visible_text.FORMAT, "description": visible_text.DESCRIPTION}
        return {name: value.replace(r"\Z", "$") for name, value in found.items()}


class PortablePlugin(MarshmallowPlugin):
    """Describes marshmallow's schemas in words that any reader of JSON Schema knows."""

    Converter = _PortableConverter
