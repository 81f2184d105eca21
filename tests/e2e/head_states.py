"""The pages of an office's head in every state, but for reports and devices."""

from contracts.requests.booking import AffectedBookings, ListAffectedBookings
from contracts.requests.floor import GetFloor
from contracts.requests.office_head import PreviewOfficePlan
from tests.e2e import floor_samples
from tests.e2e.screens import CitizenPages
from tests.e2e.state import State

HEAD, PAGE = "kepala.trk", "/kepala/TRK"
PLAN = f"{PAGE}/rencana"
MISTAKEN = "office: TRK\nservices: [new]\ncounters: 400\nhours: []\njam: 8\n"


def _check(pages: CitizenPages) -> None:
    pages.submit("Periksa dan lihat akibatnya")


def _check_mistakes(pages: CitizenPages) -> None:
    pages.page.fill("#rencana", MISTAKEN)
    _check(pages)


HEAD_STATES = {
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
    "head, plan, what it does": State(path=PLAN, login=HEAD, then=_check),
}
