"""Boards that are followed through a real gateway process."""

import time
from collections.abc import Callable
from dataclasses import replace

import httpx

from contracts.requests.display import GetBoard
from tests.integration.gateway.responder import Responder
from tests.integration.gateway.running import Gateway, start_gateway
from tests.processes import Process, wait_until
from tests.proxy import Proxy
from tests.unit.gateway.fakes import board, called
from tests.wire import Wire

STREAM = "/v1/offices/TRK/board/stream"


def test_a_call_reaches_every_follower(gateway: Gateway, wire: Wire) -> None:
    """First the board as it is, then the change; both followers see the same bytes."""
    with gateway.stream(STREAM) as first, gateway.stream(STREAM) as second:
        assert first.response.headers["content-type"].startswith("text/event-stream")
        assert [first.next()[0], second.next()[0]] == ["1", "1"]
        wire.publish(board(2, waiting=7))
        for stream in (first, second):
            number, data = stream.next()
            assert (number, data["version"], data["waiting"]) == ("2", 2, 7)


def test_a_call_is_told_although_no_board_has_it(gateway: Gateway, wire: Wire) -> None:
    """By check-in's own event: display may be down."""
    with gateway.stream(STREAM) as stream:
        stream.next()
        wire.publish(called())
        _, told = stream.next("call")
        assert (told["number"], told["display_name"], told["counter"]) == ("A-001", "Pak Andi", 1)


def test_a_client_that_does_not_read_for_a_while_misses_only_what_is_past(
    gateway: Gateway, wire: Wire
) -> None:
    """It gets whole events, versions that grow, and in the end the latest; who reads is not held up."""
    latest = 400
    more_than_the_network_holds = "x" * 20_000
    with gateway.stream(STREAM) as reader, gateway.stream(STREAM) as sleeper:
        assert [reader.next()[0], sleeper.next()[0]] == ["1", "1"]
        for version in range(2, latest + 1):
            wire.publish(replace(board(version), timezone=more_than_the_network_holds))
            assert reader.next()[0] == str(version)
        late = [0]
        while late[-1] != latest:
            late.append(int(sleeper.next()[0]))
        assert late == sorted(set(late))
        assert len(late) < latest


def test_who_comes_back_sees_only_what_is_new(gateway: Gateway, wire: Wire) -> None:
    """The browser sends the last id by itself."""
    with gateway.stream(STREAM) as stream:
        assert stream.next()[0] == "1"
    with gateway.stream(STREAM, **{"Last-Event-ID": "1"}) as stream:
        wire.publish(board(2))
        assert stream.next()[0] == "2"


def test_a_follower_that_leaves_is_counted_out(gateway: Gateway, wire: Wire) -> None:
    """The gauge goes down at the next event or heartbeat."""
    with gateway.stream(STREAM) as stream:
        stream.next()
        assert gateway.process.metric("antrean_http_streams") == 1.0
    versions = iter(range(2, 100_000))

    def counted_out() -> bool:
        wire.publish(board(next(versions)))
        return gateway.process.metric("antrean_http_streams") == 0.0

    wait_until(counted_out)


def test_a_follower_sees_what_was_missed_while_the_broker_was_away(
    services: Responder, vhost: str, process: Callable[..., Process], proxy: Callable[[str], Proxy]
) -> None:
    """The connection is cut, the board changes, the stream stays: seconds later the follower has it."""
    network = proxy(vhost)
    gateway = start_gateway(process, network.url(vhost))
    with gateway.stream(STREAM) as stream:
        assert stream.next()[0] == "1"
        services.answers[GetBoard] = lambda query: board(9, query.office)
        network.cut()
        assert stream.next()[0] == "9"


def test_streams_do_not_keep_a_gateway_from_stopping(gateway: Gateway) -> None:
    """A stop takes a moment, and the stream ends properly."""
    with gateway.stream(STREAM) as stream:
        stream.next()
        begun = time.monotonic()
        assert gateway.process.stop() == 0
        assert time.monotonic() - begun < 5
        assert list(stream.lines) == []


def test_more_streams_than_allowed_are_refused(
    services: Responder, vhost: str, process: Callable[..., Process]
) -> None:
    """With a problem and a time to come back, before a stream begins."""
    gateway = start_gateway(process, vhost, MOST_STREAMS="1")
    with gateway.stream(STREAM) as stream:
        stream.next()
        refused = httpx.get(gateway.url + STREAM)
        assert (refused.status_code, refused.json()["code"]) == (503, "too_many_streams")
        assert refused.headers["retry-after"] == "15"


def test_more_streams_than_one_address_may_have_are_refused_to_it_alone(
    services: Responder, vhost: str, process: Callable[..., Process]
) -> None:
    """Whoever comes by the same trusted proxy is told apart by what it says of them."""
    gateway = start_gateway(process, vhost, MOST_STREAMS_OF_ADDRESS="1", TRUSTED_PROXIES="127.0.0.1")
    with gateway.stream(STREAM) as stream:
        stream.next()
        refused = httpx.get(gateway.url + STREAM)
        assert (refused.status_code, refused.json()["code"]) == (503, "too_many_streams")
        other = {"X-Forwarded-For": "192.0.2.7"}
        with httpx.stream("GET", gateway.url + STREAM, headers=other) as admitted:
            assert admitted.status_code == 200
