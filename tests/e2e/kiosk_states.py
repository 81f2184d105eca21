"""The kiosk in every state: waiting, typing, a number given, a ticket refused, a number without a ticket."""

from collections.abc import Callable

from playwright.sync_api import expect

from contracts.requests.checkin import ScanTicket
from contracts.requests.walk_in import GetWalkIns, IssueWalkIn, WalkIns
from tests.e2e import samples
from tests.e2e.samples import CODE, DAY
from tests.e2e.screens import CitizenPages, KioskPage
from tests.e2e.state import State

KIOSK, PAGE = "kios.trk", "/kios/TRK"
_NINE = "2026-11-24T09:00:00+08:00"
_TEN = "2026-11-24T10:00:00+08:00"

REFUSALS: dict[str, tuple[str, dict[str, object]]] = {
    "not a ticket": ("ticket_tampered", {}),
    "ticket too old": ("ticket_expired", {}),
    "unknown ticket": ("unknown_ticket", {}),
    "ticket of another office": (
        "ticket_other_office",
        {"office": "SKW", "office_name": "Kanim Singkawang", "distance_km": 93},
    ),
    "ticket of a day to come": (
        "ticket_other_day",
        {"date": "2026-11-30", "starts_at": "2026-11-30T09:00:00+08:00", "is_past": False},
    ),
    "ticket of a day that is over": (
        "ticket_other_day",
        {"date": "2026-11-20", "starts_at": "2026-11-20T09:00:00+08:00", "is_past": True},
    ),
    "too early": ("too_early", {"come_back_at": _NINE, "starts_at": _TEN}),
    "too late": ("too_late", {"starts_at": "2026-11-24T08:00:00+08:00", "ends_at": _NINE}),
    "booking cancelled": ("booking_cancelled", {}),
    "scanned already": ("already_scanned", {"number": "A-007", "waiting_before": 4}),
    "called already": ("already_called", {"number": "A-007", "counter": 3}),
    "visit over": ("visit_over", {"number": "A-007"}),
    "service away": ("service_unavailable", {}),
    "no answer": ("no_answer", {}),
    "too much to do": ("overloaded", {"retry_seconds": 3}),
    "a fault of ours": ("internal", {}),
    "not signed in": ("not_signed_in", {}),
}
"""What check-in may say against a ticket: a code, and what comes with it."""


def on_kiosk(deed: Callable[[KioskPage], None]) -> Callable[[CitizenPages], None]:
    """Do it once the kiosk waits."""

    def then(pages: CitizenPages) -> None:
        expect(pages.page.locator(".screen-idle")).to_be_visible()
        deed(KioskPage(pages.page, pages.url))

    return then


def _scan(kiosk: KioskPage) -> None:
    kiosk.scan(CODE)
    expect(kiosk.page.locator(".result")).to_be_visible()


def _type(kiosk: KioskPage) -> None:
    kiosk.begin_typing()
    for letter in CODE.partition("-")[2][:3]:
        kiosk.page.get_by_role("button", name=letter, exact=True).click()


def _read_half(kiosk: KioskPage) -> None:
    kiosk.scan("ABCD2345" * 8)
    expect(kiosk.page.locator(".result")).to_be_visible()


def _lose_the_network(kiosk: KioskPage) -> None:
    kiosk.page.context.set_offline(True)
    _scan(kiosk)


def _want_a_number(kiosk: KioskPage) -> None:
    kiosk.page.get_by_role("button", name="Belum punya tiket?").click()
    expect(kiosk.page.locator(".screen-walk-in")).to_be_visible()
    expect(kiosk.page.locator(".screen-walk-in")).not_to_contain_text("Sebentar")


def _choose_service(kiosk: KioskPage) -> None:
    _want_a_number(kiosk)
    kiosk.page.get_by_role("button", name="Paspor baru").click()
    expect(kiosk.page.locator(".expected-wait")).to_be_visible()


def _take_number(kiosk: KioskPage) -> None:
    _choose_service(kiosk)
    kiosk.page.get_by_role("button", name="Ambil nomor").click()
    expect(kiosk.page.locator(".result")).to_be_visible()


KIOSK_STATES = {
    "kiosk": State(path=PAGE, login=KIOSK, then=on_kiosk(lambda _: None)),
    "kiosk, typing a code": State(path=PAGE, login=KIOSK, then=on_kiosk(_type)),
    "kiosk, number given": State(path=PAGE, login=KIOSK, then=on_kiosk(_scan)),
    "kiosk, back after a missed call": State(
        path=PAGE,
        login=KIOSK,
        answers=((ScanTicket, lambda _: samples.admission(is_back=True)),),
        then=on_kiosk(_scan),
    ),
    "kiosk, late": State(
        path=PAGE,
        login=KIOSK,
        answers=((ScanTicket, lambda _: samples.admission(is_late=True)),),
        then=on_kiosk(_scan),
    ),
    "kiosk, read in part": State(path=PAGE, login=KIOSK, then=on_kiosk(_read_half)),
    **{
        f"kiosk, {name}": State(
            path=PAGE, login=KIOSK, refuses=((ScanTicket, code),), told=told, then=on_kiosk(_scan)
        )
        for name, (code, told) in REFUSALS.items()
    },
    "kiosk, no network": State(path=PAGE, login=KIOSK, then=on_kiosk(_lose_the_network)),
    "kiosk, no ticket": State(path=PAGE, login=KIOSK, then=on_kiosk(_want_a_number)),
    "kiosk, no ticket, no service today": State(
        path=PAGE,
        login=KIOSK,
        answers=((GetWalkIns, WalkIns(office="TRK", date=DAY, services=())),),
        then=on_kiosk(_want_a_number),
    ),
    "kiosk, no ticket, service chosen": State(path=PAGE, login=KIOSK, then=on_kiosk(_choose_service)),
    "kiosk, no ticket, number taken": State(path=PAGE, login=KIOSK, then=on_kiosk(_take_number)),
    "kiosk, no ticket, full meanwhile": State(
        path=PAGE,
        login=KIOSK,
        refuses=((IssueWalkIn, "walk_in_full"),),
        told={"service": "new", "places": 7},
        then=on_kiosk(_take_number),
    ),
}
