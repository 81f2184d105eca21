"""The trace that the present request belongs to, known to everything that runs for it."""

from contextvars import ContextVar

from chassis.log import bind_log_fields
from contracts.trace import child_traceparent, new_traceparent, trace_id

_traceparent: ContextVar[str] = ContextVar("traceparent")


def continue_trace(parent: str | None) -> str:
    """Go on with the caller's trace, or begin one, for the rest of this task: a request has its own."""
    traceparent = child_traceparent(parent)
    _traceparent.set(traceparent)
    bind_log_fields({"trace_id": trace_id(traceparent)})
    return traceparent


def current_traceparent() -> str:
    """Return the present request's trace; work that no request asked for begins one."""
    return _traceparent.get(None) or new_traceparent()
