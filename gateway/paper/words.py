"""What a ticket on paper says, in the reader's language."""

from dataclasses import dataclass

from contracts.events.booking import OfficeChanged
from contracts.requests.booking import Booking
from contracts.words import Locale, ServiceCode
from gateway.pages import dates
from gateway.pages.catalogue import translations


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A name and what it is: Hari, Selasa 24 November 2026."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketWords:
    """All texts of a ticket, from top to bottom."""

    title: str
    office: str
    place: Fact
    code: str
    day: Fact
    hours: Fact
    name: Fact
    service: Fact
    number: Fact
    advice_title: str
    advice: tuple[str, ...]
    promise: str


def ticket_words(
    booking: Booking, office: OfficeChanged, locale: Locale, *, has_begun: bool = False
) -> TicketWords:
    """Say where and when to come, and what to bring; hours are those of the office.

    Who has booked an hour that `has_begun` comes now: nobody can be early for it.
    """
    _ = translations(locale).gettext
    begin, end = (
        dates.hour_words(instant, office.timezone, locale) for instant in (booking.starts_at, booking.ends_at)
    )
    zone = dates.zone_words(booking.starts_at, office.timezone)
    return TicketWords(
        title=_("Tiket antrean"),
        office=office.name,
        place=Fact(label=_("Tempat"), value=f"{office.city}, {office.province}"),
        code=booking.code,
        day=Fact(label=_("Hari"), value=dates.day_words(booking.date, locale)),
        hours=Fact(label=_("Jam"), value=f"{begin}–{end} {zone}"),
        name=Fact(label=_("Nama panggilan"), value=booking.display_name),
        service=Fact(label=_("Layanan"), value=service_words(booking.service, locale)),
        number=Fact(label=_("Nomor antrean"), value=_("saat kode QR dibaca")),
        advice_title=_("Pada hari kedatangan"),
        advice=(
            _("Datang sekarang, paling lambat %(hour)s.") % {"hour": f"{end} {zone}"}
            + " "
            + _("Bawa KTP dan dokumen asli.")
            if has_begun
            else _("Datang 30 menit lebih awal, dengan KTP dan dokumen asli."),
            _("Tempelkan kode QR ini ke alat pembaca di pintu masuk, dari layar atau dari kertas."),
            _("Duduk dan tunggu. Monitor dan suara akan memanggil “%(name)s”.") % {"name": booking.hall_name}
            if booking.hall_name
            else _("Duduk dan tunggu. Monitor dan suara akan memanggil nomor antrean Anda."),
        ),
        promise=_("Gratis dan tanpa calo.")
        + " "
        + _("Satu orang, satu antrean. Nomor antrean tidak dapat dijual atau dipindahkan."),
    )


def service_words(service: ServiceCode, locale: Locale) -> str:
    """Name a service."""
    _ = translations(locale).gettext
    names: dict[ServiceCode, str] = {
        "new": _("Paspor baru"),
        "renewal": _("Perpanjangan paspor"),
        "epassport": _("Paspor elektronik"),
        "replacement": _("Paspor hilang atau rusak"),
        "collection": _("Pengambilan paspor"),
    }
    return names[service]
