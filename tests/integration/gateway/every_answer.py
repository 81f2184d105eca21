"""Every service's answer to every request of the API: enough for the gateway to say yes to all."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from contracts.requests import Request
from contracts.requests.accounts import (
    ChangePassword,
    CloseSessions,
    CreateAccount,
    NikOverride,
    OpenSession,
    OverrideNik,
    Registration,
    ResendCodes,
    Revocation,
    Session,
    VerifyAccount,
)
from contracts.requests.address_proofs import (
    AddressProof,
    FinishContactChange,
    FinishRecovery,
    ResendProofCodes,
    StartContactChange,
    StartRecovery,
    StartRecoveryAtDesk,
)
from contracts.requests.assistance import (
    BookWithAssistance,
    CancelAssistedBooking,
    GetAssistedBooking,
    GetVillage,
    ListAssistedDays,
    ListAssistedSlots,
    Village,
)
from contracts.requests.availability import GetAvailability
from contracts.requests.booking import (
    AffectedBooking,
    AffectedBookings,
    Booking,
    Bookings,
    BookSlot,
    CancelBooking,
    CancelParty,
    ChangeOfficePlan,
    Day,
    Days,
    GetBooking,
    ListAffectedBookings,
    ListBookings,
    ListDays,
    ListSlots,
    RescheduleBooking,
    Slot,
    Slots,
)
from contracts.requests.dependents import (
    AddDependent,
    Dependent,
    Dependents,
    ListDependents,
    RemoveDependent,
    ShowDependentAs,
)
from contracts.requests.devices import RenewDevice, TakePairing
from contracts.requests.home_visits import (
    DeclineHomeVisit,
    FinishHomeVisit,
    HomeVisitCases,
    HomeVisits,
    ListHomeVisits,
    ListOwnHomeVisits,
    RequestHomeVisit,
    ScheduleHomeVisit,
    WithdrawHomeVisit,
)
from contracts.requests.office_head import (
    GetOfficePlan,
    GetOfficeSchedule,
    OfficeSchedule,
    PlanPreview,
    PresentPlan,
    PreviewOfficePlan,
)
from contracts.requests.outages import BookingOutage, BookingOutages, ListOwnOutages
from contracts.requests.own_data import ErasePerson, Erasure, ExportPerson, OwnAccount, PersonExport
from contracts.requests.payment import Settlement, SettlePayment
from contracts.requests.profile import CorrectName, GetProfile, Profile, ShowAs
from contracts.requests.staff import AcceptInvitation
from contracts.requests.travel import District, Districts, ListDistricts
from contracts.requests.waitlist import (
    AcceptOffer,
    JoinWaitlist,
    LeaveWaitlist,
    ListWaitlist,
    Waitlist,
    WaitlistEntry,
)
from contracts.requests.why import DayExplanation, ExplainDay
from tests.e2e.device_samples import OF_DEVICES, device_session
from tests.e2e.head_samples import PLAN, affected, schedule
from tests.e2e.home_visit_samples import home_visit, home_visit_cases
from tests.e2e.report_samples import OF_REPORTS
from tests.e2e.staff_samples import OF_STAFF
from tests.e2e.waiting_samples import OF_EVERYBODY
from tests.e2e.walk_in_samples import OF_WALK_INS
from tests.integration.gateway.floor_answers import FLOOR_ANSWERS
from tests.integration.gateway.responder import Answer
from tests.integration.gateway.running import ANSWERS
from tests.unit.gateway.fakes import NOON, PERSON, availability

_BOOKING = Booking(
    booking_id="0199a1b2-0000-7000-8000-0000000000bb",
    code="TRK-7K3M9P",
    office="TRK",
    service="new",
    priority="regular",
    display_name="Pak Andi",
    date=date(2026, 11, 24),
    starts_at=NOON,
    ends_at=NOON + timedelta(hours=1),
    status="booked",
    ticket="2KCFTIQB" * 30,
    version=1,
)
_CHILD = Dependent(
    person_id=PERSON,
    name="Ani Wijaya",
    display_name="Ani",
    birth_date=date(2023, 3, 12),
    priority="regular",
)
_PROFILE = Profile(
    person_id=PERSON,
    name="Andi Pratama",
    display_name="Pak Andi",
    shown_as="masked",
    hall_name="Pak A•••i",
    phone="+6281234567890",
    email="andi@contoh.id",
)
_WISH = WaitlistEntry(
    entry_id=PERSON,
    office="TRK",
    service="new",
    first_date=date(2026, 11, 24),
    last_date=date(2026, 11, 27),
    status="waiting",
    starts_at=None,
    ends_at=None,
    offer_ends_at=None,
)
_SESSION = Session(
    token="header.claims.signature",
    expires_at=NOON,
    subject=PERSON,
    role="citizen",
    office=None,
    display_name="Pak Andi",
)
_REGISTRATION = Registration(registration_id=PERSON, codes_expire_at=NOON, resend_at=NOON, tries_left=5)
_EXPORT = PersonExport(
    exported_at=NOON,
    account=OwnAccount(
        person_id=PERSON,
        nik="6571011708900001",
        birth_date=date(1990, 8, 17),
        sex="male",
        name="Andi Wijaya",
        display_name="Pak Andi",
        phone="+6281234567890",
        email="andi@contoh.id",
        locale="id",
        created_at=NOON,
        signed_in_at=None,
    ),
    dependents=(),
    bookings=(),
    elsewhere=(),
)
_SLOT = Slot(slot_id=PERSON, starts_at=NOON, ends_at=NOON, capacity=6, places_left=5)


def _slots(query: ListSlots | ListAssistedSlots) -> Slots:
    return Slots(office=query.office, service=query.for_service, date=query.date, slots=(_SLOT,))


def _days(query: ListDays | ListAssistedDays) -> Days:
    day = Day(date=date(2026, 11, 24), places_left=5)
    return Days(office=query.office, service=query.for_service, days=(day,))


def _affected(request: ChangeOfficePlan | ListAffectedBookings) -> AffectedBookings:
    booking = AffectedBooking(
        code=_BOOKING.code,
        service=_BOOKING.service,
        priority=_BOOKING.priority,
        display_name=_BOOKING.display_name,
        date=_BOOKING.date,
        starts_at=_BOOKING.starts_at,
        ends_at=_BOOKING.ends_at,
    )
    return AffectedBookings(office=request.office, status="pilot", bookings=(booking,))


EVERY_ANSWER: dict[type[Request[Any]], Answer] = {
    **ANSWERS,
    **OF_EVERYBODY,
    CreateAccount: lambda _: _REGISTRATION,
    ResendCodes: lambda _: _REGISTRATION,
    CloseSessions: lambda wanted: Revocation(subject=wanted.subject, session_version=2),
    ChangePassword: lambda _: _SESSION,
    ExportPerson: lambda _: _EXPORT,
    ErasePerson: lambda wanted: Erasure(person_id=wanted.person_id, cancelled=0),
    **dict.fromkeys((BookWithAssistance, GetAssistedBooking, CancelAssistedBooking), lambda _: _BOOKING),
    GetVillage: lambda _: Village(district="Kabupaten Malinau", offices=("TRK",)),
    OverrideNik: lambda _: NikOverride(override_id=PERSON, expires_at=NOON),
    **dict.fromkeys((VerifyAccount, FinishRecovery), lambda _: _SESSION),
    **dict.fromkeys(
        (StartRecovery, StartRecoveryAtDesk, StartContactChange, ResendProofCodes),
        lambda _: AddressProof(proof_id=PERSON, codes_expire_at=NOON, resend_at=NOON, tries_left=5),
    ),
    FinishContactChange: lambda _: _PROFILE,
    **OF_STAFF,
    AcceptInvitation: lambda _: _SESSION,
    **OF_DEVICES,
    **dict.fromkeys((TakePairing, RenewDevice), lambda _: device_session(_SESSION)),
    OpenSession: lambda _: _SESSION,
    **dict.fromkeys((ListDays, ListAssistedDays), _days),
    **dict.fromkeys((ListSlots, ListAssistedSlots), _slots),
    GetAvailability: lambda query: replace(
        availability(1, 5, office=query.office, day=query.date), service=query.for_service
    ),
    BookSlot: lambda _: _BOOKING,
    GetBooking: lambda _: _BOOKING,
    **dict.fromkeys((CancelBooking, CancelParty, RescheduleBooking), lambda _: _BOOKING),
    AddDependent: lambda _: _CHILD,
    **dict.fromkeys((GetProfile, ShowAs, CorrectName), lambda _: _PROFILE),
    AcceptOffer: lambda _: _BOOKING,
    **dict.fromkeys((JoinWaitlist, LeaveWaitlist), lambda _: _WISH),
    **dict.fromkeys(
        (RequestHomeVisit, WithdrawHomeVisit, ScheduleHomeVisit, DeclineHomeVisit, FinishHomeVisit),
        lambda _: home_visit(),
    ),
    ListOwnHomeVisits: lambda _: HomeVisits(visits=(home_visit(),)),
    ListHomeVisits: lambda query: HomeVisitCases(office=query.office, cases=home_visit_cases()),
    ListWaitlist: lambda _: Waitlist(entries=(_WISH,)),
    **dict.fromkeys(
        (ListDependents, RemoveDependent, ShowDependentAs), lambda _: Dependents(dependents=(_CHILD,))
    ),
    ListDistricts: lambda query: Districts(
        office=query.office,
        districts=(District(district="Malinau", minutes=240, unreachable=("08.00-11.00",)),),
    ),
    ExplainDay: lambda query: DayExplanation(
        office=query.office, service=query.for_service, date=query.date, answer="full"
    ),
    GetOfficeSchedule: lambda query: OfficeSchedule(office=query.office, days=schedule()),
    GetOfficePlan: lambda _: PresentPlan(plan=PLAN, text="office: TRK\n", edition="0" * 32),
    PreviewOfficePlan: lambda query: PlanPreview(
        edition="0" * 32,
        office=query.office,
        status_before="pilot",
        status_after="live",
        before=schedule(),
        after=schedule(),
        affected=affected(),
        reinstated=1,
    ),
    ListOwnOutages: lambda _: BookingOutages(
        outages=(BookingOutage(code=_BOOKING.code, cause="closed", note=None),)
    ),
    SettlePayment: lambda told: Settlement(
        settlement_id=told.settlement_id, billing_code=told.billing_code, outcome="confirmed"
    ),
    ListBookings: lambda _: Bookings(bookings=(_BOOKING,)),
    **dict.fromkeys((ChangeOfficePlan, ListAffectedBookings), _affected),
    **FLOOR_ANSWERS,
    **OF_WALK_INS,
    **OF_REPORTS,
}
