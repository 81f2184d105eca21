"""What the scripted services answer about who works at an office."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from contracts.requests import Request
from contracts.requests.staff import (
    EndStaff,
    FindInvitation,
    Invitation,
    InvitedStaff,
    InviteStaff,
    InviteStaffAgain,
    ListStaff,
    Staff,
    StaffMember,
)

TOKEN = "Zq3vXo5n0bq1kS8uY2cE4rT6wA7dF9gH1jK3lM5pQ7s"


def _until() -> datetime:
    return datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(days=3)


def staff() -> Staff:
    """Return Tarakan's: four who work, one who is invited, one who has left."""
    return Staff(
        members=(
            StaffMember(subject="head-1", name="Bu Ratna", login="ratna.trk", role="head", state="active"),
            StaffMember(
                subject="officer-1", name="Pak Hasan", login="hasan.trk", role="officer", state="active"
            ),
            StaffMember(
                subject="officer-2", name="Bu Dewi", login="dewi.trk", role="officer", state="active"
            ),
            StaffMember(
                subject="officer-3", name="Pak Yusuf", login="yusuf.trk", role="officer", state="active"
            ),
            StaffMember(
                subject="officer-4",
                name="Bu Lestari",
                login="lestari.trk",
                role="officer",
                state="invited",
                invited_until=_until(),
            ),
            StaffMember(
                subject="officer-5", name="Pak Bambang", login="bambang.trk", role="officer", state="inactive"
            ),
        )
    )


def invitation() -> Invitation:
    """Return what is told once."""
    return Invitation(
        staff_id="officer-6", login="dewi.trk", name="Bu Dewi", token=TOKEN, expires_at=_until()
    )


OF_STAFF: dict[type[Request[Any]], Callable[[Any], Any]] = {
    **dict.fromkeys((ListStaff, EndStaff), lambda _: staff()),
    **dict.fromkeys((InviteStaff, InviteStaffAgain), lambda _: invitation()),
    FindInvitation: lambda _: InvitedStaff(login="dewi.trk", name="Bu Dewi", role="officer", office="TRK"),
}
