"""The trace that the present request belongs to, known to everything that runs for it."""

from contextvars import ContextVar

from contracts.trace import new_traceparent

_traceparent: ContextVar[str] = ContextVar("traceparent")


def begin_trace(traceparent: str) -> None:
    """Say which trace this request's task belongs to; every request has a task of its own."""
    _traceparent.set(traceparent)


def current_traceparent() -> str:
    """Return the present request's trace; work that no request asked for begins one."""
    return _traceparent.get(None) or new_traceparent()
