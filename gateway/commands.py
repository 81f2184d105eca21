"""From an HTTP request to a command: the body's JSON, what the path and the token say, and every fault."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

import orjson
from falcon.asgi import Request

from contracts import schema
from contracts.refusals import Refused
from contracts.schema import UNKNOWN_FIELD, WRONG_TYPE, Fault, InvalidMessage

MOST_BODY_BYTES = 64 * 1024

C = TypeVar("C")


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
    media_type = (req.content_type or "").partition(";")[0].strip().lower()
    body = await read_body(req)
    if optional and not body:
        return {}
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

    The latter cannot come from the body: that is refused as an unknown field. Raises InvalidMessage.
    """
    if not isinstance(body, Mapping):
        raise InvalidMessage((Fault(pointer="", code=WRONG_TYPE),))
    smuggled = tuple(Fault(pointer=f"/{name}", code=UNKNOWN_FIELD) for name in given if name in body)
    try:
        command = schema.load(contract, {**body, **given})
    except InvalidMessage as invalid:
        raise InvalidMessage((*smuggled, *invalid.faults)) from invalid
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
        shown = {f"/{field}": f"/{name}" for name, field in names.items()}
        raise InvalidMessage(
            tuple(replace(fault, pointer=shown.get(fault.pointer, fault.pointer)) for fault in invalid.faults)
        ) from invalid
