"""Waits at offices whose visits go through several steps."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from contracts.hall import HallRules, Journey, JourneyStep
from contracts.requests.waiting import GetWaiting, ServiceWaiting
from services.display.handlers import waiting
from services.display.store.measured_tables import hall_hour, service_time
from tests.integration.display.hall import (
    NOON,
    TARAKAN,
    Display,
    called,
    opened,
    scanned,
    served,
    transferred,
)

LATER = NOON + timedelta(hours=2)


def test_who_comes_waits_for_the_first_step_of_the_visit(display: Display) -> None:
    """The lines of its later steps are not before them, and counters for those alone do not help."""
    journey = Journey(
        services=("new",), steps=(JourneyStep(step="documents"), JourneyStep(step="biometrics"))
    )
    display.hear(replace(TARAKAN, version=2, hall=HallRules(journeys=(journey,))))
    further = [
        transferred(called(scanned(f"A-{place:03d}", step="documents"), 1), step="biometrics")
        for place in range(1, 9)
    ]
    display.hear(opened(1, steps=("biometrics",)), *further)
    later = _only_service(display)
    assert (later.waiting, later.counters, later.low_minutes) == (8, 0, None)
    display.hear(opened(2, steps=("documents",)))
    first = _only_service(display)
    assert (first.counters, first.low_minutes, first.high_minutes) == (1, 0, 5)


def test_each_step_is_measured_and_the_wait_is_the_one_before_the_first_call(display: Display) -> None:
    """From a call to where the ticket was sent on; the call at the next step is no second wait."""
    ticket = scanned("A-001", step="documents", steps=("documents", "biometrics"))
    display.hear(opened(1, steps=("documents", "biometrics")), ticket)
    once = called(ticket, 1, minutes=10)
    sent = transferred(once, step="biometrics", minutes=14)
    again = called(sent, 1, minutes=60)
    display.hear(served(again, minutes=75), again, sent, once)
    display.write_down()
    with display.database.transaction(now=LATER) as tx:
        rows = tx.execute(select(service_time).order_by(service_time.c.called_at)).all()
        (hour,) = tx.execute(select(hall_hour)).all()
    took = [(row.step, (row.finished_at - row.called_at).total_seconds() / 60) for row in rows]
    assert took == [("documents", 4.0), ("biometrics", 15.0)]
    assert (hour.served, hour.waits) == (1, [10])


def _only_service(display: Display) -> ServiceWaiting:
    with display.database.transaction(now=NOON) as tx:
        (service,) = waiting.get_waiting(tx, GetWaiting(office="TRK")).services
    return service
