"""The pages of an office's head in every state, but for reports and devices."""

from dataclasses import replace
from datetime import timedelta

from contracts.office_plan import ClosurePlan
from contracts.requests.booking import AffectedBookings, ChangeOfficePlan, ListAffectedBookings
from contracts.requests.floor import GetFloor
from contracts.requests.office_head import GetOfficePlan, PresentPlan, PreviewOfficePlan
from services.booking.handlers.plan_drafts import as_text
from tests.e2e import floor_samples
from tests.e2e.head_samples import PLAN as PLAN_IN_FORCE
from tests.e2e.samples import DAY
from tests.e2e.screens import CitizenPages
from tests.e2e.state import State

HEAD, PAGE = "kepala.trk", "/kepala/TRK"
PLAN = f"{PAGE}/rencana"
MISTAKEN = "office: TRK\nservices: [new]\ncounters: 400\nhours: []\njam: 8\n"


def _check(pages: CitizenPages) -> None:
    pages.submit("Periksa dan lihat akibatnya")


def _check_and_apply(pages: CitizenPages) -> None:
    _check(pages)
    pages.submit("Berlakukan rencana ini")


def _check_mistakes(pages: CitizenPages) -> None:
    pages.page.fill("#rencana", MISTAKEN)
    _check(pages)


CLOSED = ClosurePlan(from_date=DAY, to_date=DAY + timedelta(days=2), reason="Pindah gedung")


def with_closures(_: object) -> PresentPlan:
    """Answer a plan with two closures: three days, and an afternoon."""
    plan = replace(PLAN_IN_FORCE, closures=(CLOSED, replace(CLOSED, to_date=None, hours="13.00-16.00")))
    return PresentPlan(plan=plan, text=as_text(plan), edition="0" * 32)


def close_office(pages: CitizenPages, **fields: str) -> None:
    """Fill in the form of a closure."""
    for name, value in {"from_date": "2026-11-25", "closure_reason": "Pemadaman listrik", **fields}.items():
        pages.page.fill(f"#{name}", value)
    pages.submit("Lanjut: lihat siapa yang terdampak")


HEAD_STATES = {
    "head, closures": State(path=f"{PAGE}/tutup", login=HEAD, answers=((GetOfficePlan, with_closures),)),
    "head, closures, none": State(path=f"{PAGE}/tutup", login=HEAD),
    "head, closures, nothing written": State(
        path=f"{PAGE}/tutup",
        login=HEAD,
        then=lambda pages: pages.submit("Lanjut: lihat siapa yang terdampak"),
    ),
    "head, closures, what one does": State(path=f"{PAGE}/tutup", login=HEAD, then=close_office),
    "head, today": State(path=f"{PAGE}/hari-ini", login=HEAD),
    "head, today, busy": State(
        path=f"{PAGE}/hari-ini", login=HEAD, answers=((GetFloor, lambda _: floor_samples.busy_floor()),)
    ),
    "head, today, counters unknown": State(
        path=f"{PAGE}/hari-ini", login=HEAD, refuses=((GetFloor, "service_unavailable"),)
    ),
    "head, days": State(path=PAGE, login=HEAD),
    "head, days, plan applied": State(path=f"{PAGE}?berlaku=1", login=HEAD),
    "head, affected bookings": State(path=f"{PAGE}/terdampak", login=HEAD),
    "head, affected bookings, none": State(
        path=f"{PAGE}/terdampak",
        login=HEAD,
        answers=((ListAffectedBookings, AffectedBookings(office="TRK", status="live", bookings=())),),
    ),
    "head, plan": State(path=PLAN, login=HEAD),
    "head, plan, mistakes": State(path=PLAN, login=HEAD, then=_check_mistakes),
    "head, plan, refused": State(
        path=PLAN,
        login=HEAD,
        refuses=((PreviewOfficePlan, "office_plan_invalid"),),
        told={"faults": []},
        then=_check,
    ),
    "head, plan, changed meanwhile": State(
        path=PLAN,
        login=HEAD,
        refuses=((ChangeOfficePlan, "plan_changed_meanwhile"),),
        then=_check_and_apply,
    ),
    "head, plan, what it does": State(path=PLAN, login=HEAD, then=_check),
}
