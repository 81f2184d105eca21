"""Check-in as a process of its own, beside nothing but PostgreSQL and RabbitMQ: booking is not there."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import psycopg
import pytest

from chassis import migrate
from contracts.events import CounterCalled, TicketScanned
from contracts.refusals import RemoteRefusal
from contracts.requests.checkin import CallNext, FinishTicket, OpenCounter, ScanTicket
from tests.integration.checkin.hall import KEY, TARAKAN, booking, ticket
from tests.processes import Process, service_command, wait_until
from tests.wire import Wire


@pytest.fixture
def checkin(database: Callable[[str], str], vhost: str, process: Callable[..., Process]) -> Process:
    """The service, ready."""
    url = database("checkin")
    migrate.upgrade("services.checkin", url)
    environment = {"DATABASE_URL": url, "AMQP_URL": vhost, "TICKET_KEYS": KEY.public().to_json()}
    return process(service_command("services.checkin.service:CheckinService"), environment).start()


def test_a_ticket_is_admitted_and_called_with_booking_down(checkin: Process, wire: Wire) -> None:
    """From the scan of a ticket whose booking was never heard of to its name after the call."""
    heard = wire.listen("TRK.checkin.#")
    wire.publish(TARAKAN)
    now = datetime.now(UTC)
    today = now.astimezone(ZoneInfo(TARAKAN.timezone)).date()
    coming = booking(date=today, starts_at=now, ends_at=now + timedelta(hours=1))
    wire.wait_for(lambda: _opens(wire))

    admitted = wire.ask(ScanTicket(office="TRK", ticket=ticket(coming)))
    called = wire.ask(CallNext(office="TRK", counter=1, officer="officer"))
    wire.publish(coming)

    assert (admitted.number, admitted.display_name) == ("A-001", None)
    assert called.ticket is not None
    assert called.ticket.number == "A-001"
    *_, scanned, call, named = heard.wait_for(4)
    assert isinstance(scanned, TicketScanned)
    assert isinstance(call, CounterCalled)
    assert isinstance(named, TicketScanned)
    assert (named.version, named.state, named.display_name) == (3, "called", "Pak Andi")


def test_a_refusal_reaches_the_asker_with_its_code_and_data(checkin: Process, wire: Wire) -> None:
    """As every client sees it."""
    wire.publish(TARAKAN)
    wire.wait_for(lambda: _opens(wire))
    expired = ticket(booking(), expires_at=datetime.now(UTC) - timedelta(seconds=1))

    for request, code, data in (
        (ScanTicket(office="TRK", ticket="TRK-7K3M9P"), "unknown_ticket", {"code": "TRK-7K3M9P"}),
        (ScanTicket(office="TRK", ticket=expired), "ticket_expired", {}),
        (FinishTicket(office="TRK", counter=1, officer="officer"), "no_ticket_at_counter", {"counter": 1}),
    ):
        with pytest.raises(RemoteRefusal) as refused:
            wire.ask(request)
        assert (refused.value.code, refused.value.data) == (code, data)


def test_visits_long_past_are_forgotten_by_the_clock(checkin: Process, wire: Wire) -> None:
    """The hourly work runs at the start too."""
    long_past = booking(date=datetime.now(UTC).date() - timedelta(days=60))
    with psycopg.connect(checkin.environment["DATABASE_URL"], autocommit=True) as database:

        def expected() -> int:
            return len(database.execute("SELECT FROM expected_ticket").fetchall())

        wire.publish(long_past)
        wait_until(lambda: expected() == 1)
        checkin.stop()
        checkin.start()
        wait_until(lambda: expected() == 0)


def _opens(wire: Wire) -> bool:
    """Open counter 1 as soon as the office is known."""
    try:
        return wire.ask(OpenCounter(office="TRK", counter=1, officer="officer")).state == "open"
    except RemoteRefusal as refused:
        if refused.code != "unknown_office":
            raise
        return False
