"""From what an office wrote down about the ways to it to what booking understands; or every fault in it."""

from collections.abc import Iterator, Sequence

from contracts.office_plan import TravelPlan
from contracts.schema import Fault
from services.booking.domain.hours import HoursOverlap, Stretch, in_order
from services.booking.domain.travel import Travel


def travel_of(plans: Sequence[TravelPlan], faults: list[Fault], *, at: str = "") -> tuple[Travel, ...]:
    """Read the ways; what is wrong is added to `faults`, and then the result does not count."""
    found = len(faults)
    faults += [fault for place, plan in enumerate(plans) for fault in _faults(plans, place, plan, at)]
    return () if len(faults) > found else tuple(_travel(plan) for plan in plans)


def _faults(plans: Sequence[TravelPlan], place: int, plan: TravelPlan, at: str) -> Iterator[Fault]:
    if any(plan.district.casefold() == other.district.casefold() for other in plans[:place]):
        yield Fault(pointer=f"{at}/{place}/district", code="duplicate_district")
    backwards = [span for span, text in enumerate(plan.unreachable) if _opens(text) >= _closes(text)]
    for span in backwards:
        yield Fault(pointer=f"{at}/{place}/unreachable/{span}", code="ends_before_start")
    if not backwards and not _is_in_order(plan):
        yield Fault(pointer=f"{at}/{place}/unreachable", code="hours_overlap")


def _is_in_order(plan: TravelPlan) -> bool:
    try:
        in_order(_stretches(plan))
    except HoursOverlap:
        return False
    return True


def _travel(plan: TravelPlan) -> Travel:
    return Travel(district=plan.district, minutes=plan.minutes, unreachable=in_order(_stretches(plan)))


def _stretches(plan: TravelPlan) -> Iterator[Stretch]:
    for text in plan.unreachable:
        yield Stretch(opens_minute=_opens(text), closes_minute=_closes(text))


def _opens(span: str) -> int:
    return _minute(span.partition("-")[0])


def _closes(span: str) -> int:
    return _minute(span.partition("-")[2])


def _minute(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])
