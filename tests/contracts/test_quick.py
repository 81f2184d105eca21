"""Reading fast reads the same: whatever it builds, marshmallow builds too, and what is wrong it leaves."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts import quick, schema
from contracts.events import EVENT_TYPES
from contracts.quick import Plain
from contracts.requests.booking import BookSlot
from tests.contracts.strategies import contracts

PLAIN: dict[type, Plain] = {
    contract: plain
    for contract in EVENT_TYPES.values()
    if (plain := quick.plain_of(contract, schema.schema_of(contract))) is not None
}
BOOKING = {
    "person_id": "01a1ff5a-fe84-742f-b2cc-e87902e2a2a2",
    "slot_id": "01a1ff5a-fe84-742f-b2cc-e87902e2a2a3",
    "idempotency_key": "a-key-of-my-own",
    "dependents": ["01a1ff5a-fe84-742f-b2cc-e87902e2a2a4"],
}
TEXTS = ("", "5", " ", "x" * 700, "2026-11-24", "2026-11-24T09:00:00", "2026-11-24T09:00:00+08:00")
UNSEEN = (
    "\u3164",
    "Pak\u202eAndi",
    "\u2066Pak",
    "Pak\u2028",
    "Pak\xad",
    "\ufeffPak",
    "\u200b",
    "\ue000",
    "-",
    "<b>",
)
JUNK: st.SearchStrategy[Any] = st.sampled_from(
    [*TEXTS, *UNSEEN, "2026-11-24T09:00:00.5Z", None, 5, 5.0, 1e300, -1, 2**80, True, [], ["x"], {}]
)


def marshmallows(contract: type, data: object) -> object:
    """What marshmallow says alone."""
    return schema.schema_of(contract).load(data)  # type: ignore[arg-type]


def test_the_events_of_a_rush_and_its_command_are_read_so() -> None:
    """Else nobody would notice that they went the slow way."""
    assert {"SlotBooked", "TicketScanned"} <= {contract.__name__ for contract in PLAIN}
    plain = quick.plain_of(BookSlot, schema.schema_of(BookSlot))
    assert plain is not None
    assert quick.read(BookSlot, plain, BOOKING) == marshmallows(BookSlot, BOOKING)


@given(data=st.data(), contract=st.sampled_from(list(PLAIN)))
def test_what_is_right_reads_the_same(data: st.DataObject, contract: type) -> None:
    """For every event of plain fields and any data that its contract allows."""
    plain = schema.dump(data.draw(contracts(contract)))
    assert quick.read(contract, PLAIN[contract], plain) == marshmallows(contract, plain)


@given(data=st.data(), contract=st.sampled_from(list(PLAIN)))
def test_what_is_doubtful_is_left_to_marshmallow(data: st.DataObject, contract: type) -> None:
    """A field of a wrong type or form, one too many, one too few: what is built all the same is right."""
    plain = schema.dump(data.draw(contracts(contract)))
    name = data.draw(st.sampled_from([*plain, "another"]))
    plain[name] = data.draw(JUNK)
    if data.draw(st.booleans()):
        del plain[data.draw(st.sampled_from(sorted(plain)))]
    read = quick.read(contract, PLAIN[contract], plain)
    assert read is None or read == marshmallows(contract, plain)


@pytest.mark.parametrize("data", [None, [], "x", 5, {1: 2}, {**BOOKING, "dependents": [5]}], ids=str)
def test_what_is_no_object_of_the_contract_is_left(data: Any) -> None:
    """Nothing is raised: the faults are for marshmallow to name."""
    plain = quick.plain_of(BookSlot, schema.schema_of(BookSlot))
    assert plain is not None
    assert quick.read(BookSlot, plain, data) is None
