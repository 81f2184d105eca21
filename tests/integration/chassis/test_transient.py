"""Transient events, by a relay inside the test: they are not kept, and yet not thrown away."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import eventlet
import pytest

from chassis.broker import Broken
from chassis.database import Committed, Database
from chassis.precedence import Precedence
from chassis.publication import Publication
from chassis.publisher import Publisher
from chassis.relay import Relay
from contracts.envelope import enclose
from contracts.events import BoardChanged
from contracts.trace import new_traceparent
from tests.wire import Wire

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.fixture
def confirmed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The confirms that publishers read."""
    read: list[int] = []
    monkeypatch.setattr(Publisher, "_on_ack", lambda _self, tag, _multiple: read.append(tag))
    return read


@pytest.fixture
def relay(probe_database: str, vhost: str, confirmed: list[int]) -> Iterator[Relay]:
    """A relay at work whenever the test sleeps."""
    relay = Relay(Database(probe_database), vhost, Precedence())
    running = eventlet.spawn(relay.loop.run)
    with eventlet.Timeout(60):
        while not relay.loop.connected:
            eventlet.sleep(0.01)
    yield relay
    relay.stop()
    running.wait()


def test_confirms_are_read_though_commits_never_cease(relay: Relay, confirmed: list[int]) -> None:
    """Else a busy day fills the connection with them until the broker closes it."""
    with eventlet.Timeout(60):
        while not confirmed:
            _tell(relay, version=1)
            eventlet.sleep(0.02)


def test_what_a_broken_connection_kept_back_goes_out_with_the_next(
    relay: Relay, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A board changes at once although the connection broke under it."""
    heard = wire.listen("*.display.BoardChanged")
    publish, broken = Publisher.publish_transient, [Broken("once")]

    def break_once(publisher: Publisher, publication: Publication) -> None:
        if broken:
            raise broken.pop()
        publish(publisher, publication)

    monkeypatch.setattr(Publisher, "publish_transient", break_once)
    _tell(relay, version=1)

    def is_heard() -> bool:
        eventlet.sleep(0.01)
        return bool(heard.envelopes)

    wire.wait_for(is_heard)
    assert broken == []


def _tell(relay: Relay, *, version: int) -> None:
    board = BoardChanged(
        version=version,
        office="TRK",
        name="Kantor Imigrasi Tarakan",
        timezone="Asia/Makassar",
        date=date(2026, 11, 23),
        waiting=0,
        served=0,
        counters=(),
        calls=(),
        changed_at=NOW,
    )
    told = enclose(board, now=NOW, traceparent=new_traceparent())
    relay.committed(Committed(kept=[], transient=[told]))
