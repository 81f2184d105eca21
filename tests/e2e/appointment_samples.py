"""Who has booked a day in the tests of pages: some have come, and one chose to be shown by number alone."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from contracts.requests.appointments import Appointment, Appointments, ListAppointments
from contracts.words import DisplayName, PriorityClass, ServiceCode, TicketNumber, TicketState

_ZONE = ZoneInfo("Asia/Makassar")


def appointments(asked: ListAppointments) -> Appointments:
    """Answer seven bookings of the day, two hours."""
    day = asked.day or datetime.now(UTC).astimezone(_ZONE).date()
    eight = datetime.combine(day, time(8), _ZONE)

    def one(
        code: str,
        name: DisplayName | None,
        *,
        hour: int = 0,
        service: ServiceCode = "new",
        priority: PriorityClass = "regular",
        number: TicketNumber | None = None,
        state: TicketState | None = None,
    ) -> Appointment:
        starts_at = eight + timedelta(hours=hour)
        return Appointment(
            code=f"TRK-{code}", display_name=name, service=service, priority=priority,
            starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), number=number, state=state,
        )  # fmt: skip

    return Appointments(
        office=asked.office,
        date=day,
        appointments=(
            one("7K3M9P", "Pak Andi", number="A-001", state="served"),
            one("8QW2ER", "Bu Sari", priority="pregnant", number="A-002", state="called"),
            one("9ZX4CV", "Kak Dewi", service="renewal", number="B-001", state="no_show"),
            one("1AB2CD", None),
            one("2EF3GH", "Mbah Karto", hour=1, priority="elderly", number="A-003", state="waiting"),
            one("3JK4MN", "Pak Rudi Hartono", hour=1, service="epassport"),
            one("4PQ5RS", "Bu Maria", hour=1, service="collection"),
        ),
    )


def nobody(asked: ListAppointments) -> Appointments:
    """Answer a day that nobody booked."""
    return Appointments(office=asked.office, date=asked.day or datetime.now(UTC).date(), appointments=())
