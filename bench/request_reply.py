"""HTTP → broker → service → broker → HTTP, against an HTTP answer that asks nobody."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from bench.arrivals import paced_p99
from bench.http_load import Load, get, run_load
from cli.servers.ports import free_port
from tests.processes import Process, service_command, wait_until

CLIENTS = 64
REQUESTS = 20_000
PACED_REQUESTS = 600


class RequestBench:
    """The echo service and the echo gateway."""

    def __init__(self, port: int) -> None:
        self._port = port

    def through_the_broker(self) -> float:
        """Return requests a second."""
        return self._load("/echo", REQUESTS // 2)

    def bare(self) -> float:
        """Return requests a second."""
        return self._load("/hello", REQUESTS)

    def round_trip_p99(self, per_second: float) -> float:
        """Return the p99 of milliseconds of requests through the broker that come at this rate."""
        return paced_p99(self._port, [get("/echo")] * PACED_REQUESTS, status=200, per_second=per_second)

    def _load(self, path: str, count: int) -> float:
        return self._run(path, count, CLIENTS).per_second

    def _run(self, path: str, count: int, clients: int) -> Load:
        load = run_load(self._port, [get(path)] * count, clients=clients)
        if set(load.statuses) != {200}:
            raise RuntimeError(f"{path} answered {dict(load.statuses)}")
        return load


@contextmanager
def request_bench(folder: Path, database_url: str, amqp_url: str) -> Iterator[RequestBench]:
    """Run both processes for the block."""
    environment = {"DATABASE_URL": database_url, "AMQP_URL": amqp_url}
    service = Process(
        command=service_command("bench.echo_service:EchoService"),
        environment=environment,
        log_file=folder / "echo_service.log",
    )
    port = free_port()
    gateway = Process(
        command=("-m", "bench.echo_gateway", str(port)),
        environment=environment,
        log_file=folder / "echo_gateway.log",
    )
    try:
        service.start()
        gateway.start(wait=False)
        wait_until(lambda: _answers(port), why=gateway.log)
        yield RequestBench(port)
    finally:
        gateway.stop()
        service.stop()


def _answers(port: int) -> bool:
    try:
        return requests.get(f"http://127.0.0.1:{port}/echo", timeout=5).status_code == 200
    except requests.ConnectionError:
        return False
