"""The number of the hall on paper, for who has no phone at hand.

office, place · number, as large as fits · service, name · when, how many before · advice · QR code · cut
"""

from dataclasses import dataclass

from contracts.events.booking import OfficeChanged
from contracts.requests.checkin import Admission
from contracts.words import Locale
from gateway.pages import dates
from gateway.pages.catalogue import translations
from gateway.paper.escpos import Roll
from gateway.paper.words import service_words


@dataclass(frozen=True, slots=True, kw_only=True)
class HallTicketWords:
    """All texts of a number on paper, from top to bottom."""

    office: str
    title: str
    number: str
    service: str
    name: str | None
    taken: str
    before: str
    advice: tuple[str, ...]
    follow: str


def hall_ticket_words(admission: Admission, office: OfficeChanged, locale: Locale) -> HallTicketWords:
    """Say whose turn the paper is for; the hour is the office's."""
    _ = translations(locale).gettext
    at, before = admission.scanned_at, admission.waiting_before
    return HallTicketWords(
        office=office.name,
        title=_("Nomor antrean"),
        number=admission.number,
        service=service_words(admission.service, locale),
        name=admission.display_name,
        taken=dates.moment_words(at, office.timezone, locale),
        before=_("%(count)s orang sebelum Anda") % {"count": before}
        if before
        else _("Anda yang pertama untuk layanan ini"),
        advice=(
            _("Duduk dan tunggu panggilan di monitor."),
            _("Siapkan KTP dan dokumen asli."),
        ),
        follow=_("Pindai untuk melihat giliran Anda:"),
    )


def hall_ticket_escpos(words: HallTicketWords, *, address: str) -> bytes:
    """Draw the number for a receipt printer of 80 mm; its QR code leads to `address`."""
    roll = Roll()
    roll.write(words.office, bold=True)
    roll.rule()
    roll.write(words.title)
    roll.write_large(words.number)
    roll.space()
    roll.write(words.service, bold=True)
    if words.name:
        roll.write(words.name)
    roll.write(words.taken)
    roll.write(words.before)
    roll.rule()
    for sentence in words.advice:
        roll.write(sentence)
    roll.space()
    roll.write(words.follow)
    roll.qr(address)
    return roll.cut()
