"""Who hears of bookings: a figure may begin only when they have done what the one before left them to do."""

import time

import psycopg

from contracts.events import SUBSCRIPTIONS, SlotBooked

_LONGEST_SECONDS = 120.0
_LOOK_SECONDS = 0.05


class Followers:
    """The services that subscribe to bookings, by their databases."""

    def __init__(self, server_url: str) -> None:
        server = server_url.rsplit("/", 1)[0]
        self._urls = [f"{server}/{name}" for name, heard in SUBSCRIPTIONS.items() if SlotBooked in heard]

    def heard(self) -> int:
        """Count the events that had their effect at the one who has heard least."""
        return min(_count(url) for url in self._urls)

    def wait_for(self, heard: int) -> float:
        """Return when all have heard so many, and after how many seconds. Raises RuntimeError."""
        begun = time.perf_counter()
        while self.heard() < heard:
            if time.perf_counter() - begun > _LONGEST_SECONDS:
                raise RuntimeError(f"after {_LONGEST_SECONDS} s not all services have heard of all bookings")
            time.sleep(_LOOK_SECONDS)
        return time.perf_counter() - begun


def _count(url: str) -> int:
    with psycopg.connect(url) as connection:
        ((count,),) = connection.execute("SELECT count(*) FROM inbox")
    return int(count)
