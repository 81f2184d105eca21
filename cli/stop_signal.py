"""Ctrl-C, SIGTERM and a closed terminal all end `antrean up` the same orderly way."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopAsked(BaseException):
    """Somebody wants us to end; raised wherever the program is."""


@contextmanager
def stop_signals_raise() -> Iterator[None]:
    """Within this block a stop signal raises StopAsked; from the first one on, later ones are ignored."""
    before = {number: signal.signal(number, _raise) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def ignore_stop_signals() -> None:
    """Let nothing disturb the orderly end."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)


def _raise(_number: int, _frame: FrameType | None) -> None:
    ignore_stop_signals()
    raise StopAsked
