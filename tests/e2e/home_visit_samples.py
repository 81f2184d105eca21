"""What the scripted services answer about visits at home."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from contracts.requests import Request
from contracts.requests.home_visits import (
    DeclineHomeVisit,
    FinishHomeVisit,
    HomeVisit,
    HomeVisitCase,
    HomeVisitCases,
    HomeVisits,
    ListHomeVisits,
    ListOwnHomeVisits,
    RequestHomeVisit,
    ScheduleHomeVisit,
    WithdrawHomeVisit,
)
from contracts.words import HomeVisitStatus
from tests.e2e import samples

VISIT = "01a1ff5a-fe84-742f-b2cc-e89000c2d2e2"
_PHONE = "+6281234567890"


def home_visit(status: HomeVisitStatus = "requested") -> HomeVisit:
    """Return Pak Andi's request in a state."""
    has_time = status in {"scheduled", "done"}
    return HomeVisit(
        visit_id=VISIT,
        office="TRK",
        display_name="Pak Andi",
        status=status,
        district="Kota Tarakan",
        address="Jalan Kelapa 7, RT 3, di belakang masjid",
        reason="ill",
        note="Tidak dapat duduk lama",
        requested_at=datetime(2026, 11, 20, 3, tzinfo=UTC),
        starts_at=samples.NINE if has_time else None,
        ends_at=samples.NINE + timedelta(hours=3) if has_time else None,
        decline_reason="address_unclear" if status == "declined" else None,
    )


def home_visit_cases() -> tuple[HomeVisitCase, ...]:
    """Return three requests to Tarakan's office: one waits, for one there is a day, one was called off."""
    theirs = replace(
        home_visit("scheduled"),
        visit_id=f"{VISIT[:-1]}3",
        display_name="Bu Sari",
        reason="elderly",
        note=None,
    )
    called_off = replace(
        home_visit("withdrawn"),
        visit_id=f"{VISIT[:-1]}4",
        display_name="Pak Budi",
        starts_at=theirs.starts_at,
        ends_at=theirs.ends_at,
    )
    return (
        HomeVisitCase(visit=home_visit(), name="Andi Pratama", phone=_PHONE, is_overdue=True),
        HomeVisitCase(visit=theirs, name="Sari Lestari", phone=_PHONE),
        HomeVisitCase(visit=called_off, name="Budi Lestari", phone=_PHONE),
    )


OF_HOME_VISITS: dict[type[Request[Any]], Callable[[Any], Any]] = {
    RequestHomeVisit: lambda _: home_visit(),
    ListOwnHomeVisits: lambda _: HomeVisits(visits=()),
    WithdrawHomeVisit: lambda _: home_visit("withdrawn"),
    ListHomeVisits: lambda wanted: HomeVisitCases(office=wanted.office, cases=home_visit_cases()),
    ScheduleHomeVisit: lambda _: home_visit("scheduled"),
    DeclineHomeVisit: lambda _: home_visit("declined"),
    FinishHomeVisit: lambda _: home_visit("done"),
}
