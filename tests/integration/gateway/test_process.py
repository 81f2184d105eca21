"""The gateway process: readiness, operations port, limits on a real socket, signals, a broker that dies."""

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator

import httpx

from cli.servers.rabbitmq import RabbitMQ
from contracts.requests.availability import GetAvailability
from contracts.requests.booking import ListOffices
from tests.integration.gateway.responder import Responder
from tests.integration.gateway.running import ANSWERS, Gateway, start_gateway
from tests.processes import PROJECT, Process, wait_until
from tests.unit.gateway.fakes import availability, bearer


def test_it_is_ready_when_it_knows_the_offices(vhost: str, process: Callable[..., Process]) -> None:
    """Alive at once; ready when booking has told them, however late booking comes."""
    gateway = start_gateway(process, vhost, wait=False)
    ops = f"http://127.0.0.1:{gateway.process.ops_port}"
    wait_until(lambda: _answers(f"{ops}/livez"))
    wait_until(lambda: httpx.get(f"{ops}/readyz").json()["checks"]["broker"])
    for port in (ops, gateway.url):  # load balancers ask where they send people to
        waiting = httpx.get(f"{port}/readyz")
        assert (waiting.status_code, waiting.json()["checks"]["offices"]) == (503, False)
        assert httpx.get(f"{port}/livez").status_code == 200
    assert httpx.get(f"{gateway.url}/v1/offices").status_code == 503
    with Responder(vhost, {ListOffices: ANSWERS[ListOffices]}):
        gateway.process.wait_until_ready()
    assert len(httpx.get(f"{gateway.url}/v1/offices").json()["offices"]) == 2


def test_what_operations_watch_is_measured(gateway: Gateway) -> None:
    """Latency by route and status, batches, streams; the port is not the public one."""
    httpx.get(f"{gateway.url}/v1/offices/TRK/board")
    httpx.get(f"{gateway.url}/nothing", headers={"Accept": "application/json"})
    metric = gateway.process.metric
    route = 'method="GET",route="/v1/offices/{office}/board",status="200"'
    assert metric(f"antrean_http_request_seconds_count{{{route}}}") == 1.0
    assert metric('antrean_http_request_seconds_count{method="GET",route="-",status="404"}') == 1.0
    assert metric('antrean_gateway_batch_size_count{request="GetBoard"}') == 1.0
    assert metric('antrean_broker_connected{part="gateway"}') == 1.0
    assert httpx.get(f"{gateway.url}/metrics").status_code == 404


def test_a_body_without_a_length_is_limited_too(gateway: Gateway) -> None:
    """Chunked bodies are counted as they come; a small one is read."""

    def chunks(count: int) -> Iterator[bytes]:
        yield b'{"login": "'
        for _ in range(count):
            yield b"x" * 4096
        yield b'"}'

    headers = {"Content-Type": "application/json"}
    large = httpx.post(f"{gateway.url}/v1/sessions", content=chunks(40), headers=headers)
    assert (large.status_code, large.json()["code"]) == (413, "body_too_large")
    small = httpx.post(f"{gateway.url}/v1/sessions", content=chunks(1), headers=headers)
    assert (small.status_code, small.json()["code"]) == (422, "too_long")


def test_an_announced_length_is_refused_before_the_body_has_come(gateway: Gateway) -> None:
    """Nobody uploads a gigabyte to read that it was too much."""
    port = int(gateway.url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(
            b"POST /v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            b"Content-Length: 1000000000\r\n\r\n{"
        )
        assert connection.recv(4096).startswith(b"HTTP/1.1 413 ")


def test_what_the_gateway_does_not_say(gateway: Gateway) -> None:
    """No Server header; no doubled one either."""
    headers = httpx.get(f"{gateway.url}/v1/offices").headers
    assert "server" not in headers
    assert len(headers.get_list("date")) == 1


def test_it_outlives_the_broker(fragile_broker: RabbitMQ, process: Callable[..., Process]) -> None:
    """Killed with -9: what is in memory is still answered, the rest refused; back, all is well again.

    Places are answered from memory for two seconds and then refused: nobody is told what may be long gone.
    """
    url = fragile_broker.url()
    with Responder(url, ANSWERS):
        gateway = start_gateway(process, url)
        assert httpx.get(f"{gateway.url}/v1/offices/TRK/board").status_code == 200
        assert gateway.places_left() == 5
    bookings = f"{gateway.url}/v1/bookings"
    fragile_broker.kill()
    wait_until(lambda: httpx.get(bookings, headers=bearer()).json()["code"] == "service_unavailable")
    assert httpx.get(f"{gateway.url}/v1/offices").status_code == 200
    assert httpx.get(f"{gateway.url}/v1/offices/TRK/board").status_code == 200
    state = httpx.get(f"http://127.0.0.1:{gateway.process.ops_port}/readyz").json()
    assert state == {"ready": True, "checks": {"offices": True, "broker": False}}, (
        "people are still sent here"
    )
    wait_until(lambda: gateway.places_left() is None)
    fragile_broker.start()
    with Responder(url, {**ANSWERS, GetAvailability: lambda _: availability(11, 4)}):
        wait_until(lambda: gateway.places_left() == 4)


def test_wrong_settings_and_a_taken_port_are_said_in_a_sentence(vhost: str, gateway: Gateway) -> None:
    """No traceback; the exit code tells the two apart."""
    nothing = _run({})
    assert nothing.returncode == 2
    assert "AMQP_URL is missing" in nothing.stderr
    taken = _run({**gateway.process.environment, "OPS_PORT": "0"})
    assert taken.returncode == 1
    assert f"port {gateway.process.environment['GATEWAY_PORT']}" in taken.stderr
    assert "Traceback" not in nothing.stderr + taken.stderr


def _run(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        (sys.executable, "-m", "gateway"),
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def _answers(url: str) -> bool:
    try:
        return httpx.get(url).status_code == 200
    except httpx.ConnectError:
        return False
