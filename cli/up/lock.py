"""One `antrean up` a folder: a second one says where the first is."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cli.errors import AlreadyRunning


@contextmanager
def only_one(home: Path) -> Iterator[None]:
    """Hold the folder; raise AlreadyRunning when somebody holds it. The system lets go when we die."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise AlreadyRunning(
                f"Antrean runs already (process {lock.read().strip() or 'unknown'}, folder {home}): "
                "end that one with Ctrl-C, or set ANTREAN_HOME and other ports."
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield
