"""What the scripted services answer about people without a booking."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from contracts.requests import Request
from contracts.requests.checkin import Admission
from contracts.requests.walk_in import GetAdmission, GetWalkIns, IssueWalkIn, ServiceWalkIns, WalkIns
from tests.e2e.samples import DAY


def walk_ins(office: str = "TRK") -> WalkIns:
    """Return a morning: renewal is full, for collection nobody waits."""
    return WalkIns(
        office=office,
        date=DAY,
        services=(
            ServiceWalkIns(service="new", places=7, places_left=3, waiting=5),
            ServiceWalkIns(service="renewal", places=7, places_left=0, waiting=9),
            ServiceWalkIns(service="epassport", places=7, places_left=6, waiting=2),
            ServiceWalkIns(service="replacement", places=4, places_left=1, waiting=1),
            ServiceWalkIns(service="collection", places=12, places_left=12, waiting=0),
        ),
    )


def issued(wanted: IssueWalkIn) -> Admission:
    """Return the number that was taken."""
    return Admission(
        ticket_id="5f0c8a61-d2b3-5e11-9a0c-1b2c3d4e5f60",
        number="A-013",
        display_name=wanted.display_name,
        service=wanted.for_service,
        scanned_at=datetime.now(UTC),
        waiting_before=5,
    )


def admitted(wanted: GetAdmission) -> Admission:
    """Return the number that a ticket has."""
    return Admission(
        ticket_id=wanted.ticket_id,
        number="A-013",
        display_name=None,
        service="new",
        scanned_at=datetime.now(UTC),
        waiting_before=5,
    )


OF_WALK_INS: dict[type[Request[Any]], Callable[[Any], Any]] = {
    GetWalkIns: lambda wanted: walk_ins(wanted.office),
    IssueWalkIn: issued,
    GetAdmission: admitted,
}
