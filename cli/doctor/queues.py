"""Checks of RabbitMQ: it answers, every queue is consumed, and nothing is parked."""

import time
from collections.abc import Iterator, Mapping
from urllib.parse import quote

import httpx

from cli.doctor.finding import Finding
from cli.servers.local_http import LOCAL_HTTP
from contracts.events import SUBSCRIPTIONS

DEEP = 1_000
"""Messages; in a rush each may be 64 events."""
ALARM = 503
COUNTED_EVERY_SECONDS = 6.0
"""RabbitMQ's management counts consumers every five seconds."""


def check_queues(management_url: str, vhost: str) -> Iterator[Finding]:
    """One finding for the broker, and two for each consumer's queue: what waits, and what was parked."""
    try:
        alarms = LOCAL_HTTP.get(f"{management_url}/api/health/checks/alarms")
        present = _queues(management_url, vhost)
        if alarms.status_code != ALARM:
            alarms.raise_for_status()
    except httpx.HTTPError as error:
        yield Finding(part="RabbitMQ", state=_reason(error), advice="make run, or set AMQP_MANAGEMENT_URL")
        return
    if alarms.is_success:
        yield Finding(part="RabbitMQ", state="answers, no alarm")
    else:
        yield Finding(
            part="RabbitMQ", state="holds publishers back", advice="free memory or disk on its machine"
        )
    for consumer in SUBSCRIPTIONS:
        yield _waiting(consumer, present.get(f"antrean.{consumer}", {}))
        yield _parked(consumer, present.get(f"antrean.{consumer}.parked", {}))


def _queues(management_url: str, vhost: str) -> dict[str, dict[str, int]]:
    """Return the queues by name; one without a consumer is looked at until the broker counts again."""
    deadline = time.monotonic() + COUNTED_EVERY_SECONDS
    while True:
        answer = LOCAL_HTTP.get(f"{management_url}/api/queues/{quote(vhost, safe='')}")
        answer.raise_for_status()
        present = {queue["name"]: queue for queue in answer.json()}
        alone = [name for name in SUBSCRIPTIONS if not present.get(f"antrean.{name}", {}).get("consumers")]
        if not alone or time.monotonic() > deadline:
            return present
        time.sleep(0.5)


def _reason(error: httpx.HTTPError) -> str:
    """Say what is wrong, and not the address: the password is in it."""
    if isinstance(error, httpx.HTTPStatusError):
        answer = error.response
        return f"its management API answers {answer.status_code} {answer.reason_phrase}"
    return str(error) or type(error).__name__


def _waiting(consumer: str, queue: Mapping[str, int]) -> Finding:
    depth, consumers = queue.get("messages", 0), queue.get("consumers", 0)
    advice = ""
    if not consumers:
        advice = f"start the service {consumer}: events wait until it is there"
    elif depth > DEEP:
        advice = f"start more processes of {consumer}, or see its log"
    return Finding(
        part=f"queue of {consumer}", state=f"{depth} messages, {consumers} consumers", advice=advice
    )


def _parked(consumer: str, queue: Mapping[str, int]) -> Finding:
    parked = queue.get("messages", 0)
    advice = f"see why: .venv/bin/antrean events parked {consumer}" if parked else ""
    return Finding(part=f"parked for {consumer}", state=f"{parked} messages", advice=advice)
