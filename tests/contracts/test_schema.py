"""Reading contract data: every fault is found and named by a stable code and a JSON pointer."""

import datetime
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts import schema, visible_text
from contracts.documents.examples import EXAMPLES
from contracts.documents.schemas import component_schemas
from contracts.events import BoardChanged, OfficeChanged, SlotBooked
from contracts.requests.accounts import CreateAccount
from contracts.requests.booking import BookSlot
from contracts.schema import InvalidMessage
from contracts.visible_text import NAMELESS

ACCOUNT = {
    "nik": "6473014708900001",
    "birth_date": "1990-08-07",
    "sex": "female",
    "name": "Andi Saputra",
    "display_name": "Pak Andi",
    "phone": "+62 812-3456-7890",
    "email": "andi@example.com",
    "password": "correct horse",
}


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"nik": "647301470890000"}, "/nik", "too_short"),
        ({"nik": "64730147089000011"}, "/nik", "too_long"),
        ({"nik": "647301470890000x"}, "/nik", "bad_form"),
        ({"nik": 6473014708900001}, "/nik", "wrong_type"),
        ({"nik": None}, "/nik", "missing_field"),
        ({"birth_date": "7-8-1990"}, "/birth_date", "wrong_type"),
        ({"sex": "f"}, "/sex", "unknown_choice"),
        ({"name": "<script>"}, "/name", "bad_form"),
        ({"name": " \t"}, "/name", "bad_form"),
        ({"name": "Andi < Budi"}, "/name", "bad_form"),
        ({"name": "Andi\x9b31m"}, "/name", "bad_form"),
        ({"name": "\x1e"}, "/name", "bad_form"),
        ({"name": "Andi\u2028loket 1"}, "/name", "bad_form"),
        ({"name": "Andi\ufdd0"}, "/name", "bad_form"),
        ({"name": "Andi\ue000"}, "/name", "bad_form"),
        ({"name": "\u0301\u0301"}, "/name", "bad_form"),
        ({"name": "-."}, "/name", "bad_form"),
        ({"display_name": "\u200b\u200d\u2060"}, "/display_name", "bad_form"),
        ({"display_name": "Pak\u202e Andi"}, "/display_name", "bad_form"),
        ({"display_name": "Pak\u2066 Andi"}, "/display_name", "bad_form"),
        ({"display_name": "\u3164"}, "/display_name", "bad_form"),
        ({"display_name": "Pak\uffa0Andi"}, "/display_name", "bad_form"),
        ({"display_name": "Pak\xadAndi"}, "/display_name", "bad_form"),
        ({"display_name": "\ufeffPak Andi"}, "/display_name", "bad_form"),
        ({"display_name": "x" * 25}, "/display_name", "too_long"),
        ({"phone": "call me please"}, "/phone", "bad_form"),
        ({"email": "andi at example"}, "/email", "bad_form"),
        ({"password": "short"}, "/password", "too_short"),
        ({"locale": "fr"}, "/locale", "unknown_choice"),
        ({"role": "admin"}, "/role", "unknown_field"),
    ],
    ids=ascii,
)
def test_a_fault_is_named_where_it_is(change: dict[str, Any], pointer: str, code: str) -> None:
    """Only the wrong member is at fault, with the code that the gateway has a sentence for."""
    faults = _faults(CreateAccount, ACCOUNT | change)
    assert (pointer, code) in faults
    assert {where for where, _code in faults} == {pointer}


@pytest.mark.parametrize(
    "name",
    [
        "I Gusti Ngurah",
        "Ma’ruf",
        "D'Angelo-Suárez",
        "Nguye\u0302\u0303n",
        "محمد",
        "शर्मा",
        "ꦱꦿꦶ",
        "王小明",
        NAMELESS,
        "B\xa02",
    ],
    ids=ascii,
)
def test_a_name_may_be_of_any_script(name: str) -> None:
    """Letters with marks of their own, a hyphen, an apostrophe, a space that does not break; or be erased."""
    assert not _faults(CreateAccount, ACCOUNT | {"name": name, "display_name": name})


def test_all_faults_are_told_at_once() -> None:
    """Nobody has to send a form five times to learn of five faults."""
    assert _faults(BookSlot, {"person_id": 5, "extra": 1, "idempotency_key": "short"}) == {
        ("/person_id", "wrong_type"),
        ("/slot_id", "missing_field"),
        ("/extra", "unknown_field"),
        ("/idempotency_key", "too_short"),
    }


def test_a_fault_inside_a_list_is_pointed_at() -> None:
    """The JSON pointer goes through lists and nested objects."""
    board = schema.dump(EXAMPLES["BoardChanged"].data)
    board["counters"][1]["state"] = "ajar"
    board["calls"][0]["called_at"] = "2026-11-24T09:00:00"
    assert _faults(BoardChanged, board) == {
        ("/counters/1/state", "unknown_choice"),
        ("/calls/0/called_at", "wrong_type"),
    }
    office = schema.dump(EXAMPLES["OfficeChanged"].data) | {"services": ["new", "old"]}
    assert _faults(OfficeChanged, office) == {("/services/1", "unknown_choice")}


@pytest.mark.parametrize(
    "lenient", [{"version": "1"}, {"version": 1.5}, {"version": True}, {"date": 20261124}]
)
def test_nothing_is_converted_behind_the_senders_back(lenient: dict[str, Any]) -> None:
    """A text is no number and a number no date; senders learn it at once."""
    booked = schema.dump(EXAMPLES["SlotBooked"].data) | lenient
    assert _faults(SlotBooked, booked) == {(f"/{next(iter(lenient))}", "wrong_type")}


@pytest.mark.parametrize("data", [None, 5, "text", [], [1], True])
def test_what_is_no_object_is_a_wrong_type(data: object) -> None:
    """The whole body is at fault, which is pointer '' of RFC 6901."""
    assert _faults(CreateAccount, data) == {("", "wrong_type")}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


@given(data=JSON | st.fixed_dictionaries({}, optional=dict.fromkeys(ACCOUNT, JSON)))
def test_any_json_is_read_or_refused_with_known_codes(data: object) -> None:
    """No JSON makes the reader fail in another way."""
    assert {code for _pointer, code in _faults(CreateAccount, data)} <= schema.FAULT_CODES


def test_a_word_says_its_length_to_the_documents() -> None:
    """Negative control for the derived schemas: bounds are not lost on the way to JSON Schema."""
    nik = component_schemas([CreateAccount])["CreateAccount"]["properties"]["nik"]
    assert nik == {"type": "string", "minLength": 16, "maxLength": 16, "pattern": "^[0-9]{16}$"}


def test_what_no_pattern_can_say_is_described() -> None:
    """A consumer of the API learns which texts are refused; the pattern alone allows a few of them."""
    name = component_schemas([CreateAccount])["CreateAccount"]["properties"]["display_name"]
    assert name["format"] == visible_text.FORMAT
    assert "letter or digit" in name["description"]
    for refused in ("Pak\u202e Andi", "\u3164", "<b>", " "):
        assert not re.search(name["pattern"], refused)


def test_times_are_aware() -> None:
    """An instant that was read knows its zone."""
    booked = schema.load(SlotBooked, schema.dump(EXAMPLES["SlotBooked"].data))
    assert booked.starts_at.utcoffset() == datetime.timedelta(0)


def _faults(contract: type, data: object) -> set[tuple[str, str]]:
    try:
        schema.load(contract, data)
    except InvalidMessage as refused:
        return {(fault.pointer, fault.code) for fault in refused.faults}
    return set()
