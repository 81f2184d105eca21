"""Reading plain data that is right, fast: msgspec builds the object, and what it has doubts about it leaves.

    data ─▶ msgspec: types, choices ─▶ the fields' own checks ─▶ object
               └──────── any doubt ───────────┴─▶ None: marshmallow reads it, and names every fault

Only contracts of plain fields, and lists of such, are read so. What a rush brings about is read by gateway,
service and consumers (measured: a command took 21 µs and an event 52; so they take 4 and 9).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache, partial
from typing import Any, TypeVar

import marshmallow
import msgspec
from marshmallow import fields as forms

T = TypeVar("T")

_PLAIN = (forms.String, forms.Integer, forms.AwareDateTime, forms.Date, forms.Boolean, forms.Raw)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """What is known of a contract of plain fields: their names, and the checks of those that have some."""

    names: frozenset[str]
    checks: tuple[tuple[str, Callable[[Any], Any]], ...]


@cache
def plain_of(contract: Any, schema: marshmallow.Schema) -> Plain | None:
    """Look at a contract once; None where a field of it is more than one plain value."""
    checks: list[tuple[str, Callable[[Any], Any]]] = []
    for name, field in schema.fields.items():
        if isinstance(field, forms.List):
            if not isinstance(field.inner, (forms.String, forms.Raw)):
                return None
            checks += [(name, partial(_each, check)) for check in field.inner.validators]
        elif not isinstance(field, _PLAIN):
            return None
        if isinstance(field, forms.AwareDateTime):
            checks.append((name, _aware))
        checks += [(name, check) for check in field.validators]
    return Plain(names=frozenset(field.name for field in fields(contract)), checks=tuple(checks))


def read(contract: type[T], plain: Plain, data: object) -> T | None:
    """Build the object, or return None where anything about the data is doubtful."""
    if type(data) is not dict or not plain.names >= data.keys() or float in map(type, data.values()):
        return None  # msgspec passes over unknown fields, and takes 5.0 for an integer
    try:
        message = msgspec.convert(data, contract)
        for name, check in plain.checks:
            value = getattr(message, name)
            if value is not None:
                check(value)
    except (msgspec.ValidationError, marshmallow.ValidationError):
        return None
    return message


def _each(check: Callable[[Any], Any], values: Iterable[Any]) -> None:
    for value in values:
        check(value)


def _aware(value: datetime) -> None:
    if value.tzinfo is None:
        raise marshmallow.ValidationError("naive")
