"""Work that burns the processor in C, kept off the loop that serves everyone else."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from eventlet import tpool

P = ParamSpec("P")
T = TypeVar("T")


def run_in_thread(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call a function in a real thread and wait for it without stopping other workers.

    Worth its cost for calls of some milliseconds that release the interpreter's lock (argon2).
    """
    return tpool.execute(function, *args, **kwargs)  # type: ignore[no-any-return]
