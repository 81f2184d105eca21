"""A relay alone in a process, as a service has it: prints the seconds from a commit to the last confirm."""

import sys
import time
import warnings
from datetime import UTC, datetime

warnings.filterwarnings("ignore", message="(?s).*Eventlet is deprecated", category=Warning)

import eventlet  # noqa: E402  after the filter

eventlet.monkey_patch()

from bench.relay import EVENTS, event  # noqa: E402  after the patch
from chassis import metrics, outbox  # noqa: E402
from chassis.database import Committed, Database  # noqa: E402
from chassis.precedence import Precedence  # noqa: E402
from chassis.relay import Relay  # noqa: E402
from chassis.writes import Writes  # noqa: E402
from contracts.envelope import enclose  # noqa: E402
from contracts.trace import new_traceparent  # noqa: E402


def main(database_url: str, amqp_url: str) -> None:
    """Commit events, each a message of its own, and relay until all are confirmed."""
    database = Database(database_url)
    relay = Relay(database, amqp_url, Precedence())
    eventlet.spawn(relay.loop.run)
    while not relay.loop.connected:
        eventlet.sleep(0.01)
    now = datetime.now(UTC)
    with database.engine.begin() as connection:
        kept = [
            publication
            for number in range(EVENTS)
            for publication in outbox.append(
                connection, [enclose(event(number), now=now, traceparent=new_traceparent())], Writes()
            )
        ]
    begun = time.perf_counter()
    relay.committed(Committed(kept=kept, transient=[]))
    while _published() < EVENTS:
        eventlet.sleep(0.005)
    print(time.perf_counter() - begun)
    relay.stop()


def _published() -> float:
    return next(iter(metrics.OUTBOX_PUBLISHED.collect())).samples[0].value


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
