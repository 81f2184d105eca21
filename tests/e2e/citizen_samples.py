"""What the scripted services answer to a citizen beside bookings: days, hours, ways, wishes, family."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from contracts.requests import Request
from contracts.requests.address_proofs import (
    AddressProof,
    FinishContactChange,
    ResendProofCodes,
    StartContactChange,
    StartRecovery,
    StartRecoveryAtDesk,
)
from contracts.requests.booking import Days, ListDays, ListSlots, Slots
from contracts.requests.dependents import (
    AddDependent,
    Dependent,
    Dependents,
    ListDependents,
    RemoveDependent,
    ShowDependentAs,
)
from contracts.requests.outages import BookingOutages, ListOwnOutages
from contracts.requests.profile import CorrectName, GetProfile, Profile, ShowAs
from contracts.requests.travel import Districts, ListDistricts
from contracts.requests.waitlist import JoinWaitlist, LeaveWaitlist, ListWaitlist, Waitlist, WaitlistEntry
from contracts.requests.why import DayExplanation, ExplainDay
from contracts.words import WaitlistStatus
from tests.e2e import head_samples, samples

OFFER_ENDS_AT = datetime(2026, 11, 23, 4, tzinfo=UTC)  # 12.00 WITA


def wish(status: WaitlistStatus = "waiting") -> WaitlistEntry:
    """Return Pak Andi's wish for a place on Tuesday; a place at nine when it is offered."""
    is_offered = status == "offered"
    return WaitlistEntry(
        entry_id="wish-1",
        office="TRK",
        service="new",
        first_date=samples.DAY,
        last_date=samples.DAY + timedelta(days=1),
        status=status,
        starts_at=samples.NINE if is_offered else None,
        ends_at=samples.NINE + timedelta(hours=1) if is_offered else None,
        offer_ends_at=OFFER_ENDS_AT if is_offered else None,
    )


def family() -> tuple[Dependent, ...]:
    """Return for whom Pak Andi books."""
    return (
        Dependent(
            person_id="dependent-1",
            name="Sari Pratama",
            display_name="Adik Sari",
            birth_date=date(2019, 3, 2),
            priority="regular",
        ),
        Dependent(
            person_id="dependent-2",
            name="Suwarni",
            display_name="Bu Suwarni",
            birth_date=date(1958, 1, 9),
            priority="disabled",
        ),
    )


def profile(person_id: str = "citizen-1") -> Profile:
    """Return how the hall shows Pak Andi: as most are shown."""
    return Profile(
        person_id=person_id,
        name="Andi Pratama",
        display_name="Pak Andi",
        shown_as="name",
        hall_name="Pak Andi",
        phone="+6281234567890",
        email="andi@contoh.id",
    )


def address_proof() -> AddressProof:
    """Return addresses that wait for their codes."""
    now = datetime.now(UTC)
    return AddressProof(
        proof_id=samples.PROOF,
        codes_expire_at=now + timedelta(minutes=10),
        resend_at=now + timedelta(minutes=1),
        tries_left=5,
    )


OF_THE_CITIZEN: dict[type[Request[Any]], Callable[[Any], Any]] = {
    ListDays: lambda wanted: Days(office=wanted.office, service=wanted.for_service, days=samples.days()),
    ListSlots: lambda wanted: Slots(
        office=wanted.office,
        service=wanted.for_service,
        date=wanted.date,
        slots=samples.slots(wanted.date),
        travel_minutes=240 if wanted.district else None,
    ),
    ListDistricts: lambda wanted: Districts(office=wanted.office, districts=head_samples.districts()),
    ExplainDay: lambda wanted: DayExplanation(
        office=wanted.office, service=wanted.for_service, date=wanted.date, answer="full"
    ),
    **dict.fromkeys(
        (StartRecovery, StartRecoveryAtDesk, StartContactChange, ResendProofCodes), lambda _: address_proof()
    ),
    FinishContactChange: lambda wanted: profile(wanted.person_id),
    ListOwnOutages: lambda _: BookingOutages(outages=()),
    ListWaitlist: lambda _: Waitlist(entries=()),
    JoinWaitlist: lambda _: wish(),
    LeaveWaitlist: lambda _: wish("left"),
    ListDependents: lambda _: Dependents(dependents=()),
    AddDependent: lambda _: family()[0],
    RemoveDependent: lambda _: Dependents(dependents=()),
    ShowDependentAs: lambda _: Dependents(dependents=family()),
    GetProfile: lambda wanted: profile(wanted.person_id),
    ShowAs: lambda wanted: profile(wanted.person_id),
    CorrectName: lambda wanted: profile(wanted.person_id),
}
"""What the services answer to a citizen, as long as a test says nothing else."""
