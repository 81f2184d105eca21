"""A day's places over a real broker: what is told is seen, and what is not told is not missed for long."""

import time
from collections.abc import Callable

from contracts.requests.availability import GetAvailability
from gateway.availability import LIFE_SECONDS
from tests.integration.gateway.responder import Responder
from tests.integration.gateway.running import Gateway, start_gateway
from tests.processes import Process, wait_until
from tests.proxy import Proxy
from tests.unit.gateway.fakes import availability
from tests.wire import Wire


def asked(gateway: Gateway) -> float:
    """Count how often booking was asked for places."""
    return gateway.process.metric('antrean_gateway_batch_size_sum{request="GetAvailability"}')


def test_what_is_told_is_seen_and_what_is_older_is_not(gateway: Gateway, wire: Wire) -> None:
    """Booking is not asked; only the event knows of four places."""
    assert gateway.places_left() == 5
    wire.publish(availability(12, 4), availability(11, 3))
    wait_until(lambda: gateway.places_left() == 4, seconds=1.0)
    older = 'antrean_gateway_availability_events_total{effect="older"}'
    wait_until(lambda: gateway.process.metric(older) == 1.0)
    assert gateway.places_left() == 4
    assert asked(gateway) == 1.0


def test_an_event_that_is_lost_is_missed_until_the_copys_life_ends(
    gateway: Gateway, services: Responder
) -> None:
    """Then it is asked for once more; and not before, so it is the events that keep copies fresh."""
    asked_at = time.monotonic()
    assert gateway.places_left() == 5
    services.answers[GetAvailability] = lambda _: availability(11, 4)
    wait_until(lambda: gateway.places_left() == 4)
    assert time.monotonic() - asked_at >= LIFE_SECONDS
    assert asked(gateway) == 2.0


def test_what_was_told_while_the_link_was_away_is_asked_for(
    services: Responder, vhost: str, process: Callable[..., Process], proxy: Callable[[str], Proxy]
) -> None:
    """The copies from before the gap are dropped when the link is back."""
    network = proxy(vhost)
    gateway = start_gateway(process, network.url(vhost))
    assert gateway.places_left() == 5
    services.answers[GetAvailability] = lambda _: availability(11, 4)
    network.cut()
    wait_until(lambda: gateway.places_left() == 4)
    assert asked(gateway) == 2.0
