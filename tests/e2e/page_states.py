"""The citizen's pages in every state: what is opened, as whom, and what the services answer."""

from dataclasses import replace
from datetime import timedelta

from contracts.requests.accounts import ChangePassword, CreateAccount, OpenSession, VerifyAccount
from contracts.requests.booking import (
    Bookings,
    BookSlot,
    Days,
    GetBooking,
    ListBookings,
    ListDays,
    ListSlots,
    RescheduleBooking,
    Slots,
)
from contracts.requests.dependents import Dependents, ListDependents
from contracts.requests.outages import BookingOutage, BookingOutages, ListOwnOutages
from contracts.requests.profile import CorrectName
from contracts.requests.waiting import GetStatistics, GetWaiting, ListStatistics, OfficeWaiting
from contracts.requests.waitlist import AcceptOffer, JoinWaitlist, ListWaitlist, Waitlist
from tests.e2e import samples
from tests.e2e.citizen_samples import family, wish
from tests.e2e.payment_samples import STATUS_OF, billed, paid_wrongly, prepaid_slots
from tests.e2e.samples import CODE, DAY, REGISTRATION
from tests.e2e.screens import CitizenPages, Person
from tests.e2e.state import State
from tests.e2e.waiting_samples import office_statistics

CODES = f"/daftar/kode/{REGISTRATION}"
HOUR = "/kantor/TRK/new/2026-11-24/slot-1"


CITIZEN = "andi@contoh.id"
OUTAGE = BookingOutage(code=CODE, cause="closed", note="Pemadaman listrik")
_WITHOUT_REPETITION = """
    () => {
        document.querySelectorAll("details + details + details + details, tbody > tr:nth-child(n + 9)")
            .forEach((one) => one.remove());
        document.querySelectorAll("details").forEach((one) => { one.open = true; });
    }
"""


def _shorten(pages: CitizenPages) -> None:
    """Unfold three of each section, and leave eight rows of each table: the rest is the same again."""
    assert pages.page.locator("details").count() > 50
    pages.page.evaluate(_WITHOUT_REPETITION)


CITIZEN_STATES = {
    "home": State(path="/"),
    "home in English": State(path="/?lang=en"),
    "home, signed in": State(path="/", login=CITIZEN),
    "register": State(path="/daftar"),
    "register, every field wrong": State(
        path="/daftar", then=lambda pages: pages.submit("Lanjut: minta kode")
    ),
    "register, secrets to be typed again": State(
        path="/masuk", then=lambda pages: pages.register(Person(password="pendek"))
    ),
    "register, too often": State(
        path="/masuk",
        refuses=((CreateAccount, "too_many_attempts"),),
        then=lambda pages: pages.register(Person()),
    ),
    "account": State(path="/akun", login=CITIZEN),
    "account, shown otherwise": State(
        path="/akun", login=CITIZEN, then=lambda pages: pages.submit("Simpan pilihan")
    ),
    "account, another name": State(
        path="/akun",
        login=CITIZEN,
        refuses=((CorrectName, "name_too_different"),),
        then=lambda pages: pages.submit("Simpan nama"),
    ),
    "account, password changed": State(
        path="/akun",
        login=CITIZEN,
        then=lambda pages: pages.change_password("kata-sandi-lama", "kata-sandi-baru"),
    ),
    "account, nothing written": State(
        path="/akun", login=CITIZEN, then=lambda pages: pages.submit("Hapus akun saya")
    ),
    "account, another password": State(
        path="/akun",
        login=CITIZEN,
        refuses=((ChangePassword, "sign_in_failed"),),
        then=lambda pages: pages.change_password("salah-salah", "kata-sandi-lain"),
    ),
    "codes": State(path=CODES),
    "codes, sent anew": State(path=f"{CODES}?dikirim=1"),
    "codes, both missing": State(path=CODES, then=lambda pages: pages.submit("Selesai mendaftar")),
    **{
        f"codes, {code}": State(
            path=CODES, refuses=((VerifyAccount, code),), then=lambda pages: pages.type_codes()
        )
        for code in ("bad_code", "code_expired", "account_exists")
    },
    "sign in": State(path="/masuk"),
    "sign in, on the way": State(path=f"/masuk?lanjut={HOUR}"),
    "sign in, refused": State(
        path="/masuk",
        refuses=((OpenSession, "sign_in_failed"),),
        then=lambda pages: pages.sign_in(CITIZEN),
    ),
    "offices": State(path="/?cari=Kalimantan"),
    "offices, none found": State(path="/?cari=zzz"),
    "offices, mistyped": State(path="/?cari=surabya"),
    "offices, none open": State(path="/?cari=Ambon"),
    "service not offered": State(path="/kantor/TRK/new", refuses=((ListDays, "unknown_service_here"),)),
    "office not open": State(path="/kantor/BPN"),
    "office suspended": State(path="/kantor/DPS"),
    "hours": State(path="/kantor/TRK"),
    "days, none": State(
        path="/kantor/TRK/new", answers=((ListDays, Days(office="TRK", service="new", days=())),)
    ),
    "hours of another day": State(path=f"/kantor/TRK/renewal/{DAY + timedelta(days=1)}"),
    "hours, none": State(
        path=f"/kantor/TRK/new/{DAY}",
        answers=((ListSlots, Slots(office="TRK", service="new", date=DAY, slots=())),),
    ),
    "hours, chosen one full": State(
        path=HOUR, login=CITIZEN, refuses=((BookSlot, "slot_full"),), then=CitizenPages.confirm
    ),
    "confirm": State(path=HOUR, login=CITIZEN),
    "confirm, booked already": State(
        path=HOUR, login=CITIZEN, refuses=((BookSlot, "already_booked"),), then=CitizenPages.confirm
    ),
    "confirm, no answer": State(
        path=HOUR, login=CITIZEN, refuses=((BookSlot, "no_answer"),), then=CitizenPages.confirm
    ),
    "office today": State(path="/kantor/TRK/hari-ini"),
    "office today, nobody in the hall": State(
        path="/kantor/TRK/hari-ini",
        answers=(
            (GetWaiting, OfficeWaiting(office="TRK", at=samples.NINE, counters=0, services=())),
            (
                GetStatistics,
                replace(office_statistics(), served=0, waiting=0, now=(), usual=None, hours=(), days=()),
            ),
        ),
    ),
    "office today, few people so far": State(
        path="/kantor/TRK/hari-ini",
        answers=((GetStatistics, replace(office_statistics(), hours=(), days=office_statistics().days[:1])),),
    ),
    "office today, little is known": State(
        path="/kantor/TRK/hari-ini",
        refuses=((GetWaiting, "no_answer"), (GetStatistics, "no_answer"), (ListDays, "service_unavailable")),
    ),
    "office today, not open": State(path="/kantor/BPN/hari-ini"),
    "all offices today": State(path="/transparansi"),
    "all offices today, of a province": State(path="/transparansi?provinsi=Kalimantan+Barat&urut=tunggu"),
    "all offices today, none": State(path="/transparansi?provinsi=Bali&status=live"),
    "all offices today, nothing told": State(
        path="/transparansi", refuses=((ListStatistics, "service_unavailable"),)
    ),
    "API": State(path="/api", then=_shorten),
    "bookings": State(path="/pesanan", login=CITIZEN),
    "bookings, one at hours without service": State(
        path="/pesanan", login=CITIZEN, answers=((ListOwnOutages, BookingOutages(outages=(OUTAGE,))),)
    ),
    "bookings, with a wish and an offer": State(
        path="/pesanan",
        login=CITIZEN,
        answers=((ListWaitlist, Waitlist(entries=(wish("offered"), wish("waiting")))),),
    ),
    "offer that is over": State(
        path="/pesanan",
        login=CITIZEN,
        refuses=((AcceptOffer, "offer_over"),),
        answers=((ListWaitlist, Waitlist(entries=(wish("offered"),))),),
        then=lambda pages: pages.submit("Ambil tempat ini"),
    ),
    "waitlist": State(path=f"/kantor/TRK/new/tunggu?mulai={DAY}", login=CITIZEN),
    "waitlist, refused": State(
        path=f"/kantor/TRK/new/tunggu?mulai={DAY}",
        login=CITIZEN,
        refuses=((JoinWaitlist, "places_left"),),
        then=lambda pages: pages.submit("Masuk daftar tunggu"),
    ),
    "hours, all taken": State(
        path=f"/kantor/TRK/new/{DAY}",
        answers=(
            (
                ListSlots,
                Slots(
                    office="TRK",
                    service="new",
                    date=DAY,
                    slots=tuple(replace(slot, places_left=0) for slot in samples.slots(DAY)),
                ),
            ),
        ),
    ),
    "family": State(
        path="/akun/keluarga", login=CITIZEN, answers=((ListDependents, Dependents(dependents=family())),)
    ),
    "family, every field wrong": State(
        path="/akun/keluarga", login=CITIZEN, then=lambda pages: pages.submit("Tambahkan")
    ),
    "confirm, with family and a way": State(
        path=f"{HOUR}?dari=Kabupaten+Malinau",
        login=CITIZEN,
        answers=((ListDependents, Dependents(dependents=family())),),
    ),
    "reschedule": State(path=f"/tiket/{CODE}/jadwal", login=CITIZEN),
    "reschedule, look once more": State(path=f"/tiket/{CODE}/jadwal/{DAY}/slot-2", login=CITIZEN),
    "reschedule, too often": State(
        path=f"/tiket/{CODE}/jadwal/{DAY}/slot-2",
        login=CITIZEN,
        refuses=((RescheduleBooking, "reschedule_limit"),),
        then=lambda pages: pages.submit("Ya, pindahkan"),
    ),
    "bookings, none": State(path="/pesanan", login=CITIZEN, answers=((ListBookings, Bookings(bookings=())),)),
    "ticket": State(path=f"/tiket/{CODE}", login=CITIZEN),
    "ticket, new": State(path=f"/tiket/{CODE}?baru=1", login=CITIZEN),
    "ticket at hours without service": State(
        path=f"/tiket/{CODE}",
        login=CITIZEN,
        answers=((ListOwnOutages, BookingOutages(outages=(OUTAGE,))),),
    ),
    "cancel": State(path=f"/tiket/{CODE}/batal", login=CITIZEN),
    "ticket, cancelled": State(
        path=f"/tiket/{CODE}/batal", login=CITIZEN, then=lambda pages: pages.submit("Ya, batalkan")
    ),
    **{
        f"ticket, {visit}": State(
            path=f"/tiket/{CODE}", login=CITIZEN, answers=((GetBooking, samples.visited(visit)),)
        )
        for visit in ("waiting", "called", "held", "served", "no_show")
    },
    "hours, paid first": State(path=f"/kantor/TRK/new/{DAY}", answers=((ListSlots, prepaid_slots()),)),
    "confirm, paid first": State(
        path=HOUR,
        login=CITIZEN,
        answers=((ListSlots, prepaid_slots()), (ListBookings, Bookings(bookings=(billed("credit"),)))),
    ),
    "bookings, with every payment": State(
        path="/pesanan",
        login=CITIZEN,
        answers=((ListBookings, Bookings(bookings=tuple(billed(status) for status in STATUS_OF))),),
    ),
    **{
        f"ticket, payment {status}": State(
            path=f"/tiket/{CODE}?periksa=1", login=CITIZEN, answers=((GetBooking, billed(status, people=2)),)
        )
        for status in STATUS_OF
    },
    **{
        f"cancel, payment {status}": State(
            path=f"/tiket/{CODE}/batal", login=CITIZEN, answers=((GetBooking, billed(status)),)
        )
        for status in ("due", "paid", "credit")
    },
    "ticket, paid wrongly": State(
        path=f"/tiket/{CODE}?periksa=1", login=CITIZEN, answers=((GetBooking, paid_wrongly()),)
    ),
    "credit, choosing": State(
        path=f"/tiket/{CODE}/jadwal", login=CITIZEN, answers=((GetBooking, billed("credit")),)
    ),
    "credit, look once more": State(
        path=f"/tiket/{CODE}/jadwal/{DAY}/slot-2",
        login=CITIZEN,
        answers=((GetBooking, billed("credit", people=2)),),
    ),
}
