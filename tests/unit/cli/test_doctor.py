"""What `antrean doctor` says of RabbitMQ, from small real HTTP servers."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from cli.doctor.finding import Finding
from cli.doctor.queues import check_queues
from cli.servers.ports import free_port
from contracts.events import SUBSCRIPTIONS

PASSWORD = "s3cret-of-the-broker"


@contextmanager
def management(answer: Callable[[str], tuple[int, object]]) -> Iterator[str]:
    """A management API that answers each path so; its URL has a user and a password."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = answer(self.path)
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, format: str, *args: object) -> None:
            """Print nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield f"http://antrean:{PASSWORD}@127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def queues(parked: int = 0) -> list[dict[str, object]]:
    """Every consumer's queue, consumed."""
    return [
        {"name": name, "messages": messages, "consumers": 1}
        for consumer in SUBSCRIPTIONS
        for name, messages in ((f"antrean.{consumer}", 0), (f"antrean.{consumer}.parked", parked))
    ]


def said(findings: list[Finding]) -> str:
    """All that a person reads."""
    return " ".join(f"{finding.part} {finding.state} {finding.advice}" for finding in findings)


@pytest.mark.parametrize("status", [401, 404, 500])
def test_a_refusal_is_told_without_the_password(status: int) -> None:
    """The status is enough to know what to do; the address holds the broker's password."""
    with management(lambda _: (status, {})) as url:
        findings = list(check_queues(url, "/"))
    assert [finding.healthy for finding in findings] == [False]
    assert f"answers {status}" in findings[0].state
    assert PASSWORD not in said(findings)


def test_a_broker_that_is_away_is_told_without_the_password() -> None:
    """So is one that nobody started."""
    findings = list(check_queues(f"http://antrean:{PASSWORD}@127.0.0.1:{free_port()}", "/"))
    assert [finding.part for finding in findings] == ["RabbitMQ"]
    assert not findings[0].healthy
    assert PASSWORD not in said(findings)


def test_only_an_alarm_is_called_an_alarm() -> None:
    """503 of the alarms' check is one; a user who may not read them is told that instead."""
    with management(lambda path: (503, {}) if "alarms" in path else (200, queues())) as url:
        assert "holds publishers back" in said(list(check_queues(url, "/")))
    with management(lambda path: (401, {}) if "alarms" in path else (200, queues())) as url:
        assert "answers 401" in said(list(check_queues(url, "/")))


def test_a_parked_event_is_unhealthy_and_the_rest_is_not() -> None:
    """The advice is the command that says why."""
    with management(lambda path: (200, {} if "alarms" in path else queues(parked=2))) as url:
        findings = list(check_queues(url, "/"))
    assert {finding.part for finding in findings if not finding.healthy} == {
        f"parked for {consumer}" for consumer in SUBSCRIPTIONS
    }
    assert "antrean events parked display" in said(findings)
