"""The API's addresses. What each takes and answers is said at its responder."""

from collections.abc import Iterator
from dataclasses import dataclass

from gateway.availability import AvailabilityCopies
from gateway.backend import Backend
from gateway.boards import BoardHub
from gateway.offices import OfficeDirectory
from gateway.routes.accounts import Accounts
from gateway.routes.address_proofs import OfficeRecoveries, OwnContact, Recoveries
from gateway.routes.assistance import (
    AssistedBookings,
    AssistedDays,
    AssistedSlots,
    AssistedTicketPdf,
    OwnVillage,
    SingleAssistedBooking,
)
from gateway.routes.boards import Announcement, Board, BoardStream
from gateway.routes.bookings import BookingList, Reschedule, SingleBooking, WholeParty
from gateway.routes.counter_deeds import CounterDeeds
from gateway.routes.counters import Counters
from gateway.routes.dependents import DependentList, SingleDependent
from gateway.routes.devices import OfficeDevices, OfficePairings, Pairings, SingleDevice
from gateway.routes.floor import OfficeAppointments, OfficeFloor, QueuePlace
from gateway.routes.home_visits import (
    HomeVisitAnswer,
    HomeVisitList,
    OfficeHomeVisits,
    SingleHomeVisit,
)
from gateway.routes.nik_overrides import NikOverrides
from gateway.routes.offices import Office, OfficeDays, OfficeList, OfficeSlots
from gateway.routes.outages import OwnOutages
from gateway.routes.own_account import OwnPassword, OwnSessions
from gateway.routes.own_data import OwnData
from gateway.routes.payments import Settlements
from gateway.routes.plans import (
    OfficeAffectedBookings,
    OfficePlanPreview,
    OfficePlanResource,
    OfficeScheduleResource,
)
from gateway.routes.reports import OfficeCounterSuggestions, OfficeReports
from gateway.routes.scans import Scans
from gateway.routes.sessions import Sessions
from gateway.routes.staff import Invitations, OfficeStaff, SingleMember
from gateway.routes.statistics import NationalList, OfficeFigures, OfficeWaits
from gateway.routes.tickets import TicketCalendar, TicketPdf, TicketPng, TicketSvg
from gateway.routes.waitlist import OfferAcceptance, SingleWish, WaitlistResource
from gateway.routes.walk_ins import ScannedTicketEscPos, WalkInResource, WalkInTicketEscPos
from gateway.routes.why import OfficeDistricts, OfficeWhy
from gateway.voice.announcements import Announcer
from gateway.webhooks import NO_WEBHOOK, WebhookKey

_OFFICE = "/v1/offices/{office}"
_COUNTER = f"{_OFFICE}/counters/{{number:int(min=1, max=99)}}"
_ANNOUNCEMENT = f"{_OFFICE}/announcements/{{ticket_number}}/{{number:int(min=1, max=99)}}/{{language}}.wav"
_USUAL_DEEDS = ("open", "call", "recall", "finish", "no_show", "close")
_OTHER_DEEDS = (
    *("pause", "resume", "call_ticket", "hold", "resume_ticket", "transfer", "return", "undo"),
    *("emergency", "emergency_clear"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """An address, the resource that answers there, and the suffix of its responders' names."""

    template: str
    resource: object
    suffix: str | None = None


def api_routes(
    *,
    backend: Backend,
    directory: OfficeDirectory,
    hub: BoardHub,
    copies: AvailabilityCopies,
    announcer: Announcer,
    payment_webhook: WebhookKey = NO_WEBHOOK,
    public_url: str = "",
) -> Iterator[Route]:
    """List every route of the API; `public_url` is what codes on paper lead to."""
    yield from _account_routes(backend)
    yield Route(template="/v1/offices", resource=OfficeList(directory))
    yield Route(template=_OFFICE, resource=Office(directory))
    yield Route(template=f"{_OFFICE}/days", resource=OfficeDays(backend, directory))
    yield Route(template=f"{_OFFICE}/slots", resource=OfficeSlots(backend, directory, copies))
    yield Route(template=f"{_OFFICE}/why", resource=OfficeWhy(backend, directory))
    yield Route(template=f"{_OFFICE}/districts", resource=OfficeDistricts(backend, directory))
    yield Route(template=f"{_OFFICE}/plan", resource=OfficePlanResource(backend))
    yield from _assistance_routes(backend, directory)
    yield from _home_visit_routes(backend)
    yield Route(template=f"{_OFFICE}/nik-overrides", resource=NikOverrides(backend))
    yield Route(template=f"{_OFFICE}/recoveries", resource=OfficeRecoveries(backend))
    yield from _staff_routes(backend)
    yield Route(template=f"{_OFFICE}/plan/preview", resource=OfficePlanPreview(backend))
    yield Route(template=f"{_OFFICE}/schedule", resource=OfficeScheduleResource(backend))
    yield Route(template=f"{_OFFICE}/affected-bookings", resource=OfficeAffectedBookings(backend))
    yield from _booking_routes(backend, directory, public_url)
    yield Route(template="/v1/payments/settlements", resource=Settlements(backend, payment_webhook))
    yield Route(template=f"{_OFFICE}/scans", resource=Scans(backend))
    yield from _device_routes(backend)
    yield Route(template=f"{_OFFICE}/waiting", resource=OfficeWaits(backend, directory))
    yield Route(template=f"{_OFFICE}/statistics", resource=OfficeFigures(backend, directory))
    yield Route(template="/v1/statistics", resource=NationalList(backend))
    yield from _walk_in_routes(backend, directory, public_url)
    yield from _counter_routes(backend)
    yield from _report_routes(backend)
    yield Route(template=f"{_OFFICE}/board", resource=Board(hub, directory))
    yield Route(template=f"{_OFFICE}/board/stream", resource=BoardStream(hub, directory))
    yield Route(template=_ANNOUNCEMENT, resource=Announcement(announcer, directory))


def _account_routes(backend: Backend) -> Iterator[Route]:
    """List how people register, sign in and see to their own data."""
    accounts = Accounts(backend)
    yield Route(template="/v1/accounts", resource=accounts)
    for deed in ("verify", "resend"):
        yield Route(template=f"/v1/accounts/{deed}", resource=accounts, suffix=deed)
    recoveries, contact = Recoveries(backend), OwnContact(backend)
    yield Route(template="/v1/recoveries", resource=recoveries)
    yield Route(template="/v1/me/contact", resource=contact)
    yield Route(template="/v1/me/contact/finish", resource=contact, suffix="finish")
    for deed in ("finish", "resend"):
        yield Route(template=f"/v1/recoveries/{deed}", resource=recoveries, suffix=deed)
    own_data = OwnData(backend)
    yield Route(template="/v1/me", resource=own_data)
    yield Route(template="/v1/me/name", resource=own_data, suffix="name")
    yield Route(template="/v1/me/export", resource=own_data, suffix="export")
    yield Route(template="/v1/me/sessions", resource=OwnSessions(backend))
    yield Route(template="/v1/me/password", resource=OwnPassword(backend))
    yield Route(template="/v1/sessions", resource=Sessions(backend))


def _staff_routes(backend: Backend) -> Iterator[Route]:
    """List who works at an office, and how they come to a password."""
    member = SingleMember(backend)
    yield Route(template=f"{_OFFICE}/staff", resource=OfficeStaff(backend))
    yield Route(template=f"{_OFFICE}/staff/{{staff_id}}", resource=member)
    yield Route(template=f"{_OFFICE}/staff/{{staff_id}}/invitation", resource=member, suffix="invitation")
    yield Route(template="/v1/invitations/accept", resource=Invitations(backend))


def _counter_routes(backend: Backend) -> Iterator[Route]:
    """List what an office's staff does and sees in its hall, and what one's number says to anybody."""
    counters = Counters(backend)
    yield Route(template=_COUNTER, resource=counters)
    for resource, deeds in ((counters, _USUAL_DEEDS), (CounterDeeds(backend), _OTHER_DEEDS)):
        for deed in deeds:
            yield Route(template=f"{_COUNTER}/{deed.replace('_', '-')}", resource=resource, suffix=deed)
    yield Route(template=f"{_OFFICE}/floor", resource=OfficeFloor(backend))
    yield Route(template=f"{_OFFICE}/appointments", resource=OfficeAppointments(backend))
    yield Route(template=f"{_OFFICE}/queue/{{ticket_number}}", resource=QueuePlace(backend))


def _report_routes(backend: Backend) -> Iterator[Route]:
    """List what an office's head reads about its past days."""
    reports = OfficeReports(backend)
    yield Route(template=f"{_OFFICE}/reports", resource=reports)
    for kind in ("csv", "xlsx"):
        yield Route(template=f"{_OFFICE}/reports.{kind}", resource=reports, suffix=kind)
    yield Route(template=f"{_OFFICE}/counter-suggestions", resource=OfficeCounterSuggestions(backend))


def _walk_in_routes(backend: Backend, directory: OfficeDirectory, public_url: str) -> Iterator[Route]:
    """List what people without a booking ask at the door, and numbers of the hall on paper."""
    yield Route(template=f"{_OFFICE}/walk-ins", resource=WalkInResource(backend, directory))
    for arrived, paper in (("walk-ins", WalkInTicketEscPos), ("scans", ScannedTicketEscPos)):
        template = f"{_OFFICE}/{arrived}/{{ticket_id}}/ticket.escpos"
        yield Route(template=template, resource=paper(backend, directory, public_url=public_url))


def _booking_routes(backend: Backend, directory: OfficeDirectory, public_url: str) -> Iterator[Route]:
    """List what people who are signed in ask about themselves and those for whom they book."""
    yield Route(template="/v1/dependents", resource=DependentList(backend))
    yield Route(template="/v1/dependents/{person_id}", resource=SingleDependent(backend))
    yield Route(template="/v1/bookings", resource=BookingList(backend))
    yield Route(template="/v1/bookings/outages", resource=OwnOutages(backend))
    yield Route(template="/v1/bookings/{code}", resource=SingleBooking(backend))
    yield Route(template="/v1/waitlist", resource=WaitlistResource(backend))
    yield Route(template="/v1/waitlist/{entry_id}", resource=SingleWish(backend))
    yield Route(template="/v1/waitlist/{entry_id}/accept", resource=OfferAcceptance(backend))
    yield Route(template="/v1/bookings/{code}/reschedule", resource=Reschedule(backend))
    yield Route(template="/v1/bookings/{code}/party", resource=WholeParty(backend))
    yield Route(template="/v1/bookings/{code}/ticket.svg", resource=TicketSvg(backend))
    yield Route(template="/v1/bookings/{code}/ticket.png", resource=TicketPng(backend))
    yield Route(template="/v1/bookings/{code}/ticket.pdf", resource=TicketPdf(backend, directory))
    yield Route(
        template="/v1/bookings/{code}/ticket.ics", resource=TicketCalendar(backend, directory, public_url)
    )


def _assistance_routes(backend: Backend, directory: OfficeDirectory) -> Iterator[Route]:
    """List what officers and village clerks ask for other people."""
    assisted = f"{_OFFICE}/assisted-bookings"
    yield Route(template="/v1/village", resource=OwnVillage(backend))
    yield Route(template=f"{_OFFICE}/assisted-days", resource=AssistedDays(backend))
    yield Route(template=f"{_OFFICE}/assisted-slots", resource=AssistedSlots(backend))
    yield Route(template=assisted, resource=AssistedBookings(backend))
    yield Route(template=f"{assisted}/{{code}}", resource=SingleAssistedBooking(backend))
    yield Route(template=f"{assisted}/{{code}}/ticket.pdf", resource=AssistedTicketPdf(backend, directory))


def _device_routes(backend: Backend) -> Iterator[Route]:
    """List how devices are paired, and what is asked about those of an office."""
    pairings, approvals = Pairings(backend), OfficePairings(backend)
    yield Route(template="/v1/pairings", resource=pairings)
    for deed in ("token", "renewal"):
        yield Route(template=f"/v1/pairings/{deed}", resource=pairings, suffix=deed)
    yield Route(template=f"{_OFFICE}/pairings", resource=approvals)
    yield Route(template=f"{_OFFICE}/pairings/{{user_code}}", resource=approvals, suffix="code")
    yield Route(template=f"{_OFFICE}/devices", resource=OfficeDevices(backend))
    yield Route(template=f"{_OFFICE}/devices/{{device_id}}", resource=SingleDevice(backend))


def _home_visit_routes(backend: Backend) -> Iterator[Route]:
    """List what is asked and answered about visits at home."""
    at_office = f"{_OFFICE}/home-visits"
    yield Route(template="/v1/home-visits", resource=HomeVisitList(backend))
    yield Route(template="/v1/home-visits/{visit_id}", resource=SingleHomeVisit(backend))
    yield Route(template=at_office, resource=OfficeHomeVisits(backend))
    answer = HomeVisitAnswer(backend)
    for deed in ("schedule", "decline", "finish"):
        yield Route(template=f"{at_office}/{{visit_id}}/{deed}", resource=answer, suffix=deed)
