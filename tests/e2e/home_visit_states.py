"""The pages of visits at home, in every state."""

from contracts.requests.dependents import Dependents, ListDependents
from contracts.requests.home_visits import (
    FinishHomeVisit,
    HomeVisitCases,
    HomeVisits,
    ListHomeVisits,
    ListOwnHomeVisits,
)
from contracts.words import HomeVisitStatus
from tests.e2e.citizen_samples import family
from tests.e2e.home_visit_samples import home_visit
from tests.e2e.page_states import CITIZEN
from tests.e2e.state import State

PAGE, DESK = "/kunjungan", "/bantu/TRK/kunjungan"
STATUSES: tuple[HomeVisitStatus, ...] = ("requested", "scheduled", "done", "declined", "withdrawn")

HOME_VISIT_STATES = {
    "home visits": State(
        path=PAGE,
        login=CITIZEN,
        answers=(
            (ListDependents, Dependents(dependents=family())),
            (ListOwnHomeVisits, HomeVisits(visits=tuple(home_visit(status) for status in STATUSES))),
        ),
    ),
    "home visits, every field wrong": State(
        path=PAGE, login=CITIZEN, then=lambda pages: pages.submit("Kirim permintaan")
    ),
    "home visits of an office": State(path=DESK, login="kepala.trk"),
    "home visits of an office, none": State(
        path=DESK, login="petugas.trk", answers=((ListHomeVisits, HomeVisitCases(office="TRK", cases=())),)
    ),
    "home visits of an office, refused": State(
        path=DESK,
        login="kepala.trk",
        refuses=((FinishHomeVisit, "home_visit_ahead"),),
        then=lambda pages: pages.submit("Sudah dikunjungi Sari Lestari"),
    ),
}
