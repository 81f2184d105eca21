"""Several messages in flight at once."""

import threading
from collections.abc import Callable

from services.notify.senders import Senders
from tests.processes import wait_until


class Counting:
    """Work that is done one piece at a time, and remembers how many were at it at once."""

    def __init__(self, pieces: int, work: Callable[[], object] = lambda: None) -> None:
        self.left = pieces
        self.at_once = 0
        self.most_at_once = 0
        self._work = work
        self._lock = threading.Lock()

    def do_next(self) -> bool:
        with self._lock:
            if self.left == 0:
                return False
            self.left -= 1
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        self._work()
        with self._lock:
            self.at_once -= 1
        return True


def keep_waking(senders: Senders, done: Callable[[], bool]) -> None:
    """Do as the clock does until the work is done."""

    def woken_and_done() -> bool:
        senders.wake()
        return done()

    wait_until(woken_and_done)


def test_all_senders_work_at_once_and_never_more() -> None:
    """Each sender that finds work wakes another."""
    barrier = threading.Barrier(4)
    work = Counting(40, lambda: barrier.wait(timeout=10))
    senders = Senders(work.do_next, most=4, name="test")
    # Four must be at work together for the barrier to open, so this also proves that they are.
    keep_waking(senders, lambda: work.left == 0)
    senders.stop()
    assert work.most_at_once == 4


def test_a_sender_that_is_kept_waiting_leaves_the_work_to_the_others() -> None:
    """A slow provider call holds up one sender."""
    release, first = threading.Event(), threading.Event()

    def slow_once() -> None:
        if not first.is_set():
            first.set()
            release.wait(timeout=10)

    work = Counting(10, slow_once)
    senders = Senders(work.do_next, most=2, name="test")
    keep_waking(senders, lambda: work.left == 0)
    assert work.at_once == 1
    release.set()
    senders.stop()
    assert work.at_once == 0


def test_work_that_raises_does_not_cost_a_sender() -> None:
    """The fault is logged, and the next wake finds the sender idle."""
    attempts: list[int] = []

    def fail() -> bool:
        attempts.append(1)
        raise ConnectionError("database away")

    senders = Senders(fail, most=1, name="test")
    keep_waking(senders, lambda: len(attempts) >= 3)
    senders.stop()


def test_stopped_senders_start_nothing() -> None:
    """And stopping waits for what is in flight."""
    work = Counting(5)
    senders = Senders(work.do_next, most=1, name="test")
    senders.stop()
    senders.wake()
    assert work.left == 5
