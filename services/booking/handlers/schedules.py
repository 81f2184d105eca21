"""The coming days of an office, as its head sees them."""

from collections import Counter
from datetime import timedelta

from chassis.database import Transaction
from contracts.requests.office_head import GetOfficeSchedule, OfficeSchedule, ScheduledDay
from services.booking.domain.office import Office
from services.booking.domain.plan_of import span_of
from services.booking.errors import UnknownOffice
from services.booking.handlers.office_days import office_days
from services.booking.store import affected, offices, slot_plan

DAYS_SHOWN = 14


def get_office_schedule(tx: Transaction, query: GetOfficeSchedule) -> OfficeSchedule:
    """Read the coming days. Raises UnknownOffice."""
    office = offices.find_office(tx, query.office)
    if office is None:
        raise UnknownOffice(office=query.office)
    return OfficeSchedule(office=office.code, days=coming_days(tx, office))


def coming_days(tx: Transaction, office: Office) -> tuple[ScheduledDay, ...]:
    """List today and the days after it."""
    today = tx.now.astimezone(office.zone).date()
    dates = [today + timedelta(days=ahead) for ahead in range(DAYS_SHOWN)]
    known = office_days(tx, office, dates)
    places = slot_plan.places_by_date(tx, office.code, first=dates[0], last=dates[-1])
    standing = Counter(booking.date for booking in affected.affected_bookings(tx, office.code))
    return tuple(
        ScheduledDay(
            date=day.date,
            kind=day.kind if day.date in known.selling else "not_open",
            note=day.note,
            hours=tuple(map(span_of, day.hours)),
            closed=tuple(map(span_of, day.closed)),
            capacity=places[day.date].capacity if day.date in places else 0,
            booked=places[day.date].booked if day.date in places else 0,
            affected=standing[day.date],
        )
        for day in known.days.values()
    )
