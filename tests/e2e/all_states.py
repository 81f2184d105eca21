"""Every page in every state, and the areas they belong to: the one list for axe and the pictures."""

import re
from dataclasses import dataclass

from playwright.sync_api import ViewportSize

from tests.e2e.appointment_states import APPOINTMENT_STATES
from tests.e2e.browser import DESK, LAPTOP, PHONE, TELEVISION
from tests.e2e.copy_states import COPY_STATES
from tests.e2e.counter_states import COUNTER_STATES
from tests.e2e.device_states import DEVICE_STATES
from tests.e2e.hall_states import HALL_STATES
from tests.e2e.head_states import HEAD_STATES
from tests.e2e.help_states import HELP_STATES
from tests.e2e.home_visit_states import HOME_VISIT_STATES
from tests.e2e.kiosk_states import KIOSK_STATES
from tests.e2e.page_states import CITIZEN_STATES
from tests.e2e.problem_states import PROBLEM_STATES
from tests.e2e.proof_states import PROOF_STATES
from tests.e2e.report_states import REPORT_STATES
from tests.e2e.staff_states import STAFF_STATES
from tests.e2e.state import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """Pages of one kind of user on one kind of screen: those whose address matches.

    `is_live` where a page tells of the day on which the sample's people are in the hall, not of the eve.
    """

    title: str
    addresses: str
    size: ViewportSize
    is_live: bool = False


STATES: dict[str, State] = (
    CITIZEN_STATES
    | PROOF_STATES
    | HOME_VISIT_STATES
    | PROBLEM_STATES
    | KIOSK_STATES
    | HALL_STATES
    | COUNTER_STATES
    | APPOINTMENT_STATES
    | HELP_STATES
    | HEAD_STATES
    | REPORT_STATES
    | DEVICE_STATES
    | STAFF_STATES
)
ALL_STATES = STATES | COPY_STATES

_PROBLEMS = Area(title="Wrong addresses, and services that are away", addresses="", size=PHONE)
_CITIZENS = Area(title="Citizens", addresses="/", size=PHONE)
_AREAS = (
    Area(
        title="For everybody to see",
        addresses="/transparansi|/kantor/.*/hari-ini|/api",
        size=PHONE,
        is_live=True,
    ),
    Area(title="Kiosk", addresses="/kios/", size=DESK, is_live=True),
    Area(title="Screen on top of a counter", addresses=r"/papan/\w+/\d", size=TELEVISION, is_live=True),
    Area(title="Hall board", addresses="/papan/", size=TELEVISION, is_live=True),
    Area(title="Waiting room on the phone", addresses="/tunggu/", size=PHONE, is_live=True),
    Area(title="Counter", addresses="/loket/", size=LAPTOP, is_live=True),
    Area(title="Who books for people: officers and village offices", addresses="/bantu", size=LAPTOP),
    Area(title="Devices", addresses="/kepala/.*/perangkat|/pasang", size=LAPTOP),
    Area(title="Staff, and who is invited", addresses="/kepala/.*/petugas|/undangan/", size=LAPTOP),
    Area(title="Head of an office, today", addresses="/kepala/.*/hari-ini", size=LAPTOP, is_live=True),
    Area(title="Head of an office", addresses="/kepala/", size=LAPTOP),
)
AREAS = (_CITIZENS, *_AREAS, _PROBLEMS)
"""In the order in which a reader would want them."""


def area_of(name: str) -> Area:
    """Return the area of a state."""
    if name in PROBLEM_STATES:
        return _PROBLEMS
    path = ALL_STATES[name].path
    return next((area for area in _AREAS if re.match(area.addresses, path)), _CITIZENS)


def states_of(area: Area) -> dict[str, State]:
    """Return the states of an area, in their order."""
    return {name: state for name, state in ALL_STATES.items() if area_of(name) is area}
