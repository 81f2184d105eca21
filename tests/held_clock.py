"""A module's clock, held: what a test says of a day stays true when the day is over."""

from datetime import datetime

import pytest


def hold_clock(monkeypatch: pytest.MonkeyPatch, module: str, moment: datetime) -> None:
    """Let it be that moment wherever a module asks `datetime.now`, for the rest of the test."""
    held = type("Held", (datetime,), {"now": staticmethod(lambda _zone=None: moment)})
    monkeypatch.setattr(f"{module}.datetime", held)
