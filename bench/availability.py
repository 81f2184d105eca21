"""Reading a day's free places, over HTTP: what the whole country does before the release second."""

from bench.http_load import get, run_load
from tests.stack import Stack

CLIENTS = 64
READS = 10_000


class AvailabilityBench:
    """The slots of one day of one office."""

    def __init__(self, stack: Stack) -> None:
        self._port = stack.ports.gateway
        days = stack.get("/v1/offices/TRK/days?service=new").json()["days"]
        self._path = f"/v1/offices/TRK/slots?service=new&date={days[-1]['date']}"

    def reads(self) -> float:
        """Return reads a second."""
        load = run_load(self._port, [get(self._path)] * READS, clients=CLIENTS)
        if set(load.statuses) != {200}:
            raise RuntimeError(f"{self._path} answered {dict(load.statuses)}")
        return load.per_second
