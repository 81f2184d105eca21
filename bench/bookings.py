"""Bookings through the whole system, against PostgreSQL's own speed: on one hot slot, and on many."""

from bench.one_statement import OneStatement
from bench.sale import Sale
from tests.stack import Stack

CLIENTS = 64
BOOKINGS = 4_000
MANY_SLOTS = 1_000
RIVALS_OF_MANY = 16


class BookingBench:
    """One hot slot of a running system, and one hot row of a database of its own on the same server."""

    def __init__(self, stack: Stack, server_url: str, *, rival: str = "rival") -> None:
        self._sale = Sale(stack, server_url)
        self._rival = OneStatement(server_url, name=rival, slots=1)

    def through_http(self) -> float:
        """Return bookings a second: authenticated, validated, idempotent, each with its event."""
        return self._sale.sell(self._sale.open_slot(), BOOKINGS, clients=CLIENTS).per_second

    def until_heard(self) -> float:
        """Return bookings a second until every service that hears of them has done so."""
        load = self._sale.sell(self._sale.open_slot(), BOOKINGS, clients=CLIENTS)
        return load.statuses.total() / load.heard_seconds

    def on_one_row(self) -> float:
        """Return transactions a second of pgbench with the one-statement booking."""
        return self._rival.per_second(clients=CLIENTS)


class ManySlotsBench:
    """A thousand slots, and a thousand rows; the rival has the number of clients with which it is fastest."""

    def __init__(self, stack: Stack, server_url: str) -> None:
        self._sale = Sale(stack, server_url)
        self._slot_ids = self._sale.open_slots(MANY_SLOTS)
        self._rival = OneStatement(server_url, name="rival_of_many", slots=MANY_SLOTS)

    def through_http(self) -> float:
        """Return bookings a second."""
        return self._sale.sell(self._slot_ids, BOOKINGS, clients=CLIENTS).per_second

    def on_many_rows(self) -> float:
        """Return transactions a second of pgbench."""
        return self._rival.per_second(clients=RIVALS_OF_MANY)
