"""Who has booked a day, as an office's staff read it from check-in's own list."""

from datetime import date, timedelta

import pytest

from contracts.requests.appointments import Appointment, Appointments, ListAppointments
from services.checkin import errors, handlers
from tests.integration.checkin.hall import NOON, TODAY, Hall, booking, cancelled, rescheduled, ticket

TOMORROW = timedelta(days=1)


def listed(hall: Hall, day: date | None = None, office: str = "TRK") -> Appointments:
    query = ListAppointments(office=office, day=day)
    return hall.do(lambda tx: handlers.list_appointments(tx, query))


def names(appointments: Appointments) -> list[str | None]:
    return [one.display_name for one in appointments.appointments]


def test_todays_bookings_are_told_by_their_hour_with_who_has_come(hall: Hall) -> None:
    """A number and a state of who is in the hall; neither of who is expected."""
    late, early = booking(name="Bu Sari", starts_at=NOON + timedelta(hours=1)), booking(priority="elderly")
    hall.hear(late, early)
    number = hall.scan(ticket(early)).number
    assert listed(hall) == Appointments(
        office="TRK",
        date=TODAY,
        appointments=(
            Appointment(
                code=early.code, display_name="Pak Andi", starts_at=NOON, ends_at=early.ends_at,
                service="new", priority="elderly", number=number, state="waiting",
            ),
            Appointment(
                code=late.code, display_name="Bu Sari", starts_at=late.starts_at, ends_at=late.ends_at,
                service="new", priority="regular", number=None, state=None,
            ),
        ),
    )  # fmt: skip


def test_other_days_and_offices_are_left_out(hall: Hall) -> None:
    """Each day has its own list."""
    moved = booking(name="Bu Rina")
    hall.hear(booking(), moved, booking(name="Pak Budi", office="TJS"))
    hall.hear(rescheduled(moved, NOON + TOMORROW))
    assert names(listed(hall)) == ["Pak Andi"]
    assert names(listed(hall, TODAY + TOMORROW)) == ["Bu Rina"]


def test_who_moved_after_coming_is_not_there_yet_on_the_other_day(hall: Hall) -> None:
    """The number of the day before is none of that day's."""
    left = booking(name="Bu Rina")
    hall.hear(left)
    hall.scan(ticket(left))
    hall.hear(rescheduled(left, NOON + TOMORROW))
    (again,) = listed(hall, TODAY + TOMORROW).appointments
    assert (again.display_name, again.number, again.state) == ("Bu Rina", None, None)


def test_who_gave_up_is_listed_only_while_in_the_hall(hall: Hall) -> None:
    """An officer who looks for them finds them."""
    gone, here = booking(name="Pak Budi"), booking(name="Bu Rina")
    hall.hear(gone, here)
    hall.scan(ticket(here))
    hall.hear(cancelled(gone), cancelled(here))
    assert names(listed(hall)) == ["Bu Rina"]


def test_a_ticket_whose_booking_was_never_heard_of_is_listed_without_a_name(hall: Hall) -> None:
    """The office's link may be cut."""
    number = hall.scan(ticket(booking())).number
    (unheard,) = listed(hall).appointments
    assert (unheard.code, unheard.display_name, unheard.number) == (None, None, number)


def test_a_day_is_the_offices_own(hall: Hall) -> None:
    """Half an hour after midnight in Tarakan it is still yesterday in UTC."""
    midnight = NOON + timedelta(hours=12, minutes=30)
    hall.hear(booking(name="Bu Rina", date=TODAY + TOMORROW, starts_at=NOON + timedelta(hours=21)))
    hall.now = midnight
    assert names(listed(hall)) == ["Bu Rina"]


def test_an_office_that_nobody_knows_is_refused(hall: Hall) -> None:
    """By its code."""
    with pytest.raises(errors.UnknownOffice):
        listed(hall, office="XXX")
