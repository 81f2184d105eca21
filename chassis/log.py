"""Structured log: one JSON object a line, with the trace id of the request or event it belongs to."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog

from contracts.trace import trace_id

_TRACEBACKS = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
"""Where it went wrong, without the values: those can be names, addresses and tokens."""


def configure(*, process: str, log_format: str, log_level: str) -> None:
    """Send structlog's and the standard library's log to standard output in one form."""
    shared: list[Any] = [
        lambda _logger, _method, fields: {**fields, "process": process},
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.ExtraAdder(),
    ]
    last: list[Any] = (
        [structlog.processors.ExceptionRenderer(_TRACEBACKS), structlog.processors.JSONRenderer()]
        if log_format == "json"
        else [_for_people()]
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(log_level.upper())
    for chatty in ("amqp", "kombu", "nameko", "pika", "alembic"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    logging.getLogger("nameko.containers").setLevel(
        logging.CRITICAL
    )  # what a worker raises is logged by who called it
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared[:-1],
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def get_logger(name: str) -> Any:
    """Return a logger: `log.info("ticket_admitted", office="TRK")`; never log a NIK, a name or an address."""
    return structlog.get_logger(name)


@contextmanager
def traced(traceparent: str, **fields: object) -> Iterator[None]:
    """Put the trace id, and more fields, on every line that the block logs."""
    with structlog.contextvars.bound_contextvars(trace_id=trace_id(traceparent), **fields):
        yield


def current_log_fields() -> dict[str, Any]:
    """Return the fields of the present block, to carry them into another greenlet with `bind_log_fields`."""
    return dict(structlog.contextvars.get_contextvars())


def bind_log_fields(fields: dict[str, Any]) -> None:
    """Put fields on every line that this greenlet logs from now on."""
    structlog.contextvars.bind_contextvars(**fields)


def _for_people() -> structlog.dev.ConsoleRenderer:
    return structlog.dev.ConsoleRenderer(
        colors=sys.stdout.isatty(), exception_formatter=structlog.dev.plain_traceback
    )
