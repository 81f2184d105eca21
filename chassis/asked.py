"""Requests as they come over the wire, and as the service works on them."""

import time
from dataclasses import dataclass
from typing import Any

from chassis import metrics
from contracts.requests import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One request as the wire has it; `deadline` in Unix seconds."""

    id: str
    deadline: float
    traceparent: str
    data: Any

    def __post_init__(self) -> None:
        for value, form in ((self.id, str), (self.deadline, int | float), (self.traceparent, str)):
            if not isinstance(value, form):
                raise TypeError(f"{value!r} is no {form}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request as it came: its id and address, and the command if its form is right."""

    id: str
    reply_to: str
    deadline: float
    traceparent: str
    command: Request[Any]

    def is_overdue(self) -> bool:
        """Say whether nobody waits for the answer any more, and count it if so."""
        overdue = self.deadline < time.time()
        if overdue:
            metrics.REQUESTS_EXPIRED.labels(type(self.command).__name__).inc()
        return overdue
