"""The CloudEvents 1.0 envelope around every event, in structured JSON mode.

Events that go the same way together are one message, in the JSON batch format.

Source: CloudEvents 1.0.2, JSON event format, sections 2 to 4. `office`, `version`, `causationid` and
`traceparent` are extension attributes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

import orjson
import uuid_utils

from contracts import schema
from contracts.events import EVENT_TYPES, Event

MEDIA_TYPE = "application/cloudevents+json"
BATCH_MEDIA_TYPE = "application/cloudevents-batch+json"

E = TypeVar("E", bound=Event)
E_co = TypeVar("E_co", bound=Event, covariant=True)


class Undecodable(ValueError):
    """The bytes are no event that this version of the contracts knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope(Generic[E_co]):
    """One event on its way: what happened (`data`) and where it came from.

    `id` is a UUIDv7; `causation_id` is the id of the event that led to this one.
    """

    id: str
    source: str
    time: datetime
    traceparent: str
    causation_id: str | None
    data: E_co

    @property
    def type(self) -> str:
        """The event's name, which is also the last word of its routing key."""
        return type(self.data).__name__

    @property
    def routing_key(self) -> str:
        """`<office>.<service>.<Event>`; the office is `-` where an event belongs to none."""
        return f"{self.data.event_office or '-'}.{self.data.producer}.{self.type}"


def enclose(event: E, *, now: datetime, traceparent: str, causation_id: str | None = None) -> Envelope[E]:
    """Put an event into a new envelope."""
    office = f"/{event.event_office}" if event.event_office else ""
    return Envelope(
        id=str(uuid_utils.uuid7()),
        source=f"antrean/{event.producer}{office}",
        time=now,
        traceparent=traceparent,
        causation_id=causation_id,
        data=event,
    )


def encode(envelope: Envelope[Event]) -> bytes:
    """Write an envelope as CloudEvents JSON."""
    event = envelope.data
    attributes: dict[str, Any] = {
        "specversion": "1.0",
        "id": envelope.id,
        "source": envelope.source,
        "type": envelope.type,
        "subject": event.event_subject,
        "time": envelope.time.astimezone(UTC).isoformat(),
        "datacontenttype": "application/json",
        "dataschema": dataschema(type(event)),
        "traceparent": envelope.traceparent,
        "office": event.event_office,
        "version": event.version,
        "causationid": envelope.causation_id,
        "data": event,
    }
    return orjson.dumps({name: value for name, value in attributes.items() if value is not None})


def encode_together(envelopes: Sequence[Envelope[Event]]) -> bytes:
    """Write one envelope as CloudEvents JSON, and several as a batch of it."""
    if len(envelopes) == 1:
        return encode(envelopes[0])
    return b"[%b]" % b",".join(map(encode, envelopes))


def media_type(body: bytes) -> str:
    """Name the form of a body that `encode_together` wrote."""
    return BATCH_MEDIA_TYPE if body.startswith(b"[") else MEDIA_TYPE


def decode_together(body: bytes) -> list[Envelope[Event]]:
    """Read CloudEvents JSON, of one event or of a batch. Raises Undecodable where `decode` does."""
    raw = _json(body)
    if raw == []:
        raise Undecodable("a batch of nothing")
    return [_envelope(one) for one in raw] if isinstance(raw, list) else [_envelope(raw)]


def decode_each(body: bytes) -> list[Envelope[Event] | Undecodable]:
    """Read CloudEvents JSON as `decode_together` does; of what is unreadable answer why, beside the rest."""
    try:
        raw = _json(body)
    except Undecodable as reason:
        return [reason]
    return [_envelope_or_reason(one) for one in raw] if isinstance(raw, list) else [_envelope_or_reason(raw)]


def split(body: bytes) -> list[tuple[str, bytes]]:
    """Take a batch apart: the id of each event, and its own CloudEvents JSON.

    What is no event and has no id gets one, to be known by.
    """
    return [(_id_of(one), orjson.dumps(one)) for one in orjson.loads(body)]


def decode(body: bytes) -> Envelope[Event]:
    """Read the CloudEvents JSON of one event.

    Raises Undecodable for anything else: no JSON, no CloudEvent, an unknown type or schema version,
    data that its schema refuses.
    """
    return _envelope(_json(body))


def _json(body: bytes) -> Any:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as reason:
        raise Undecodable(f"no JSON: {reason}") from reason


def _envelope(raw: Any) -> Envelope[Event]:
    try:
        event_type = EVENT_TYPES[raw["type"]]
        if raw["specversion"] != "1.0" or raw["dataschema"] != dataschema(event_type):
            raise Undecodable(f"unknown schema {raw['dataschema']}")
        causation_id = raw.get("causationid")
        return Envelope(
            id=_uuid(raw["id"]),
            source=str(raw["source"]),
            time=_aware(raw["time"]),
            traceparent=str(raw["traceparent"]),
            causation_id=None if causation_id is None else _uuid(causation_id),
            data=schema.load(event_type, raw["data"]),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as reason:
        raise Undecodable(f"{type(reason).__name__}: {reason}") from reason


def _envelope_or_reason(raw: Any) -> Envelope[Event] | Undecodable:
    try:
        return _envelope(raw)
    except Undecodable as reason:
        return reason


def _id_of(raw: Any) -> str:
    try:
        return _uuid(raw["id"])
    except (AttributeError, KeyError, TypeError, ValueError):
        return str(uuid_utils.uuid7())


def _uuid(text: str) -> str:
    return str(uuid_utils.UUID(text))


def _aware(text: str) -> datetime:
    time = datetime.fromisoformat(text)
    if time.tzinfo is None:
        raise Undecodable("time without an offset")
    return time


def dataschema(event_type: type[Event]) -> str:
    """Name the schema of an event type with its version, as CloudEvents' `dataschema`."""
    return f"urn:antrean:event:{event_type.__name__}:{event_type.schema_version}"
