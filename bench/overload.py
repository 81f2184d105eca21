"""Goodput under five times the load that can be served, against the peak."""

from bench.arrivals import Arrivals
from bench.sale import Sale
from contracts.requests.booking import BookSlot
from tests.stack import Stack

CLIENTS = 64
PEAK_BOOKINGS = 3_000
TIMES_THE_PEAK = 5
ARRIVING_SECONDS = 4.0
MOST_ARRIVALS = 30_000


class OverloadBench:
    """One hot slot of a running system; the flood of a round is five times the peak of the same round."""

    def __init__(self, stack: Stack, server_url: str) -> None:
        self._sale = Sale(stack, server_url)
        self._peak = self.peak()

    def peak(self) -> float:
        """Return bookings a second of 64 clients who each wait for their answer."""
        self._peak = self._sale.sell(self._sale.open_slot(), PEAK_BOOKINGS, clients=CLIENTS).per_second
        return self._peak

    def goodput(self) -> float:
        """Return bookings a second that were answered within their deadline while five times as many came.

        Everybody else must have been told to come back; raises RuntimeError where somebody was not answered.
        """
        per_second = TIMES_THE_PEAK * self._peak
        slot_ids = self._sale.open_slot()
        requests = self._sale.requests(slot_ids, min(MOST_ARRIVALS, int(per_second * ARRIVING_SECONDS)))
        load = self._sale.flood(requests, per_second=per_second)
        self._check(slot_ids, load)
        return load.within(BookSlot.deadline_seconds, status=201)

    def _check(self, slot_ids: list[str], load: Arrivals) -> None:
        statuses = [one.status for one in load.answers]
        if set(statuses) - {201, 503}:
            raise RuntimeError(f"answered { ({status: statuses.count(status) for status in set(statuses)}) }")
        self._sale.check(slot_ids, statuses.count(201))
