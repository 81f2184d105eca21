"""A clock that stands still, so that pages made at any time look the same.

It takes the place of `datetime.datetime` for what is imported after `hold()`; so hold it first.
"""

import datetime
from typing import Any

_real = datetime.datetime
_held: list[datetime.datetime] = []


class _AnyDatetime(type):
    """A value counts as one of the held class's, whichever of the two classes made it."""

    def __instancecheck__(cls, value: object) -> bool:
        return isinstance(value, _real)


class _Still(_real, metaclass=_AnyDatetime):
    __slots__ = ()  # as large as the real one, for extensions that look

    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> Any:
        """Return the instant at which the clock is held."""
        return cls.fromtimestamp(_held[-1].timestamp(), tz)


def hold(at: datetime.datetime) -> None:
    """Let it be that instant until the clock is held at another."""
    _held[:] = [at]
    datetime.datetime = _Still  # type: ignore[misc]
