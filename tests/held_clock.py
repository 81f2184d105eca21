"""Clocks, held: what a test says of a day stays true when the day is over."""

from datetime import datetime
from itertools import count

import pytest
import uuid_utils


def hold_clock(monkeypatch: pytest.MonkeyPatch, module: str, moment: datetime) -> None:
    """Let it be that moment wherever a module asks `datetime.now`, for the rest of the test."""
    held = type("Held", (datetime,), {"now": staticmethod(lambda _zone=None: moment)})
    monkeypatch.setattr(f"{module}.datetime", held)


def hold_ids(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    """Let new ids (UUIDv7) tell that they were made from that moment on, a millisecond each."""
    made_at = count(int(moment.timestamp()) * 10**9, 10**6)
    make = uuid_utils.uuid7
    monkeypatch.setattr(uuid_utils, "uuid7", lambda: make(nanoseconds=next(made_at)))
