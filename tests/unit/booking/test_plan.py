"""From what an office wrote down to what it decided, or every fault in it."""

from datetime import date
from typing import Any

import pytest

from contracts.office_plan import PLAN_FAULT_CODES, OfficePlan
from contracts.schema import InvalidMessage, dump, load
from services.booking.domain.calendar import Closure, OneOffHours
from services.booking.domain.hours import OFFICE_HOURS
from services.booking.domain.plan import decision_of
from services.booking.domain.quota import Protected
from services.booking.domain.release import TWO_WEEKS, MonthlyRelease, RollingRelease, WeeklyRelease
from services.booking.domain.rollout import Stage
from services.booking.domain.service_form import ServiceForm
from tests.unit.booking.clock import MONDAY, SATURDAY, stretch, stretches, written

WEEKDAYS = {
    "days": ["monday", "tuesday", "wednesday", "thursday"],
    "open": "08.00-16.00",
    "breaks": ["12.00-13.00"],
}
FRIDAY = {"days": ["friday"], "open": "08.00-16.00", "breaks": ["11.30-13.00"]}
HOURS = [{"valid_from": "2026-01-01", "week": [WEEKDAYS, FRIDAY]}]


def plan(**changes: Any) -> OfficePlan:
    data = {"office": "TRK", "services": ["new"], "counters": 4, "hours": HOURS, **changes}
    return load(OfficePlan, data)


def faults(**changes: Any) -> list[tuple[str, str]]:
    with pytest.raises(InvalidMessage) as invalid:
        decision_of(plan(**changes))
    return [(fault.pointer, fault.code) for fault in invalid.value.faults]


def week(**changes: Any) -> list[dict[str, Any]]:
    return [{"valid_from": "2026-01-01", "week": [{**WEEKDAYS, **changes}]}]


def test_office_hours_are_understood() -> None:
    """With their breaks; two weeks are given out when nothing is said of it."""
    found = decision_of(plan())
    (weekly,) = found.calendar.weekly
    assert (weekly.valid_from, set(weekly.periods)) == (date(2026, 1, 1), set(OFFICE_HOURS))
    assert (found.release, found.rollout.stages) == (TWO_WEEKS, ())


def test_a_plan_of_everything_is_understood() -> None:
    """Alternating Saturdays, one-off hours, closures, stages."""
    saturdays = {
        "days": ["saturday"],
        "open": "08:00-12:00",
        "every_weeks": 2,
        "counted_from": str(SATURDAY),
    }
    found = decision_of(
        plan(
            hours=[{"valid_from": "2026-01-01", "week": [saturdays]}],
            one_offs=[
                {"date": str(MONDAY), "open": "09.00-15.00", "breaks": ["12.00-13.00"], "name": "Hari Jadi"}
            ],
            closures=[
                {"from_date": "2026-12-31", "to_date": "2027-01-02", "reason": "Pindah gedung"},
                {"from_date": "2026-11-26", "hours": "13.00-24.00", "reason": "Listrik"},
            ],
            rollout=[
                {"status": "socialisation", "from_date": "2026-06-01"},
                {"status": "live", "from_date": "2027-01-04"},
            ],
        )
    )
    assert written(found.calendar.day(SATURDAY, {}).hours) == "08.00-12.00"
    assert found.calendar.day(date(2026, 12, 5), {}).hours == ()
    assert found.calendar.one_offs == (
        OneOffHours(date=MONDAY, stretches=stretches("09.00-12.00 13.00-15.00"), name="Hari Jadi"),
    )
    last, hours = found.calendar.closures
    assert last == Closure(
        first_date=date(2026, 12, 31), last_date=date(2027, 1, 2), hours=None, reason="Pindah gedung"
    )
    assert (hours.first_date, hours.last_date, hours.hours) == (
        date(2026, 11, 26),
        date(2026, 11, 26),
        stretch("13.00-24.00"),
    )
    assert found.rollout.stages[1] == Stage(status="live", from_date=date(2027, 1, 4))


@pytest.mark.parametrize(
    ("release", "rule"),
    [
        ({"rolling": {"days": 30}}, RollingRelease(days=30)),
        ({"weekly": {"day": "friday", "time": "14.00"}}, WeeklyRelease(weekday=4, minute=840)),
        (
            {"weekly": {"day": "monday", "time": "08:30", "weeks": 2}},
            WeeklyRelease(weekday=0, minute=510, weeks=2),
        ),
        ({"monthly": {"day": 31, "time": "09.00"}}, MonthlyRelease(day_of_month=31, minute=540)),
    ],
)
def test_a_release_rule_is_understood(release: dict[str, Any], rule: object) -> None:
    """Rolling, weekly, monthly."""
    assert decision_of(plan(release=release)).release == rule


def test_a_service_has_what_is_told_of_it_and_else_what_is_usual() -> None:
    """Its own slots, places and kept places, each on its own."""
    kept = {"priority": 1, "assisted": 1}
    own = [{"service": "epassport", "slots": 2}, {"service": "renewal", "places": 3}]
    told = plan(
        services=["new", "renewal", "epassport"], slots={"places": 5, "protected": kept}, by_service=own
    )
    usual = Protected(priority=1, assisted=1)
    assert decision_of(told).forms == (
        ServiceForm(service="new", places=5, protected=usual),
        ServiceForm(service="renewal", places=3, protected=usual),
        ServiceForm(service="epassport", slots=2, places=5, protected=usual),
    )


def journey(**changes: Any) -> dict[str, Any]:
    """Return a hall with one journey, of these services and steps."""
    return {"journeys": [{"services": ["new"], "steps": [{"step": "documents"}], **changes}]}


ONE_OFF = {"date": str(MONDAY), "open": "09.00-12.00", "name": "Hari Jadi"}
FAULTS = [
    ({"hours": week(open="16.00-08.00", breaks=[])}, "/hours/0/week/0/open", "ends_before_start"),
    ({"hours": week(open="08.00-08.00", breaks=[])}, "/hours/0/week/0/open", "ends_before_start"),
    ({"hours": week(breaks=["13.00-12.00"])}, "/hours/0/week/0/breaks/0", "ends_before_start"),
    ({"hours": week(breaks=["15.00-17.00"])}, "/hours/0/week/0/breaks/0", "break_outside_hours"),
    ({"hours": week(every_weeks=2)}, "/hours/0/week/0/counted_from", "weeks_not_counted"),
    ({"hours": week(counted_from="2026-01-01")}, "/hours/0/week/0/counted_from", "weeks_not_counted"),
    (
        {"hours": [{"valid_from": "2026-01-01", "week": [WEEKDAYS, WEEKDAYS]}]},
        "/hours/0/week/1/open",
        "hours_overlap",
    ),
    ({"hours": [*HOURS, *HOURS]}, "/hours/1/valid_from", "out_of_order"),
    ({"one_offs": [ONE_OFF, ONE_OFF]}, "/one_offs/1/date", "duplicate_date"),
    ({"one_offs": [{**ONE_OFF, "open": "12.00-09.00"}]}, "/one_offs/0/open", "ends_before_start"),
    (
        {"closures": [{"from_date": "2026-12-02", "to_date": "2026-12-01", "reason": "Banjir"}]},
        "/closures/0/to_date",
        "out_of_order",
    ),
    (
        {"closures": [{"from_date": "2026-12-02", "hours": "12.00-09.00", "reason": "Banjir"}]},
        "/closures/0/hours",
        "ends_before_start",
    ),
    (
        {
            "rollout": [
                {"status": "pilot", "from_date": "2026-12-02"},
                {"status": "live", "from_date": "2026-12-01"},
            ]
        },
        "/rollout/1/from_date",
        "out_of_order",
    ),
    (
        {
            "rollout": [
                {"status": "live", "from_date": "2026-12-01"},
                {"status": "pilot", "from_date": "2026-12-02"},
            ]
        },
        "/rollout/1/status",
        "stage_out_of_order",
    ),
    ({"by_service": [{"service": "epassport"}]}, "/by_service/0/service", "service_not_offered"),
    ({"by_service": [{"service": "new"}] * 2}, "/by_service/1/service", "duplicate_service"),
    (
        {"slots": {"places": 2, "protected": {"priority": 2, "walk_in": 1}}},
        "/slots/protected",
        "more_protected_than_places",
    ),
    (
        {"by_service": [{"service": "new", "places": 1, "protected": {"assisted": 2}}]},
        "/by_service/0/protected",
        "more_protected_than_places",
    ),
    ({"payment": {"when": "first"}}, "/payment/rupiah", "amount_missing"),
    (
        {"by_service": [{"service": "new", "payment": {"when": "first"}}]},
        "/by_service/0/payment/rupiah",
        "amount_missing",
    ),
    ({"hall": journey(services=["epassport"])}, "/hall/journeys/0/services/0", "service_not_offered"),
    ({"hall": journey(services=["new", "new"])}, "/hall/journeys/0/services/1", "duplicate_service"),
    ({"hall": journey(steps=[])}, "/hall/journeys/0/steps", "no_steps"),
    (
        {"hall": journey(steps=[{"step": "payment"}, {"step": "payment"}])},
        "/hall/journeys/0/steps/1/step",
        "duplicate_step",
    ),
    ({"release": {}}, "/release", "not_exactly_one"),
    (
        {"release": {"rolling": {"days": 3}, "monthly": {"day": 1, "time": "09.00"}}},
        "/release",
        "not_exactly_one",
    ),
]


@pytest.mark.parametrize(
    ("changes", "pointer", "code"), FAULTS, ids=[f"{pointer} {code}" for _, pointer, code in FAULTS]
)
def test_a_fault_is_named_with_its_place_and_code(changes: dict[str, Any], pointer: str, code: str) -> None:
    """Only the one that is there."""
    assert faults(**changes) == [(pointer, code)]


def test_the_codes_of_the_contract_are_those_that_are_used() -> None:
    """Each code that clients are promised has a case: above, or among the requests and the ways."""
    assert {code for _, _, code in FAULTS} | {"other_office", "duplicate_district"} == PLAN_FAULT_CODES


def test_all_faults_are_told_at_once() -> None:
    """Whoever corrects a file is not sent back once for each."""
    found = faults(hours=week(open="16.00-08.00"), release={}, one_offs=[ONE_OFF, ONE_OFF])
    assert {code for _, code in found} == {"ends_before_start", "not_exactly_one", "duplicate_date"}


@pytest.mark.parametrize(
    "hours", ["8-16", "08.00", "08.00-25.00", "24.00-08.00", "08.60-12.00", "", "08.00–16.00"]
)
def test_hours_have_one_form(hours: str) -> None:
    """Two digits, a point or a colon, a hyphen; 24.00 only as an end."""
    with pytest.raises(InvalidMessage) as invalid:
        plan(hours=week(open=hours))
    assert invalid.value.faults[0].pointer == "/hours/0/week/0/open"


def test_a_plan_travels_as_it_is() -> None:
    """What is written is read back."""
    told = plan(release={"weekly": {"day": "friday", "time": "14.00"}})
    assert load(OfficePlan, dump(told)) == told
