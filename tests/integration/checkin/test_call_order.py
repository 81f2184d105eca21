"""The order of calls: PostgreSQL chooses, and counts who is before, as the rule in plain Python does."""

from dataclasses import dataclass, replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from contracts.hall import HallRules, Journey, JourneyStep, Step
from contracts.requests.counter_deeds import PauseCounter
from contracts.words import PriorityClass, ServiceCode
from services.checkin import errors, handlers
from services.checkin.domain.policy import Offer, Waiting, is_before, next_to_call, turn_of
from services.checkin.store import line
from services.checkin.store.tables import queue_ticket
from tests.integration.checkin.hall import NOON, TARAKAN, Hall
from tests.service_database import empty

SERVICES: tuple[ServiceCode, ...] = TARAKAN.services
STEPS: tuple[Step, ...] = ("documents", "biometrics", "service")
JOURNEY = Journey(services=("new",), steps=tuple(JourneyStep(step=step) for step in STEPS[:2]))


@dataclass(frozen=True)
class Arrival:
    """Somebody comes in, and may have been sent to a later step or to one counter since."""

    service: ServiceCode
    priority: PriorityClass
    appointment_quarters: int
    scanned_seconds: int
    at_biometrics: bool
    for_counter: int | None


ARRIVALS = st.lists(
    st.builds(
        Arrival,
        service=st.sampled_from(SERVICES),
        priority=st.sampled_from(["regular", "elderly"]),
        appointment_quarters=st.integers(-2, 2),
        scanned_seconds=st.integers(0, 3),
        at_biometrics=st.booleans(),
        for_counter=st.sampled_from([None, None, 1, 2]),
    ),
    max_size=8,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    arrivals=ARRIVALS,
    services=st.sets(st.sampled_from(SERVICES), min_size=1),
    steps=st.sets(st.sampled_from(STEPS), min_size=1),
)
def test_the_database_calls_in_the_order_of_the_rule(
    hall: Hall, arrivals: list[Arrival], services: set[ServiceCode], steps: set[Step]
) -> None:
    """Whoever waits for whatever, and whatever the counter offers, until it finds nobody."""
    empty(hall.database)
    hall.hear(replace(TARAKAN, hall=HallRules(early_minutes=480, journeys=(JOURNEY,))))
    waiting = [_come_in(hall, arrival) for arrival in arrivals]
    hall.open(1, *services, steps=tuple(steps))
    offer = Offer(counter=1, services=tuple(services), steps=tuple(steps))

    while (chosen := next_to_call(waiting, offer)) is not None:
        called = hall.call(now=NOON + timedelta(minutes=1)).ticket
        assert called is not None
        assert called.ticket_id == chosen.ticket_id
        hall.finish(outcome="rejected")
        waiting.remove(chosen)

    assert _nobody_left(hall)


OFFERS = st.tuples(
    st.sets(st.sampled_from(SERVICES), min_size=1),
    st.sets(st.sampled_from(STEPS), min_size=1),
    st.sampled_from(["open", "open", "paused"]),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(arrivals=ARRIVALS, desks=st.lists(OFFERS, max_size=3))
def test_the_database_counts_who_is_before_as_the_rule_does(
    hall: Hall, arrivals: list[Arrival], desks: list[tuple[set[ServiceCode], set[Step], str]]
) -> None:
    """Whoever waits for whatever, and whatever the counters offer that are open."""
    empty(hall.database)
    hall.hear(replace(TARAKAN, hall=HallRules(early_minutes=480, journeys=(JOURNEY,))))
    waiting = [_come_in(hall, arrival) for arrival in arrivals]
    offers = []
    for number, (services, steps, state) in enumerate(desks, 1):
        hall.open(number, *services, steps=tuple(steps))
        if state == "paused":
            hall.at(handlers.pause_counter, PauseCounter, number)
        else:
            offers.append(Offer(counter=number, services=tuple(services), steps=tuple(steps)))

    counted = hall.do(lambda tx: [line.count_before(tx, each.ticket_id) for each in waiting])

    assert counted == [sum(is_before(other, each, offers) for other in waiting) for each in waiting]


def _come_in(hall: Hall, arrival: Arrival) -> Waiting:
    starts_at = NOON + timedelta(minutes=15 * arrival.appointment_quarters)
    scanned_at = NOON + timedelta(seconds=arrival.scanned_seconds)
    admitted = hall.arrive(
        service=arrival.service, priority=arrival.priority, starts_at=starts_at, now=scanned_at
    )
    turn = turn_of(
        origin="booking",
        starts_at=starts_at,
        arrived_at=scanned_at,
        is_late=admitted.is_late,
        priority=arrival.priority,
    )
    step: Step = "service"
    if arrival.service == "new":
        step = "biometrics" if arrival.at_biometrics else "documents"
    since = {"step": step, "for_counter": arrival.for_counter}
    moved = update(queue_ticket).where(queue_ticket.c.ticket_id == admitted.ticket_id).values(since)
    hall.do(lambda tx: tx.execute(moved), now=scanned_at)
    return Waiting(
        ticket_id=admitted.ticket_id,
        service=arrival.service,
        step=step,
        for_counter=arrival.for_counter,
        turn_at=turn.turn_at,
        scanned_at=scanned_at,
    )


def _nobody_left(hall: Hall) -> bool:
    try:
        hall.call()
    except errors.QueueIsEmpty:
        return True
    return False
