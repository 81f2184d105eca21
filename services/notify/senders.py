"""Several messages in flight at once, none of which holds up the next one that falls due."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import BoundedSemaphore

from chassis.log import get_logger

log = get_logger(__name__)


class Senders:
    """At most `most` senders, each delivering one message after the other until none is due.

    `wake` never waits. As long as there is work every sender wakes another one, so a slow provider
    call keeps one sender busy and leaves the rest to what falls due meanwhile.
    """

    def __init__(self, deliver_next: Callable[[], bool], *, most: int, name: str) -> None:
        self._deliver_next = deliver_next
        self._idle = BoundedSemaphore(most)
        self._pool = ThreadPoolExecutor(most, thread_name_prefix=name)
        self._stopping = False

    def wake(self) -> None:
        """Let an idle sender, if there is one, look for due messages."""
        if not self._stopping and self._idle.acquire(blocking=False):
            self._pool.submit(self._work_off).add_done_callback(self._done)

    def stop(self) -> None:
        """Wait for the messages in flight, and send no more."""
        self._stopping = True
        self._pool.shutdown(wait=True)

    def _work_off(self) -> None:
        while not self._stopping and self._deliver_next():
            self.wake()

    def _done(self, future: Future[None]) -> None:
        self._idle.release()
        fault = future.exception()
        if fault is not None:
            log.error("sender_failed", exc_info=fault)
