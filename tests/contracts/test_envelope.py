"""The CloudEvents envelope: what goes in comes out, and nothing else gets in."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
import uuid_utils
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent
from hypothesis import given
from hypothesis import strategies as st

from contracts.documents.examples import EXAMPLES
from contracts.envelope import (
    BATCH_MEDIA_TYPE,
    MEDIA_TYPE,
    Envelope,
    Undecodable,
    decode,
    decode_each,
    decode_together,
    enclose,
    encode,
    encode_together,
    media_type,
    split,
)
from contracts.events import EVENT_TYPES, Event
from contracts.trace import new_traceparent
from tests.contracts.strategies import INSTANTS, contracts

IDS = st.uuids().map(str)
ENVELOPES = st.sampled_from(list(EVENT_TYPES.values())).flatmap(
    lambda event_type: st.builds(
        Envelope,
        id=IDS,
        source=st.just(f"antrean/{event_type.producer}"),
        time=INSTANTS,
        traceparent=st.builds(new_traceparent),
        causation_id=st.none() | IDS,
        data=contracts(event_type),
    )
)
EVENTS = pytest.mark.parametrize("name", EVENT_TYPES)


@given(envelope=ENVELOPES)
def test_every_event_survives_its_way_over_the_wire(envelope: Envelope[Event]) -> None:
    """Decoding what was encoded gives the same object, for any data that the contract allows."""
    assert decode(encode(envelope)) == envelope


@given(envelopes=st.lists(ENVELOPES, min_size=1, max_size=3))
def test_events_that_go_together_survive_together(envelopes: list[Envelope[Event]]) -> None:
    """A batch says all of its events in order, alone one is no batch, and each can be taken out again."""
    body = encode_together(envelopes)
    assert decode_together(body) == envelopes
    assert media_type(body) == (MEDIA_TYPE if len(envelopes) == 1 else BATCH_MEDIA_TYPE)
    if len(envelopes) > 1:
        assert [(event_id, decode(one)) for event_id, one in split(body)] == [
            (envelope.id, envelope) for envelope in envelopes
        ]


@given(body=st.binary() | st.text().map(str.encode) | st.sampled_from([b"[]", b"[[]]", b"[{}]", b"[null]"]))
def test_garbage_is_undecodable(body: bytes) -> None:
    """No bytes make reading fail in another way: a consumer can always tell what to park."""
    with pytest.raises(Undecodable):
        decode(body)
    with pytest.raises(Undecodable):
        decode_together(body)
    assert all(isinstance(one, Undecodable) for one in decode_each(body))


@EVENTS
def test_a_batch_with_one_damaged_event_is_undecodable(name: str) -> None:
    """What a consumer cannot read whole it does not read in part."""
    damaged = json.dumps(_plain(name) | {"id": "other"}).encode()
    with pytest.raises(Undecodable):
        decode_together(b"[%b,%b]" % (encode(EXAMPLES[name]), damaged))


def test_beside_what_cannot_be_read_the_rest_can_be() -> None:
    """Each item of a batch is told apart, those without a usable id by new ones; alone a fault is a fault."""
    good = EXAMPLES["OfficeChanged"]
    body = b'[%b,{"id":"x"},null]' % encode(good)
    assert [one if isinstance(one, Envelope) else None for one in decode_each(body)] == [good, None, None]
    ids, bodies = zip(*split(body), strict=True)
    assert (ids[0], len(set(ids)), list(map(len, ids))) == (good.id, 3, [36] * 3)
    assert (decode(bodies[0]), *bodies[1:]) == (good, b'{"id":"x"}', b"null")
    assert [type(one) for one in decode_each(b"\xff")] == [Undecodable]


@given(data=st.data(), name=st.sampled_from(list(EVENT_TYPES)))
def test_a_damaged_envelope_is_undecodable(data: st.DataObject, name: str) -> None:
    """A required attribute that is missing or of a wrong type is found, whichever it is."""
    raw = _plain(name)
    key = data.draw(st.sampled_from(["specversion", "id", "type", "dataschema", "time", "data"]))
    raw[key] = data.draw(st.sampled_from([None, 5, [], {}, "", "other", True]))
    if data.draw(st.booleans()):
        del raw[key]
    with pytest.raises(Undecodable):
        decode(json.dumps(raw).encode())


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "not-a-uuid"},
        {"causationid": 5},
        {"causationid": "not-a-uuid"},
        {"time": "2026-11-24T09:00:00"},
        {"specversion": "0.3"},
        {"data": {"version": 1}},
    ],
    ids=str,
)
def test_an_attribute_of_a_wrong_form_is_undecodable(wrong: dict[str, Any]) -> None:
    """Ids are UUIDs, times say their offset, the version of CloudEvents is 1.0, data fits its schema."""
    with pytest.raises(Undecodable):
        decode(json.dumps(_plain("SlotBooked") | wrong).encode())


@EVENTS
def test_the_cloudevents_sdk_reads_our_events(name: str) -> None:
    """A second opinion: the official SDK accepts every event, attribute by attribute."""
    envelope = EXAMPLES[name]
    read = JSONFormat().read(CloudEvent, encode(envelope))
    assert (read.get_id(), read.get_source(), read.get_type()) == (envelope.id, envelope.source, name)
    assert read.get_subject() == envelope.data.event_subject
    assert read.get_time() == envelope.time
    assert read.get_specversion() == "1.0"
    assert read.get_extension("version") == envelope.data.version
    assert read.get_extension("office") == envelope.data.event_office
    assert read.get_data() == _plain(name)["data"]


@EVENTS
def test_we_read_what_the_cloudevents_sdk_writes(name: str) -> None:
    """The other way: an event that the official SDK wrote is the same event to us."""
    sdk = JSONFormat()
    written = sdk.write(sdk.read(CloudEvent, encode(EXAMPLES[name])))
    assert decode(written) == EXAMPLES[name]


def test_a_new_envelope_gets_an_id_that_sorts_by_time() -> None:
    """UUIDv7: later envelopes have larger ids, so an index over them stays dense."""
    event = EXAMPLES["CounterCalled"].data
    made = [enclose(event, now=datetime.now(UTC), traceparent=new_traceparent()) for _ in range(100)]
    assert all(uuid_utils.UUID(envelope.id).version == 7 for envelope in made)
    assert [envelope.id for envelope in made] == sorted({envelope.id for envelope in made})


@pytest.mark.parametrize(
    ("name", "routing_key", "source"),
    [
        ("CounterCalled", "TRK.checkin.CounterCalled", "antrean/checkin/TRK"),
        ("ContactChanged", "-.booking.ContactChanged", "antrean/booking"),
    ],
)
def test_the_routing_key_says_office_service_and_event(name: str, routing_key: str, source: str) -> None:
    """The office is `-` where an event belongs to none."""
    envelope = enclose(EXAMPLES[name].data, now=datetime.now(UTC), traceparent=new_traceparent())
    assert (envelope.routing_key, envelope.source) == (routing_key, source)


def test_times_travel_in_utc() -> None:
    """A time given in an office's zone is the same instant, written in UTC."""
    wita = timezone(timedelta(hours=8))
    envelope = enclose(
        EXAMPLES["SlotBooked"].data, now=datetime(2026, 11, 24, 9, tzinfo=wita), traceparent=new_traceparent()
    )
    assert json.loads(encode(envelope))["time"] == "2026-11-24T01:00:00+00:00"


def test_no_event_but_the_private_one_carries_a_way_to_reach_a_person() -> None:
    """Contact details go over `antrean.private` alone, and the NIK over nothing."""
    private = {"phone", "email", "nik", "password"}
    for event_type in EVENT_TYPES.values():
        names = set(event_type.__dataclass_fields__) & private
        assert not names or (event_type.exchange == "antrean.private" and names == {"phone", "email"})


def _plain(name: str) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(encode(EXAMPLES[name]))
    return plain
