"""Services that answer from a script, so that a page can be looked at in every state it has.

The journey through the real services is tested elsewhere; here one says what the next answer is:
`backend.refuse(BookSlot, "slot_full")`, `backend.answer(ListDays, ...)`.
"""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from contracts import schema
from contracts.access import Access, AccessSigner
from contracts.keys import SigningKey
from contracts.office_plan import ClosurePlan
from contracts.refusals import RemoteRefusal
from contracts.requests import Request
from contracts.requests.accounts import (
    ChangePassword,
    CloseSessions,
    CreateAccount,
    OpenSession,
    ResendCodes,
    Revocation,
    Session,
    VerifyAccount,
)
from contracts.requests.address_proofs import FinishRecovery
from contracts.requests.assistance import BookWithAssistance, CancelAssistedBooking, GetAssistedBooking
from contracts.requests.booking import (
    AffectedBookings,
    Booking,
    Bookings,
    BookSlot,
    CancelBooking,
    CancelParty,
    ChangeOfficePlan,
    GetBooking,
    ListAffectedBookings,
    ListBookings,
    ListOffices,
    Offices,
    RescheduleBooking,
)
from contracts.requests.checkin import ScanTicket
from contracts.requests.devices import DeviceSession, RenewDevice, TakePairing
from contracts.requests.display import GetBoard
from contracts.requests.floor import ExplainTurn
from contracts.requests.office_head import (
    DraftClosures,
    GetOfficePlan,
    GetOfficeSchedule,
    OfficeSchedule,
    PlanPreview,
    PresentPlan,
    PreviewOfficePlan,
    ReadPlanText,
)
from contracts.requests.own_data import ErasePerson, Erasure
from contracts.requests.staff import AcceptInvitation
from contracts.requests.waitlist import AcceptOffer
from contracts.ticket import TicketSigner
from contracts.words import Role
from services.booking.handlers.plan_drafts import as_text, read_plan_text_of
from tests.e2e import device_samples, head_samples, samples
from tests.e2e.citizen_samples import OF_THE_CITIZEN
from tests.e2e.device_samples import OF_DEVICES
from tests.e2e.floor_samples import OF_THE_FLOOR
from tests.e2e.help_samples import OF_THE_CLERK
from tests.e2e.home_visit_samples import OF_HOME_VISITS
from tests.e2e.report_samples import OF_REPORTS
from tests.e2e.staff_samples import OF_STAFF
from tests.e2e.waiting_samples import OF_EVERYBODY
from tests.e2e.walk_in_samples import OF_WALK_INS

OF_THE_HEAD: dict[type[Request[Any]], Callable[[Any], Any]] = {
    GetOfficeSchedule: lambda wanted: OfficeSchedule(office=wanted.office, days=head_samples.schedule()),
    GetOfficePlan: lambda _: PresentPlan(
        plan=head_samples.PLAN, text=as_text(head_samples.PLAN), edition="0" * 32
    ),
    ReadPlanText: read_plan_text_of,
    DraftClosures: lambda wanted: _with_closures(wanted.closures),
    PreviewOfficePlan: lambda wanted: PlanPreview(
        edition="0" * 32,
        office=wanted.office,
        status_before="pilot",
        status_after="live",
        before=tuple(replace(day, affected=0, closed=()) for day in head_samples.schedule()),
        after=head_samples.schedule(),
        affected=head_samples.affected(),
        reinstated=1,
    ),
    **dict.fromkeys(
        (ChangeOfficePlan, ListAffectedBookings),
        lambda wanted: AffectedBookings(
            office=wanted.office, status="live", bookings=head_samples.affected()
        ),
    ),
}
"""What the services answer about an office to its head."""


def _with_closures(closures: tuple[ClosurePlan, ...]) -> PresentPlan:
    plan = replace(head_samples.PLAN, closures=closures)
    return PresentPlan(plan=plan, text=as_text(plan), edition="0" * 32)


class ScriptedBackend:
    """Answers every request; `asked` remembers them in order."""

    def __init__(self) -> None:
        self.key = SigningKey.generate("test")
        self.ticket = TicketSigner(self.key).sign(samples.ticket())
        self.booking = samples.booking(self.ticket)
        self.asked: list[Request[Any]] = []
        self.answering = threading.Event()
        self.answering.set()
        self._scripted: dict[type[Request[Any]], Callable[[Any], Any]] = {}
        self._usual: dict[type[Request[Any]], Callable[[Any], Any]] = {
            CreateAccount: lambda _: samples.registration(),
            ResendCodes: lambda _: samples.registration(),
            **dict.fromkeys(
                (VerifyAccount, ChangePassword, FinishRecovery), lambda _: self.session("citizen")
            ),
            CloseSessions: lambda wanted: Revocation(subject=wanted.subject, session_version=2),
            ErasePerson: lambda wanted: Erasure(person_id=wanted.person_id, cancelled=1),
            OpenSession: lambda wanted: self.session(samples.role_of(wanted.login)),
            ListOffices: lambda _: Offices(offices=samples.offices()),
            BookSlot: lambda _: self.booking,
            GetBooking: lambda _: self.booking,
            ListBookings: lambda _: Bookings(bookings=(self.booking,)),
            RescheduleBooking: lambda wanted: self._move(wanted.slot_id),
            AcceptOffer: lambda _: self.booking,
            **OF_THE_CITIZEN,
            **OF_THE_CLERK,
            **OF_HOME_VISITS,
            **OF_EVERYBODY,
            **OF_DEVICES,
            **dict.fromkeys((TakePairing, RenewDevice), lambda _: self.device_session()),
            **OF_WALK_INS,
            **dict.fromkeys((BookWithAssistance, GetAssistedBooking), lambda _: self.booking),
            **OF_THE_HEAD,
            **OF_REPORTS,
            **dict.fromkeys((CancelBooking, CancelParty, CancelAssistedBooking), lambda _: self._cancel()),
            ScanTicket: lambda _: samples.admission(),
            GetBoard: lambda wanted: samples.board(wanted.office),
            **OF_THE_FLOOR,
            **OF_STAFF,
            AcceptInvitation: lambda _: self.session("officer"),
            ExplainTurn: _unknown_number,
        }

    async def ask(self, request: Request[Any]) -> Any:
        """Answer as scripted, else as usual; while `answering` is cleared, not yet."""
        self.asked.append(request)
        await asyncio.to_thread(self.answering.wait)
        script = self._scripted.get(type(request)) or self._usual[type(request)]
        return script(request)

    async def ask_plain(self, request: Request[Any]) -> dict[str, Any]:
        """Answer as plain data."""
        return schema.dump(await self.ask(request))

    def answer(self, request: type[Request[Any]], answer: object) -> None:
        """From now on answer this to such a request; what can be called makes its answer of the request."""
        self._scripted[request] = answer if callable(answer) else lambda _: answer

    def forget(self, request: type[Request[Any]]) -> None:
        """From now on answer such a request as usual."""
        self._scripted.pop(request, None)

    def refuse(self, request: type[Request[Any]], code: str, /, **data: object) -> None:
        """From now on refuse such a request."""

        def refuse(_: object) -> None:
            raise RemoteRefusal(code, data)

        self._scripted[request] = refuse

    def session(self, role: Role, *, subject: str = "", of_office: str = "TRK") -> Session:
        """Make a session of a role; citizens and villages have no office."""
        office = None if role in {"citizen", "village"} else of_office
        name = "Pak Andi" if role == "citizen" else f"{role} TRK"
        expires_at = datetime.now(UTC) + timedelta(hours=8)
        access = Access(
            subject=subject or f"{role}-1", role=role, office=office, display_name=name, expires_at=expires_at
        )
        token = AccessSigner(self.key).sign(access, now=datetime.now(UTC))
        return Session(
            token=token,
            expires_at=expires_at,
            subject=access.subject,
            role=access.role,
            office=office,
            display_name=name,
        )

    def device_session(self) -> DeviceSession:
        """Make the session of a kiosk that is paired with Tarakan."""
        return device_samples.device_session(self.session("kiosk"))

    def count(self, request: type[Request[Any]]) -> int:
        """Return how many requests of this kind came."""
        return sum(isinstance(asked, request) for asked in self.asked)

    def last(self, request: type[Request[Any]]) -> Any:
        """Return the latest request of this kind."""
        return [asked for asked in self.asked if isinstance(asked, request)][-1]

    def _move(self, slot_id: str) -> Booking:
        slot = next(one for one in samples.slots(self.booking.date) if one.slot_id == slot_id)
        self.booking = replace(self.booking, starts_at=slot.starts_at, ends_at=slot.ends_at, version=2)
        return self.booking

    def _cancel(self) -> Booking:
        self.booking = replace(self.booking, status="cancelled", version=2, ticket="")
        return self.booking


def _unknown_number(wanted: ExplainTurn) -> None:
    """Refuse to explain a number that the office has not given out."""
    raise RemoteRefusal("unknown_number", {"office": wanted.office, "number": wanted.number})
