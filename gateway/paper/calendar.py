"""A booking as an entry of the phone's own calendar. Source: RFC 5545 (iCalendar), 3.6.1 and 3.6.6."""

from datetime import datetime, timedelta

from icalendar import Alarm, Calendar, Event

from contracts.events.booking import OfficeChanged
from contracts.requests.booking import Booking
from contracts.words import Locale
from gateway.pages.catalogue import translations
from gateway.pages.documents import documents
from gateway.paper.words import service_words

_PRODUCT = "-//Antrean//Tiket//ID"
_REMIND_BEFORE = (timedelta(days=1), timedelta(hours=2))


def ticket_calendar(
    booking: Booking, office: OfficeChanged, locale: Locale, *, public_url: str, now: datetime
) -> bytes:
    """Write the entry; it reminds a day and two hours before.

    A booking that was moved has the same id and a higher sequence, so a calendar moves its entry. Times are
    UTC: the phone shows its own.
    """
    _ = translations(locale).gettext
    link = f"{public_url}/tiket/{booking.code}"
    title = _("Antrean paspor: %(service)s") % {"service": service_words(booking.service, locale)}
    bring = "\n".join(f"- {one}" for one in documents(booking.service, locale))
    entry = Event.new(
        uid=f"{booking.booking_id}@antrean",
        sequence=booking.version,
        stamp=now,
        start=booking.starts_at,
        end=booking.ends_at,
        summary=title,
        location=f"{office.name}, {office.city}",
        url=link,
        description="\n".join(
            (
                _("Kode %(code)s") % {"code": booking.code},
                _("Datang 30 menit lebih awal, dengan KTP dan dokumen asli."),
                bring,
                link,
            )
        ),
        subcomponents=[_reminder(title, before) for before in _REMIND_BEFORE],
    )
    written: bytes = Calendar.new(prodid=_PRODUCT, subcomponents=[entry]).to_ical()
    return written


def _reminder(title: str, before: timedelta) -> Alarm:
    alarm = Alarm.new(description=title)
    alarm.add("action", "DISPLAY")
    alarm.TRIGGER = -before
    return alarm
