"""From an HTTP request to a command: the body's JSON, what the path and the token say, and every fault."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

import orjson
from falcon.asgi import Request

from contracts import schema
from contracts.refusals import Refused
from contracts.schema import UNKNOWN_FIELD, WRONG_TYPE, Fault, InvalidMessage

MOST_BODY_BYTES = 64 * 1024

Place = Literal["header", "parameter"]

C = TypeVar("C")


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultOutside(Fault):
    """A fault of what does not stand in the body: a header, or a parameter of the address, by its name."""

    place: Place
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What a header says for a command's field."""

    name: str
    value: str


class BadJson(Refused):
    """The body is no JSON."""

    code = "bad_json"


class BodyTooLarge(Refused):
    """The body is longer than MOST_BODY_BYTES."""

    code = "body_too_large"


class UnsupportedMediaType(Refused):
    """The body is not called JSON."""

    code = "unsupported_media_type"


async def read_json(req: Request, *, optional: bool = False) -> object:
    """Return the body's JSON; an optional body that is absent is an empty object.

    Raises UnsupportedMediaType, BodyTooLarge, BadJson.
    """
    body = await read_body(req)
    return {} if optional and not body else json_of(req, body)


def json_of(req: Request, body: bytes) -> object:
    """Return the JSON of a body that was read. Raises UnsupportedMediaType, BadJson."""
    media_type = (req.content_type or "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise UnsupportedMediaType
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as reason:
        raise BadJson from reason


async def read_body(req: Request) -> bytes:
    """Return the body, however it is framed. Raises BodyTooLarge."""
    if (req.content_length or 0) > MOST_BODY_BYTES:
        raise BodyTooLarge
    body: bytes = await req.stream.read(MOST_BODY_BYTES + 1)
    if len(body) > MOST_BODY_BYTES:
        raise BodyTooLarge
    return body


def load_body(contract: type[C], body: object, **given: object) -> C:
    """Build a command from a body, and from what the path, the headers and the token say.

    The latter cannot come from the body: that is refused as an unknown field. Raises InvalidMessage, in
    which a `Header` is called by its own name.
    """
    if not isinstance(body, Mapping):
        raise InvalidMessage((Fault(pointer="", code=WRONG_TYPE),))
    smuggled = tuple(Fault(pointer=f"/{name}", code=UNKNOWN_FIELD) for name in given if name in body)
    headers = {field: told for field, told in given.items() if isinstance(told, Header)}
    told = given | {field: header.value for field, header in headers.items()}
    try:
        command = schema.load(contract, {**body, **told})
    except InvalidMessage as invalid:
        names = {field: header.name for field, header in headers.items()}
        raise InvalidMessage((*smuggled, *_placed(invalid, "header", names))) from invalid
    if smuggled:
        raise InvalidMessage(smuggled)
    return command


def load_query(contract: type[C], req: Request, names: Mapping[str, str], **given: object) -> C:
    """Build a query from the address: `names` gives the contract's field for each query parameter.

    Raises InvalidMessage, with the parameters' own names.
    """
    asked = {field: req.get_param(name) for name, field in names.items() if req.has_param(name)}
    try:
        return schema.load(contract, {**asked, **given})
    except InvalidMessage as invalid:
        parameters = {field: name for name, field in names.items()}
        raise InvalidMessage(tuple(_placed(invalid, "parameter", parameters))) from invalid


def _placed(invalid: InvalidMessage, place: Place, names: Mapping[str, str]) -> Iterator[Fault]:
    """Name the headers or parameters that filled the fields which `names` lists."""
    for fault in invalid.faults:
        name = names.get(fault.pointer.removeprefix("/"))
        yield fault if name is None else outside(place, name, fault.code, limits=fault.limits)


def outside(place: Place, name: str, code: str, *, limits: tuple[int, ...] = ()) -> FaultOutside:
    """Find fault with a header or a parameter."""
    return FaultOutside(pointer="", code=code, limits=limits, place=place, name=name)
