"""Forms that browsers send without a script: reading them, and what is wrong with them."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar
from urllib.parse import urlsplit

import falcon
from falcon.asgi import Request

from contracts.refusals import Refused
from contracts.schema import InvalidMessage, load
from gateway.commands import read_body

C = TypeVar("C")

_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4})")


class FormFaults(ValueError):
    """A form cannot be taken as it is; `faults` maps a field's name to a fault code."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(", ".join(f"{field}: {code}" for field, code in faults.items()))
        self.faults = dict(faults)


async def read_form(req: Request) -> dict[str, str]:
    """Return the form's fields, without the blanks around them; of a field sent twice the last counts.

    Raises BodyTooLarge.
    """
    body = (await read_body(req)).decode("utf-8", "replace")
    fields = falcon.uri.parse_query_string(body, keep_blank=True, csv=False)
    return {name: (value if isinstance(value, str) else value[-1]).strip() for name, value in fields.items()}


def fill(contract: type[C], values: Mapping[str, Any]) -> C:
    """Build a request from a form's values, an empty one being a missing one. Raises FormFaults."""
    try:
        return load(contract, {name: value for name, value in values.items() if value != ""})
    except InvalidMessage as invalid:
        raise FormFaults(first_faults((fault.pointer, fault.code) for fault in invalid.faults)) from invalid


def faults_of(refused: Refused) -> dict[str, str]:
    """Return the fields that a service found fault with, by name."""
    listed = refused.data.get("faults")
    if not isinstance(listed, list):
        return {}
    return first_faults((fault["pointer"], fault["code"]) for fault in listed)


def first_faults(found: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the first fault of each field, from (pointer, code) pairs."""
    faults: dict[str, str] = {}
    for pointer, code in found:
        faults.setdefault(pointer.strip("/"), code)
    return faults


def local_address(text: str | None, otherwise: str) -> str:
    """Return an address of this site to go on to; anything else would send people to a stranger's page."""
    if not text or not text.startswith("/") or text.startswith(("//", "/\\")) or not text.isprintable():
        return otherwise
    parts = urlsplit(text)
    return otherwise if parts.scheme or parts.netloc else text


def iso_date(text: str) -> str:
    """Read a date as people here write it, day first; what is none stays as it is."""
    match = _DAY_MONTH_YEAR.fullmatch(text)
    return text if match is None else f"{match[3]}-{match[2]:0>2}-{match[1]:0>2}"
