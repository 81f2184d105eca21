"""The offices, and the stages of their rollout."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from sqlalchemy import Date, Row, cast, delete, func, select, update
from sqlalchemy.dialects.postgresql import distinct_on, insert

from chassis.database import Transaction
from contracts.hall import HallRules
from contracts.place import Place
from contracts.schema import dump, load
from services.booking.domain.fee import Fee
from services.booking.domain.no_show import NoShowRule
from services.booking.domain.office import Office
from services.booking.domain.quota import Protected
from services.booking.domain.release import MonthlyRelease, ReleaseRule, RollingRelease, WeeklyRelease
from services.booking.domain.rollout import Rollout, Stage
from services.booking.domain.service_form import ServiceForm
from services.booking.store.tables import office, rollout_stage

_PLAIN = (
    "code",
    "name",
    "office_class",
    "city",
    "province",
    "timezone",
    "status",
    "counters",
    "slot_minutes",
    "slot_capacity",
    "protection_hours",
    "sells_running_slots",
    "observes_holidays",
    "version",
)
"""What is in the table as it is in an Office."""


def find_office(tx: Transaction, code: str) -> Office | None:
    """Find an office by its code."""
    row = tx.execute(select(office).where(office.c.code == code)).one_or_none()
    return None if row is None else _office(row)


def lock_office(tx: Transaction, code: str) -> Office | None:
    """Find an office, and let nobody else change it or its slots' plan until the transaction ends.

    Bookings go on meanwhile: they point to the row, and do not change it.
    """
    query = select(office).where(office.c.code == code).with_for_update(key_share=True)
    row = tx.execute(query).one_or_none()
    return None if row is None else _office(row)


def list_offices(tx: Transaction) -> list[Office]:
    """List all offices, by code."""
    return [_office(row) for row in tx.execute(select(office).order_by(office.c.code))]


def put_office(tx: Transaction, changed: Office) -> None:
    """Keep a new office, or what an office is now, unless a newer version is known."""
    values = _values(changed)
    statement = insert(office).values(values)
    tx.execute(
        statement.on_conflict_do_update(
            index_elements=["code"], set_=values, where=office.c.version <= statement.excluded.version
        )
    )


def next_calendar_version(tx: Transaction, code: str) -> int:
    """Count one more change of what an office's calendar means for people."""
    statement = update(office).where(office.c.code == code)
    counted = statement.values(calendar_version=office.c.calendar_version + 1)
    return int(tx.execute(counted.returning(office.c.calendar_version)).scalar_one())


def rollout_of(tx: Transaction, code: str) -> Rollout:
    """Read the stages of an office's rollout."""
    stages = rollout_stage
    rows = tx.execute(select(stages).where(stages.c.office == code).order_by(stages.c.from_date))
    return Rollout(stages=tuple(Stage(status=row.status, from_date=row.from_date) for row in rows))


def put_rollout(tx: Transaction, code: str, rollout: Rollout) -> None:
    """Replace the stages of an office's rollout."""
    tx.execute(delete(rollout_stage).where(rollout_stage.c.office == code))
    rows = [
        {"office": code, "from_date": stage.from_date, "status": stage.status} for stage in rollout.stages
    ]
    if rows:
        tx.execute(insert(rollout_stage), rows)


def offices_at_new_stage(tx: Transaction) -> list[str]:
    """List the offices whose status is not that of the last stage begun, on their own clocks."""
    stages = rollout_stage
    today = cast(func.timezone(office.c.timezone, tx.now), Date)
    reached = (
        select(stages.c.office, stages.c.status)
        .join(office, office.c.code == stages.c.office)
        .where(stages.c.from_date <= today)
        .ext(distinct_on(stages.c.office))
        .order_by(stages.c.office, stages.c.from_date.desc())
        .subquery()
    )
    query = select(office.c.code).join(reached, reached.c.office == office.c.code)
    return list(
        tx.execute(query.where(reached.c.status != office.c.status).order_by(office.c.code)).scalars()
    )


def _values(known: Office) -> dict[str, Any]:
    return {
        **{name: getattr(known, name) for name in _PLAIN},
        **_place(known.place),
        **_release(known.release),
        "services": list(known.services),
        "service_forms": [asdict(form) for form in known.forms],
        "prepaid": {form.service: form.fee.prepaid for form in known.forms if form.fee.prepaid},
        "no_show": None
        if known.no_show is None
        else {**asdict(known.no_show), "since": known.no_show.since.isoformat()},
        "covers": list(known.covers),
        "hall": dump(known.hall),
    }


def _place(place: Place | None) -> dict[str, float | None]:
    return {
        "latitude": None if place is None else place.latitude,
        "longitude": None if place is None else place.longitude,
    }


def _release(rule: ReleaseRule) -> dict[str, Any]:
    columns: dict[str, Any] = dict.fromkeys(("release_ahead", "release_day", "release_minute"))
    match rule:
        case RollingRelease(days=days):
            return {**columns, "release_kind": "rolling", "release_ahead": days}
        case WeeklyRelease(weekday=day, minute=minute, weeks=weeks):
            told = {"release_ahead": weeks, "release_day": day, "release_minute": minute}
            return {**told, "release_kind": "weekly"}
        case MonthlyRelease(day_of_month=day, minute=minute):
            told = {"release_day": day, "release_minute": minute}
            return {**columns, **told, "release_kind": "monthly"}


def _office(row: Row[Any]) -> Office:
    known = Office(
        **{name: getattr(row, name) for name in _PLAIN},
        services=tuple(row.services),
        forms=tuple(_form(told) for told in row.service_forms),
        covers=tuple(row.covers),
        hall=load(HallRules, row.hall),
        release=_rule(row),
        no_show=_no_show(row.no_show),
    )
    if row.latitude is None:
        return known
    return replace(known, place=Place(latitude=row.latitude, longitude=row.longitude))


def _no_show(told: Mapping[str, Any] | None) -> NoShowRule | None:
    return None if told is None else NoShowRule(**{**told, "since": date.fromisoformat(told["since"])})


def _form(told: Mapping[str, Any]) -> ServiceForm:
    fee = Fee(**told.get("fee", {}))
    return ServiceForm(**{**told, "protected": Protected(**told["protected"]), "fee": fee})


def _rule(row: Row[Any]) -> ReleaseRule:
    if row.release_kind == "rolling":
        return RollingRelease(days=row.release_ahead)
    if row.release_kind == "weekly":
        return WeeklyRelease(weekday=row.release_day, minute=row.release_minute, weeks=row.release_ahead)
    return MonthlyRelease(day_of_month=row.release_day, minute=row.release_minute)
