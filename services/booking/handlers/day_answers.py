"""Why somebody finds no place on a day."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from chassis.database import Transaction
from contracts.refusals import InvalidRequest
from contracts.requests.booking import Slot
from contracts.requests.why import DayExplanation, ExplainDay, NearOffice
from contracts.schema import OUT_OF_RANGE, Fault, dump, load
from services.booking.domain.calendar import slot_times
from services.booking.domain.day_answer import DayFacts, answer_of
from services.booking.domain.office import Office, sell_until
from services.booking.domain.travel import Travel
from services.booking.errors import UnknownOffice
from services.booking.handlers.office_days import OfficeDays, office_days
from services.booking.handlers.rollout import nearest_open
from services.booking.handlers.travel import reach_of, way_from
from services.booking.store import availability, offices

DAYS_TOLD = timedelta(days=2 * 366)
"""How far from today a date may be; of later years the holidays are not known."""


def explain_day(tx: Transaction, query: ExplainDay) -> DayExplanation:
    """Say why a day has no place. Raises UnknownOffice, UnknownDistrict, InvalidRequest."""
    office = offices.find_office(tx, query.office)
    if office is None:
        raise UnknownOffice(office=query.office)
    if abs(query.date - tx.now.astimezone(office.zone).date()) > DAYS_TOLD:
        raise InvalidRequest(faults=[dump(Fault(pointer="/date", code=OUT_OF_RANGE))])
    way = way_from(tx, office.code, query.district)
    days = office_days(tx, office, [query.date])
    answer = answer_of(_facts(tx, query, office, days, way))
    told = DayExplanation(office=office.code, service=query.for_service, date=query.date, answer=answer)
    return replace(told, **_belonging(tx, told, office, days, way))


def _facts(
    tx: Transaction, query: ExplainDay, office: Office, days: OfficeDays, way: Travel | None
) -> DayFacts:
    day = days.days[query.date]
    hours = availability.list_slots(tx, office, query.for_service, query.date)
    ends = [
        sell_until(time.starts_at, time.ends_at, sells_running_slots=office.sells_running_slots)
        for time in slot_times(day, slot_minutes=office.slot_minutes, zone=office.zone)
    ]
    return DayFacts(
        is_open=office.is_selling and query.date in days.selling,
        offers_service=query.for_service in office.services,
        day=query.date,
        today=tx.now.astimezone(office.zone).date(),
        kind=day.kind,
        works=bool(ends),
        is_past=all(end <= tx.now for end in ends),
        is_released=bool(hours) or office.release.released_at(query.date, office.zone) <= tx.now,
        places_left=_places(hours),
        places_in_reach=_places(
            hour for hour in hours if reach_of(tx, office, way, hour) in {None, "in_time"}
        ),
    )


def _places(hours: Iterable[Slot]) -> int:
    return sum(hour.places_left for hour in hours)


def _belonging(
    tx: Transaction, told: DayExplanation, office: Office, days: OfficeDays, way: Travel | None
) -> dict[str, Any]:
    """What an answer tells beside itself."""
    match told.answer:
        case "office_not_open":
            today = tx.now.astimezone(office.zone).date()
            rollout = offices.rollout_of(tx, office.code)
            since = today if not office.is_selling else told.date
            status = rollout.status_on(since) if rollout.stages else office.status
            near = nearest_open(tx, office, told.service)
            return {"status": status, "opens_on": rollout.opens_on(since), "nearest": _near(near)}
        case "service_not_here":
            return {"nearest": _near(nearest_open(tx, office, told.service))}
        case "holiday" | "closed":
            return {"note": days.days[told.date].note}
        case "not_released":
            return {"released_at": office.release.released_at(told.date, office.zone)}
        case "too_far":
            return {"travel_minutes": None if way is None else way.minutes}
    return {}


def _near(found: Iterable[dict[str, object]]) -> tuple[NearOffice, ...]:
    return tuple(load(NearOffice, one) for one in found)
