"""What is wrong with the steps of visits that an office wrote down."""

from collections.abc import Sequence

from contracts.hall import Journey
from contracts.schema import Fault
from contracts.words import ServiceCode


def note_journey_faults(
    journeys: Sequence[Journey], services: Sequence[ServiceCode], faults: list[Fault], *, at: str
) -> None:
    """Note a service that is told twice or not offered, and a visit without a step or with one twice."""
    told: set[ServiceCode] = set()
    for place, journey in enumerate(journeys):
        for number, service in enumerate(journey.services):
            pointer = f"{at}/{place}/services/{number}"
            if service not in services:
                faults.append(Fault(pointer=pointer, code="service_not_offered"))
            elif service in told:
                faults.append(Fault(pointer=pointer, code="duplicate_service"))
            told.add(service)
        steps = [one.step for one in journey.steps]
        if not steps:
            faults.append(Fault(pointer=f"{at}/{place}/steps", code="no_steps"))
        for number, step in enumerate(steps):
            if step in steps[:number]:
                faults.append(Fault(pointer=f"{at}/{place}/steps/{number}/step", code="duplicate_step"))
