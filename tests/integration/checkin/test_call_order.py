"""The order of calls: PostgreSQL chooses as the rule in plain Python does."""

from dataclasses import dataclass
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.words import ServiceCode
from services.checkin import errors
from services.checkin.domain.policy import Waiting, next_to_call
from tests.integration.checkin.hall import NOON, TARAKAN, Hall
from tests.service_database import empty

SERVICES: tuple[ServiceCode, ...] = TARAKAN.services


@dataclass(frozen=True)
class Arrival:
    """Somebody comes in."""

    service: ServiceCode
    appointment_hours: int
    scanned_seconds: int


ARRIVALS = st.lists(
    st.builds(
        Arrival,
        service=st.sampled_from(SERVICES),
        appointment_hours=st.integers(-3, 3),
        scanned_seconds=st.integers(0, 3),
    ),
    max_size=8,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(arrivals=ARRIVALS, offered=st.sets(st.sampled_from(SERVICES), min_size=1))
def test_the_database_calls_in_the_order_of_the_rule(
    hall: Hall, arrivals: list[Arrival], offered: set[ServiceCode]
) -> None:
    """Whoever is waiting, and whatever the counter offers, until nobody is left."""
    empty(hall.database)
    hall.hear(TARAKAN)
    waiting = [_come_in(hall, arrival) for arrival in arrivals]
    hall.open(1, *offered)

    while (chosen := next_to_call(waiting, tuple(offered))) is not None:
        called = hall.call(now=NOON + timedelta(minutes=1)).ticket
        assert called is not None
        assert called.ticket_id == chosen.ticket_id
        hall.finish()
        waiting.remove(chosen)

    assert _nobody_left(hall)


def _come_in(hall: Hall, arrival: Arrival) -> Waiting:
    starts_at = NOON + timedelta(hours=arrival.appointment_hours)
    scanned_at = NOON + timedelta(seconds=arrival.scanned_seconds)
    admitted = hall.arrive(service=arrival.service, starts_at=starts_at, now=scanned_at)
    return Waiting(
        ticket_id=admitted.ticket_id,
        service=arrival.service,
        turn_at=scanned_at if admitted.is_late else starts_at,
        scanned_at=scanned_at,
    )


def _nobody_left(hall: Hall) -> bool:
    try:
        hall.call()
    except errors.QueueIsEmpty:
        return True
    return False
