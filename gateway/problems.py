"""Errors as RFC 9457 problem details, on every path and for every cause.

`code` is stable and for programs, `title` and `detail` are sentences for people in the asker's
language, `instance` is the trace id under which the log has the rest, and `errors` lists what is
wrong with single fields: in the body by `pointer`, else by the name of the `header` or the `parameter`.
The pages show the same problem as a page.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import falcon
import falcon.asgi
import orjson
from falcon.asgi import Request, Response

from chassis.log import get_logger
from contracts.refusals import Refused
from contracts.schema import Fault, InvalidMessage
from contracts.trace import trace_id
from contracts.words import Locale
from gateway import errors
from gateway.commands import FaultOutside

MEDIA_TYPE = "application/problem+json"

_CODE_OF_STATUS = {
    404: "not_found",
    405: "method_not_allowed",
    413: "body_too_large",
    415: "unsupported_media_type",
}
_WORTH_A_LOOK = frozenset({"internal", "outcome_unknown"})
_PLACES = {"header": "Header", "parameter": "Parameter"}  # the same in both languages
_CHALLENGE = 'Bearer realm="antrean"'

log = get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What went wrong: a code of the table, what fills its sentences, and the faults of single fields."""

    code: str
    data: Mapping[str, object] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """The HTTP status."""
        return errors.status(self.code)


def add_error_handlers(app: falcon.asgi.App[Request, Response]) -> None:
    """Answer every exception that reaches the framework as a problem."""
    app.add_error_handler(Exception, _on_exception)
    app.add_error_handler(falcon.HTTPError, _on_http_error)
    app.add_error_handler(InvalidMessage, _on_invalid)
    app.add_error_handler(Refused, _on_refused)


async def _on_refused(req: Request, resp: Response, refused: Refused, params: dict[str, Any]) -> None:
    _answer(req, resp, problem_of(refused, route=req.uri_template))


async def _on_invalid(req: Request, resp: Response, invalid: InvalidMessage, params: dict[str, Any]) -> None:
    _answer(req, resp, Problem(code=invalid.faults[0].code, faults=invalid.faults))


async def _on_http_error(
    req: Request, resp: Response, error: falcon.HTTPError, params: dict[str, Any]
) -> None:
    code = _CODE_OF_STATUS.get(error.status_code, "internal" if error.status_code >= 500 else "bad_request")
    _answer(req, resp, Problem(code=code, headers=dict(error.headers or {})))


async def _on_exception(req: Request, resp: Response, error: Exception, params: dict[str, Any]) -> None:
    _answer(req, resp, problem_of(error, route=req.uri_template))


def problem_of(error: BaseException, *, route: str | None) -> Problem:
    """Say what went wrong; the log is told what is our fault, or leaves somebody in doubt."""
    if not isinstance(error, Refused):
        log.error("request_failed", route=route, exc_info=error)
        return Problem(code="internal")
    if error.code in _WORTH_A_LOOK:
        log.warning("request_refused", route=route, code=error.code)
    return Problem(code=error.code, data=error.data, faults=_faults_of(error))


def document(problem: Problem, locale: Locale, traceparent: str) -> bytes:
    """Write a problem's document."""
    code = problem.code
    members: dict[str, object] = {
        "type": f"/galat/{code}",
        "title": errors.title(code, locale),
        "status": errors.status(code),
        "detail": errors.advice(code, locale, problem.data),
        "code": code,
        "instance": trace_id(traceparent),
    }
    members |= {name: problem.data[name] for name in errors.told(code) if name in problem.data}
    if problem.faults:
        members["errors"] = [_error(fault, locale) for fault in problem.faults]
    return orjson.dumps({name: value for name, value in members.items() if value != ""})


def headers_of(problem: Problem, locale: Locale) -> dict[str, str]:
    """Return the headers of a problem's answer, the type of its document not among them."""
    headers = {"Content-Language": locale, "Cache-Control": "no-store", **problem.headers}
    wait = errors.retry_after(problem.code, problem.data)
    if wait is not None:
        headers["Retry-After"] = str(wait)
    if problem.status == 401:
        headers["WWW-Authenticate"] = _CHALLENGE
    if problem.status == 413:
        headers["Connection"] = "close"
    return headers


def _answer(req: Request, resp: Response, problem: Problem) -> None:
    locale = req.context.locale
    resp.status = problem.status
    resp.content_type = MEDIA_TYPE
    resp.data = document(problem, locale, req.context.traceparent)
    resp.text = resp.media = resp.sse = None
    resp.set_headers(headers_of(problem, locale))


def _error(fault: Fault, locale: Any) -> dict[str, str]:
    detail = errors.fault_sentence(fault.code, locale, fault.limits)
    if isinstance(fault, FaultOutside):
        detail = f"{_PLACES[fault.place]} {fault.name}: {detail}"
        return {fault.place: fault.name, "code": fault.code, "detail": detail}
    return {"pointer": fault.pointer, "code": fault.code, "detail": detail}


def _faults_of(refused: Refused) -> tuple[Fault, ...]:
    """Return the faults that a service found, as they travelled."""
    told = refused.data.get("faults")
    found: Iterable[Any] = told if isinstance(told, list) else ()
    return tuple(Fault(pointer=str(fault["pointer"]), code=str(fault["code"])) for fault in found)
