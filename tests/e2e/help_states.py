"""The pages of who books for people, in every state."""

from dataclasses import replace

from contracts.requests.assistance import (
    BookWithAssistance,
    GetAssistedBooking,
    GetVillage,
    ListAssistedSlots,
    Village,
)
from contracts.requests.booking import Slots
from tests.e2e.help_samples import MALINAU
from tests.e2e.help_screens import HelpPages
from tests.e2e.payment_samples import billed
from tests.e2e.samples import CODE, DAY, booking
from tests.e2e.screens import Person
from tests.e2e.state import State

OFFICER, VILLAGE = "petugas.trk", "desa.malinau"
HOUR = f"/bantu/TRK/new/{DAY}/slot-1"
TICKET = f"/bantu/TRK/tiket/{CODE}"

HELP_STATES = {
    "help": State(path="/bantu/TRK", login=OFFICER),
    "help of a village, two offices": State(
        path="/bantu",
        login=VILLAGE,
        answers=((GetVillage, Village(district=MALINAU, offices=("TRK", "SKW"))),),
    ),
    "help of a village, no office": State(
        path="/bantu", login=VILLAGE, answers=((GetVillage, Village(district=MALINAU, offices=())),)
    ),
    "help, no code": State(path="/bantu/TRK", login=OFFICER, then=lambda pages: pages.submit("Cari tiket")),
    "help, a citizen's own ticket": State(
        path=TICKET, login=OFFICER, refuses=((GetAssistedBooking, "unknown_booking"),)
    ),
    "help, hours": State(path="/bantu/TRK/new?dari=Kabupaten+Malinau", login=VILLAGE),
    "help, no hours left": State(
        path="/bantu/TRK/new?dari=Kabupaten+Malinau",
        login=VILLAGE,
        answers=((ListAssistedSlots, Slots(office="TRK", service="new", date=DAY, slots=())),),
    ),
    "applicant": State(path=f"{HOUR}?dari=Kabupaten+Malinau", login=VILLAGE),
    "applicant, every field wrong": State(
        path=HOUR, login=OFFICER, then=lambda pages: pages.submit("Lanjut: persetujuan")
    ),
    "consent": State(path=HOUR, login=VILLAGE, then=lambda pages: HelpPages.over(pages).fill(Person())),
    "consent, not given": State(
        path=HOUR,
        login=VILLAGE,
        refuses=((BookWithAssistance, "consent_missing"),),
        then=lambda pages: HelpPages.over(pages).book_without_consent(Person()),
    ),
    "consent, refused": State(
        path=HOUR,
        login=OFFICER,
        refuses=((BookWithAssistance, "applicant_has_booking"),),
        then=lambda pages: HelpPages.over(pages).book(Person()),
    ),
    "assisted ticket, new": State(
        path=HOUR, login=OFFICER, then=lambda pages: HelpPages.over(pages).book(Person())
    ),
    "assisted ticket, who did not come": State(
        path=TICKET,
        login=OFFICER,
        answers=((GetAssistedBooking, replace(booking("T" * 200), status="no_show")),),
    ),
    "assisted ticket, giving it up": State(path=f"{TICKET}/batal", login=OFFICER),
    **{
        f"assisted ticket, payment {status}": State(
            path=TICKET,
            login=VILLAGE,
            answers=((GetAssistedBooking, billed(status)),),
        )
        for status in ("due", "credit")
    },
}
