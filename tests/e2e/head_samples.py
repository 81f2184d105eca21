"""What the head of an office sees in the tests of pages: a plan, the coming days, who is affected."""

from datetime import timedelta

from contracts.office_plan import OfficePlan
from contracts.requests.booking import AffectedBooking
from contracts.requests.office_head import DayKind, ScheduledDay
from contracts.requests.travel import District
from contracts.schema import load
from tests.e2e.samples import DAY, NINE

PLAN = load(
    OfficePlan,
    {
        "office": "TRK",
        "services": ["new", "renewal"],
        "counters": 4,
        "hours": [
            {
                "valid_from": "2026-01-01",
                "week": [
                    {
                        "days": ["monday", "tuesday", "wednesday", "thursday"],
                        "open": "08.00-16.00",
                        "breaks": ["12.00-13.00"],
                    },
                    {"days": ["friday"], "open": "08.00-16.00", "breaks": ["11.30-13.00"]},
                ],
            }
        ],
    },
)


def districts() -> tuple[District, ...]:
    """Return two ways to Tarakan."""
    return (
        District(district="Kecamatan Tarakan Timur", minutes=25, unreachable=()),
        District(district="Kabupaten Malinau", minutes=240, unreachable=("08.00-11.00",)),
    )


def schedule() -> tuple[ScheduledDay, ...]:
    """Return a fortnight with a holiday, a weekend and a closure of some hours."""
    hours = ("08.00-12.00", "13.00-16.00")

    def day(ahead: int) -> ScheduledDay:
        on = DAY + timedelta(days=ahead)
        kind: DayKind = "no_hours" if on.weekday() > 4 else "holiday" if ahead == 3 else "weekly"
        works, shut = kind == "weekly", ahead == 1
        return ScheduledDay(
            date=on,
            kind=kind,
            note={1: "Pemadaman listrik", 3: "Hari Guru Nasional"}.get(ahead),
            hours=hours[:1] if shut else hours if works else (),
            closed=hours[1:] if shut else (),
            capacity=(120 if shut else 210) if works else 0,
            booked=max(0, 96 - 12 * ahead) if works else 0,
            affected=4 if shut else 0,
        )

    return tuple(day(ahead) for ahead in range(14))


def affected() -> tuple[AffectedBooking, ...]:
    """Return four who booked hours that were shut."""
    return tuple(
        AffectedBooking(
            code=f"TRK-7H3K9{letter}",
            service="new",
            priority="regular",
            display_name=name,
            date=DAY + timedelta(days=1),
            starts_at=NINE + timedelta(days=1, hours=4 + at),
            ends_at=NINE + timedelta(days=1, hours=5 + at),
        )
        for at, (letter, name) in enumerate(
            (("A", "Pak Andi"), ("B", "Bu Sari"), ("C", "Sdr. Joko"), ("D", "Bu Maria"))
        )
    )
