"""Run the claims: `make bench`, or `python -m bench NAME...` for some of them; `--help` lists the names."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import psycopg

from bench.availability import AvailabilityBench
from bench.board import BoardBench
from bench.bookings import BookingBench, ManySlotsBench
from bench.floor import SCANS_A_SECOND, Floors, Played
from bench.old_bookings import OldBookingsBench
from bench.overload import OverloadBench
from bench.ratio import Claim, Measured, measure
from bench.relay import RelayBench
from bench.request_reply import request_bench
from cli.servers.postgres import Postgres
from cli.servers.rabbitmq import RabbitMQ
from tests.stack import Stack

RELAY = Claim(
    name="Outbox relay ÷ raw pipelined publishing",
    above="relay",
    below="raw",
    unit="events/s",
    at_least=0.5,
)
REQUEST = Claim(
    name="HTTP request and reply through the broker ÷ bare HTTP hello, 64 clients",
    above="through the broker",
    below="hello",
    unit="requests/s",
    at_least=0.2,
)
BOARD = Claim(
    name="Call to board stream, p99 with 1,000 open streams ÷ publish to consume, p99",
    above="call to stream",
    below="publish to consume",
    unit="ms",
    at_most=3.0,
)
BOOKING = Claim(
    name="Full HTTP bookings ÷ pgbench of the one-statement booking, one hot row, 64 clients",
    above="bookings",
    below="pgbench",
    unit="/s",
    at_least=2.0,
)
HEARD = Claim(
    name="The same until check-in and notify have heard of all of them ÷ pgbench",
    above="bookings",
    below="pgbench",
    unit="/s",
)
SLOTS = Claim(
    name="Full HTTP bookings over 1,000 slots, 64 clients ÷ pgbench over 1,000 rows, 16 clients",
    above="bookings",
    below="pgbench",
    unit="/s",
    at_least=0.3,
)
AVAILABILITY = Claim(
    name="Reads of a day's free places ÷ bare HTTP hello, 64 clients",
    above="reads",
    below="hello",
    unit="/s",
    at_least=0.5,
)
OVERLOAD = Claim(
    name="Bookings answered in time at five times the peak's arrivals ÷ the peak",
    above="goodput",
    below="peak",
    unit="/s",
    at_least=0.9,
)
OLD_BOOKINGS = Claim(
    name="Bookings with five million old bookings in the table ÷ with none",
    above="with",
    below="without",
    unit="/s",
    at_least=0.9,
)


SCAN = Claim(
    name="Scan of a ticket over HTTP, p99 ÷ HTTP request and reply through the broker, p99, both 20 a second",
    above="scan",
    below="round trip",
    unit="ms",
    at_most=2.0,
)
OFFICES = Claim(
    name="Processor time of an event on the floor at 115 offices ÷ at one, 300 tickets each",
    above="115 offices",
    below="1 office",
    unit="ms",
    at_most=1.15,
)


class Servers:
    """The stack under load, and the addresses of its PostgreSQL and RabbitMQ."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stack = Stack(folder / "antrean").start()
        self.postgres = Postgres.in_use(folder / "antrean" / "postgres")
        self._let_postgres_note_commits()
        self.rabbitmq = RabbitMQ.in_use(folder / "antrean" / "rabbitmq")

    def _let_postgres_note_commits(self) -> None:
        with psycopg.connect(self.postgres.url(), autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET track_commit_timestamp = on")
        self.stack.stop()
        self.stack.start()

    def empty_database(self, name: str) -> str:
        """Make a database."""
        self.postgres.create_databases([name])
        return self.postgres.url(name)


def relay(servers: Servers, rounds: int) -> Measured:
    """Measure the outbox."""
    bench = RelayBench(servers.empty_database("relay"), servers.rabbitmq.add_vhost("relay"))
    return measure(RELAY, bench.relay, bench.raw, rounds=rounds)


def request(servers: Servers, rounds: int) -> Measured:
    """Measure requests."""
    database, vhost = servers.empty_database("echo"), servers.rabbitmq.add_vhost("echo")
    with request_bench(servers.folder, database, vhost) as bench:
        return measure(REQUEST, bench.through_the_broker, bench.bare, rounds=rounds)


def board(servers: Servers, rounds: int) -> Measured:
    """Measure the way of a call."""
    bench = BoardBench(servers.stack, servers.postgres.url(), servers.rabbitmq.add_vhost("raw"))
    try:
        return measure(BOARD, bench.call_to_boards, bench.publish_to_consume, rounds=rounds)
    finally:
        bench.close()


def booking(servers: Servers, rounds: int) -> Measured:
    """Measure the sale of one slot."""
    bench = BookingBench(servers.stack, servers.postgres.url())
    return measure(BOOKING, bench.through_http, bench.on_one_row, rounds=rounds)


def heard(servers: Servers, rounds: int) -> Measured:
    """Measure the sale of one slot with all that follows from it."""
    bench = BookingBench(servers.stack, servers.postgres.url(), rival="rival_of_heard")
    return measure(HEARD, bench.until_heard, bench.on_one_row, rounds=rounds)


def slots(servers: Servers, rounds: int) -> Measured:
    """Measure the sale of many slots."""
    bench = ManySlotsBench(servers.stack, servers.postgres.url())
    return measure(SLOTS, bench.through_http, bench.on_many_rows, rounds=rounds)


def availability(servers: Servers, rounds: int) -> Measured:
    """Measure reads of free places."""
    database, vhost = servers.empty_database("hello"), servers.rabbitmq.add_vhost("hello")
    with request_bench(servers.folder, database, vhost) as hello:
        bench = AvailabilityBench(servers.stack)
        return measure(AVAILABILITY, bench.reads, hello.bare, rounds=rounds)


def overload(servers: Servers, rounds: int) -> Measured:
    """Measure what is left of the sale when five times as many come."""
    bench = OverloadBench(servers.stack, servers.postgres.url())
    return measure(OVERLOAD, bench.goodput, bench.peak, rounds=rounds)


def old_bookings(servers: Servers, rounds: int) -> Measured:
    """Measure the sale in a system that has been in use for years."""
    old = Stack(servers.folder / "old").start()
    try:
        bench = OldBookingsBench(servers.stack, old)
        return measure(OLD_BOOKINGS, bench.with_old_bookings, bench.with_none, rounds=rounds)
    finally:
        old.stop()


def scan(servers: Servers, rounds: int) -> Measured:
    """Measure the kiosk's decision."""
    database, vhost = servers.empty_database("round_trip"), servers.rabbitmq.add_vhost("round_trip")
    with request_bench(servers.folder, database, vhost) as bench:
        floors = Floors(servers.stack)
        return measure(SCAN, floors.scan_p99, partial(bench.round_trip_p99, SCANS_A_SECOND), rounds=rounds)


def offices(servers: Servers, rounds: int) -> Measured:
    """Measure whether an office costs the same however many there are; one round has 107,000 events."""
    floors = Floors(servers.stack)
    played: dict[int, Played] = {}

    def cost(offices: int) -> float:
        played[offices] = floors.play(offices)
        return played[offices].cost

    measured = measure(OFFICES, partial(cost, 115), partial(cost, 1), rounds=min(rounds, 1))
    cost(10)
    for number, one in sorted(played.items()):
        print(f"\n{number} offices: {one.per_second:,.0f} events/s, {one.cost:.2f} ms an event", flush=True)
    return measured


CLAIMS: dict[str, Callable[[Servers, int], Measured]] = {
    "relay": relay,
    "request": request,
    "board": board,
    "scan": scan,
    "offices": offices,
    "booking": booking,
    "heard": heard,
    "slots": slots,
    "availability": availability,
    "overload": overload,
    "old_bookings": old_bookings,
}


def main() -> int:
    """Measure and print; the exit code says whether every bar is held."""
    parser = argparse.ArgumentParser(prog="bench", description="Measure what the documentation claims.")
    parser.add_argument(
        "names", nargs="*", choices=[[], *CLAIMS], help="which claims; all when none is named"
    )
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each claim, measured in turns")
    options = parser.parse_args()
    held = True
    with _servers() as servers:
        for name in options.names or CLAIMS:
            measured = CLAIMS[name](servers, options.rounds)
            print(f"\n{measured.report()}", flush=True)
            held &= measured.holds
    return 0 if held else 1


@contextmanager
def _servers() -> Iterator[Servers]:
    with tempfile.TemporaryDirectory(prefix="antrean-bench-") as folder:
        print("Starting the system …", flush=True)
        servers = Servers(Path(folder))
        try:
            yield servers
        finally:
            servers.stack.stop()


if __name__ == "__main__":
    sys.exit(main())
