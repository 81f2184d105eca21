"""The named values that every text is filled with, in the reader's language and the office's own time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from babel.numbers import format_decimal

from contracts.words import Locale, ServiceCode
from services.notify.domain.messages import Template
from services.notify.domain.people import Contact, Office
from services.notify.texts.reasons import money_words, reason_words, visit_words

SERVICE_NAMES: dict[Locale, dict[ServiceCode, str]] = {
    "id": {
        "new": "Paspor baru",
        "renewal": "Perpanjangan paspor",
        "epassport": "Paspor elektronik",
        "replacement": "Paspor hilang atau rusak",
        "collection": "Pengambilan paspor",
    },
    "en": {
        "new": "New passport",
        "renewal": "Passport renewal",
        "epassport": "Electronic passport",
        "replacement": "Lost or damaged passport",
        "collection": "Passport collection",
    },
}


_ABOUT_A_TICKET: frozenset[Template] = frozenset(
    {
        *("booking_confirmed", "booking_affected", "booking_reinstated", "booking_rescheduled"),
        "booking_reminder",
    }
)
_MOMENTS = {
    "starts_at": "",
    "previous_starts_at": "previous_",
    "offer_ends_at": "offer_ends_",
    "ends_at": "ends_",
    "due_at": "due_",
}
"""Facts that are moments, and what the names of their day and hour begin with."""
_REASONS: Mapping[str, Callable[[Any, Locale], str]] = {"why": money_words, "declined": visit_words}
"""Facts that are a reason: a `MoneyReason`, a `HomeVisitDecline`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message that has met its reader: everything that its text needs."""

    template: Template
    facts: Mapping[str, str | int]
    contact: Contact
    office: Office
    public_url: str


def values(letter: Letter) -> dict[str, str]:
    """Return the values by name: always `display_name`, `office` and `link`, and what the facts allow.

    `day` and `hour` are the office's own, the hour with the zone's name (WIB, WITA, WIT); those of other
    moments are named for them, as `previous_day`.
    """
    locale = letter.contact.locale
    found = {
        "display_name": letter.contact.display_name,
        "office": letter.office.name,
        "link": _link(letter),
    }
    if "cause" in letter.facts:
        cause, note = letter.facts["cause"], str(letter.facts["note"])
        found["reason"] = reason_words(cause, note, locale)  # type: ignore[arg-type]  # facts hold an OutageCause here
    for name, fact in letter.facts.items():
        if name == "book_from":
            found[name] = format_date(date.fromisoformat(str(fact)), "EEEE, d MMMM y", locale=locale)
        elif name in _MOMENTS:
            local = _local_time(datetime.fromisoformat(str(fact)), letter.office, locale)
            found |= {_MOMENTS[name] + part: words for part, words in local.items()}
        elif name in _REASONS:
            found["reason"] = _REASONS[name](fact, locale)
        elif name == "amount":
            found["amount"] = f"Rp {format_decimal(fact, locale=locale)}"
        elif name == "service":
            found["service"] = SERVICE_NAMES[locale][fact]  # type: ignore[index]  # facts hold a ServiceCode here
        else:
            found[name] = str(fact)
    return found


def _local_time(moment: datetime, office: Office, locale: Locale) -> dict[str, str]:
    local = moment.astimezone(ZoneInfo(office.timezone))
    pattern = "HH.mm" if locale == "id" else "HH:mm"
    return {
        "day": format_date(local, "EEEE, d MMMM y", locale=locale),
        "hour": f"{format_time(local, pattern, locale=locale)} {local.tzname()}",
    }


def _link(letter: Letter) -> str:
    if letter.template in _ABOUT_A_TICKET or letter.template.startswith(("payment_", "hold_")):
        return f"{letter.public_url}/tiket/{letter.facts['code']}"
    if letter.template == "booking_cancelled":
        return f"{letter.public_url}/"
    if letter.template.startswith("home_visit_"):
        return f"{letter.public_url}/kunjungan"
    if letter.template == "waitlist_offered" or letter.template.startswith("no_show_"):
        return f"{letter.public_url}/pesanan"
    if letter.template in ("turn_near", "call_undone"):
        return f"{letter.public_url}/tunggu/{letter.office.code}?nomor={letter.facts['number']}"
    return f"{letter.public_url}/papan/{letter.office.code}"
