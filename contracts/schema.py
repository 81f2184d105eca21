"""Read and write contract dataclasses as plain data, with every fault named by a stable code.

`marshmallow_dataclass` derives the marshmallow schema from the annotations; this module gives the
schemas their strictness (unknown fields are faults, "5" is not a number) and their fault codes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

import marshmallow
from marshmallow import fields, validate
from marshmallow_dataclass import class_schema

from contracts import quick

MISSING_FIELD = "missing_field"
UNKNOWN_FIELD = "unknown_field"
WRONG_TYPE = "wrong_type"
TOO_LONG = "too_long"
TOO_SHORT = "too_short"
BAD_FORM = "bad_form"
UNKNOWN_CHOICE = "unknown_choice"
OUT_OF_RANGE = "out_of_range"

FAULT_CODES = frozenset(
    {MISSING_FIELD, UNKNOWN_FIELD, WRONG_TYPE, TOO_LONG, TOO_SHORT, BAD_FORM, UNKNOWN_CHOICE, OUT_OF_RANGE}
)

_CODE_OF_MESSAGE = {"required": MISSING_FIELD, "null": MISSING_FIELD, "unknown": UNKNOWN_FIELD}

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is wrong with a message: where (JSON pointer, RFC 6901) and what (a code).

    `limits` are those that were broken: of a length the one, of a number the lowest and the highest. They
    do not travel; who asks has the contract at hand.
    """

    pointer: str
    code: str
    limits: tuple[int, ...] = field(default=(), metadata={"load_only": True})


class InvalidMessage(ValueError):
    """The data does not have the form that the contract asks for; `faults` says every reason."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(f"{fault.pointer or '/'}: {fault.code}" for fault in faults))
        self.faults = faults


class StrictBoolean(fields.Boolean):
    """JSON's true and false, and nothing that Python takes for the same: 0 == False."""

    def _deserialize(self, value: Any, *given: Any, **options: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return super()._deserialize(value, *given, **options)


class WholeNumber(fields.Integer):
    """An integer as JSON Schema has it: 46.0 is one, and "46" is none."""

    def _deserialize(self, value: Any, *given: Any, **options: Any) -> int:
        whole = int(value) if isinstance(value, float) and value.is_integer() else value
        return super()._deserialize(whole, *given, **options)


class ContractSchema(marshmallow.Schema):
    """Base of every derived schema: strict types, and fault codes in place of English sentences."""

    TYPE_MAPPING = marshmallow.Schema.TYPE_MAPPING | {bool: StrictBoolean}
    error_messages = {"unknown": UNKNOWN_FIELD, "type": WRONG_TYPE}  # noqa: RUF012  marshmallow's own declaration

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """Give the field our codes; marshmallow calls this once for each field it binds."""
        field_obj.error_messages = {
            key: _CODE_OF_MESSAGE.get(key, WRONG_TYPE) for key in field_obj.error_messages
        }
        if isinstance(field_obj, fields.Integer):
            field_obj.strict = True
        for validator in field_obj.validators:
            if isinstance(validator, validate.OneOf | validate.Equal):
                validator.error = UNKNOWN_CHOICE
            elif isinstance(validator, validate.Email):
                validator.error = BAD_FORM
        if isinstance(field_obj, fields.List):
            self.on_bind_field(field_name, field_obj.inner)


def load(contract: type[T], data: object) -> T:
    """Build a contract object from plain data.

    Raises InvalidMessage with every fault found, not only the first.
    """
    known: type = contract
    schema = schema_of(known)
    plain = quick.plain_of(known, schema)
    if plain is not None and (message := quick.read(contract, plain, data)) is not None:
        return message
    try:
        return schema.load(data)  # type: ignore[no-any-return, arg-type]
    except marshmallow.ValidationError as refused:
        raise InvalidMessage(tuple(_faults(refused.messages))) from refused


def dump(message: object) -> dict[str, Any]:
    """Turn a contract object into plain data that any JSON encoder takes.

    What only becomes JSON need not: orjson writes contract objects as they are, to the same effect.
    """
    contract: type = message.__class__
    plain: dict[str, Any] = schema_of(contract).dump(message)
    return plain


@cache
def schema_of(contract: Any) -> marshmallow.Schema:
    """Return the marshmallow schema of a contract dataclass (made once, reused)."""
    return class_schema(contract, base_schema=ContractSchema)()


def _faults(messages: object, pointer: str = "") -> Iterator[Fault]:
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            step = "" if key == marshmallow.exceptions.SCHEMA else f"/{key}"
            yield from _faults(inner, pointer + step)
    elif isinstance(messages, list):
        for told in messages:
            code, *limits = told.split(" ")
            if code in FAULT_CODES:
                yield Fault(pointer=pointer, code=code, limits=tuple(map(int, limits)))
            else:
                yield Fault(pointer=pointer, code=WRONG_TYPE)
