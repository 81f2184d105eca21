"""What people read."""

import json
import re
from importlib.resources import files

import pytest

from contracts.words import Locale
from services.notify.domain.messages import Message, of_booking, of_offer, of_ticket
from services.notify.domain.people import Contact, Office
from services.notify.texts.letters import email
from services.notify.texts.whatsapp import template_message
from services.notify.texts.wording import Letter
from tests.unit.notify.samples import (
    booking_affected,
    booking_cancelled,
    booking_reinstated,
    booking_rescheduled,
    counter_called,
    slot_booked,
    ticket_scanned,
    waitlist_offered,
)
from tests.unit.notify.test_messages import FIVE_MINUTES

LOCALES: tuple[Locale, ...] = ("id", "en")
BOOKED, _ = of_booking(slot_booked())
CANCELLED, _ = of_booking(booking_cancelled())
AFFECTED, _ = of_booking(booking_affected())
REINSTATED, _ = of_booking(booking_reinstated())
RESCHEDULED, _ = of_booking(booking_rescheduled())
OFFERED, _ = of_offer(waitlist_offered())
[ADMITTED] = of_ticket(ticket_scanned(), call_of_use=FIVE_MINUTES)
[CALLED] = of_ticket(counter_called(), call_of_use=FIVE_MINUTES)
REGISTERED = {
    (entry["name"], entry["language"]): entry["components"][0]
    for entry in json.loads(files("services.notify.texts").joinpath("whatsapp.json").read_bytes())
    if entry["category"] != "AUTHENTICATION"
}


def letter(
    message: Message,
    locale: Locale = "id",
    *,
    timezone: str = "Asia/Makassar",
    display_name: str = "Pak Andi",
) -> Letter:
    return Letter(
        template=message.template,
        facts=message.facts,
        contact=Contact(display_name=display_name, phone="+62812", email="andi@example.com", locale=locale),
        office=Office(code="TRK", name="Kantor Imigrasi Tarakan", timezone=timezone),
        public_url="https://antrean.example",
    )


def whatsapp_text(written: Letter) -> str:
    message = template_message(written)
    text: str = REGISTERED[message.name, message.language]["text"]
    for name, value in message.parameters:
        text = text.replace("{{" + name + "}}", value)
    return text


@pytest.mark.parametrize(
    ("timezone", "indonesian", "english"),
    [
        ("Asia/Jakarta", "08.00 WIB", "08:00 WIB"),
        ("Asia/Pontianak", "08.00 WIB", "08:00 WIB"),
        ("Asia/Makassar", "09.00 WITA", "09:00 WITA"),
        ("Asia/Jayapura", "10.00 WIT", "10:00 WIT"),
    ],
)
def test_the_hour_is_the_offices_own_with_the_zones_name(
    timezone: str, indonesian: str, english: str
) -> None:
    """01.00 UTC reads differently in Jakarta, Tarakan and Jayapura."""
    assert f"Pukul: {indonesian}\n" in whatsapp_text(letter(BOOKED, "id", timezone=timezone))
    assert f"Time: {english}\n" in whatsapp_text(letter(BOOKED, "en", timezone=timezone))
    assert f"Pukul: {indonesian}\n" in email(letter(BOOKED, "id", timezone=timezone)).text
    assert f"Time: {english}\n" in email(letter(BOOKED, "en", timezone=timezone)).text


def test_the_day_is_the_offices_own_even_where_it_differs_from_utcs() -> None:
    """23.30 UTC on Sunday is Monday morning in Jayapura."""
    [early, _] = of_booking(
        slot_booked(starts_at=slot_booked().starts_at.replace(day=22, hour=23, minute=30))
    )
    assert "Hari: Senin, 23 November 2026" in whatsapp_text(letter(early, "id", timezone="Asia/Jayapura"))
    assert "Day: Monday, 23 November 2026" in email(letter(early, "en", timezone="Asia/Jayapura")).text


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("id", ("Halo Pak Andi", "Kantor Imigrasi Tarakan", "Senin, 23 November 2026", "Paspor baru")),
        ("en", ("Hello Pak Andi", "Kantor Imigrasi Tarakan", "Monday, 23 November 2026", "New passport")),
    ],
)
def test_a_confirmation_says_who_where_when_what_and_links_to_the_ticket(
    locale: Locale, words: tuple[str, ...]
) -> None:
    """Everything that the person needs, over both channels."""
    for text in (whatsapp_text(letter(BOOKED, locale)), email(letter(BOOKED, locale)).text):
        for word in (*words, "TRK-7KQ2MX", "https://antrean.example/tiket/TRK-7KQ2MX"):
            assert word in text


@pytest.mark.parametrize(("locale", "word"), [("id", "sudah dibatalkan"), ("en", "has been cancelled")])
def test_a_cancellation_says_so_and_shows_the_way_to_another_booking(locale: Locale, word: str) -> None:
    """No link to a ticket that is dead."""
    for text in (whatsapp_text(letter(CANCELLED, locale)), email(letter(CANCELLED, locale)).text):
        assert word in text
        assert "https://antrean.example/" in text
        assert "/tiket/" not in text


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("id", ("tidak dapat melayani Anda", "Pemadaman listrik", "tidak hangus", "pukul 09.00 WITA")),
        ("en", ("cannot receive you", "Pemadaman listrik", "is not lost", "at 09:00 WITA")),
    ],
)
def test_an_outage_says_what_why_that_nothing_is_lost_and_where_to_choose_anew(
    locale: Locale, words: tuple[str, ...]
) -> None:
    """Over both channels; the ticket's page shows the way to another hour."""
    for text in (whatsapp_text(letter(AFFECTED, locale)), email(letter(AFFECTED, locale)).text):
        for word in (*words, "TRK-7KQ2MX", "https://antrean.example/tiket/TRK-7KQ2MX"):
            assert word in text


@pytest.mark.parametrize(
    ("cause", "note", "indonesian", "english"),
    [
        ("closed", None, "kantor tutup", "the office is closed"),
        ("holiday", "Hari  Guru", "hari libur, Hari Guru", "it is a public holiday, Hari Guru"),
        ("hours", None, "jam kerja kantor berubah", "the office has changed its hours"),
        ("suspended", None, "dihentikan sementara", "suspended its online queue"),
    ],
)
def test_every_cause_has_its_words_and_notes_are_one_line_without_gaps(
    cause: str, note: str | None, indonesian: str, english: str
) -> None:
    """WhatsApp refuses a value with four spaces on end."""
    message, _ = of_booking(booking_affected(cause=cause, note=note))
    assert indonesian in whatsapp_text(letter(message, "id"))
    assert english in whatsapp_text(letter(message, "en"))


@pytest.mark.parametrize(("locale", "word"), [("id", "tetap berlaku"), ("en", "stands")])
def test_an_outage_that_ends_is_told_as_a_booking_that_stands(locale: Locale, word: str) -> None:
    """With all that a person needs who never got the confirmation."""
    for text in (whatsapp_text(letter(REINSTATED, locale)), email(letter(REINSTATED, locale)).text):
        for known in (word, "TRK-7KQ2MX", "Kantor Imigrasi Tarakan", "23 November 2026", "/tiket/"):
            assert known in text


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("id", ("Pukul: 09.00 WITA", "Jumat, 20 November 2026 pukul 10.00 WITA", "tidak berlaku lagi")),
        ("en", ("Time: 09:00 WITA", "Friday, 20 November 2026 at 10:00 WITA", "no longer valid")),
    ],
)
def test_a_move_says_the_new_time_and_that_the_old_ticket_is_dead(
    locale: Locale, words: tuple[str, ...]
) -> None:
    """Who shows the old ticket at the reader is sent away."""
    for text in (whatsapp_text(letter(RESCHEDULED, locale)), email(letter(RESCHEDULED, locale)).text):
        for word in (*words, "TRK-7KQ2MX", "https://antrean.example/tiket/TRK-7KQ2MX"):
            assert word in text


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("id", ("Selasa, 24 November 2026", "09.00 WITA", "Senin, 23 November 2026 pukul 10.30 WITA")),
        ("en", ("Tuesday, 24 November 2026", "09:00 WITA", "Monday, 23 November 2026 at 10:30 WITA")),
    ],
)
def test_an_offer_says_which_place_until_when_and_where_to_take_it(
    locale: Locale, words: tuple[str, ...]
) -> None:
    """Both moments are the office's own."""
    for text in (whatsapp_text(letter(OFFERED, locale)), email(letter(OFFERED, locale)).text):
        for word in (*words, "Kantor Imigrasi Tarakan", "https://antrean.example/pesanan"):
            assert word in text


@pytest.mark.parametrize(("locale", "word"), [("id", "Nomor antrean Anda A-012"), ("en", "number is A-012")])
def test_an_admission_says_the_number_and_where_the_board_is(locale: Locale, word: str) -> None:
    """The board in the hall, and the same on the phone."""
    text = whatsapp_text(letter(ADMITTED, locale))
    assert word in text
    assert "https://antrean.example/papan/TRK" in text


@pytest.mark.parametrize(("locale", "word"), [("id", "silakan ke loket 1"), ("en", "come to counter 1")])
def test_a_call_says_the_number_and_the_counter(locale: Locale, word: str) -> None:
    """What the loudspeaker says."""
    text = whatsapp_text(letter(CALLED, locale))
    assert word in text
    assert "A-012" in text


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(
    "message",
    [BOOKED, CANCELLED, AFFECTED, REINSTATED, RESCHEDULED, OFFERED, ADMITTED, CALLED],
    ids=lambda message: message.template,
)
def test_no_place_in_a_text_stays_empty(message: Message, locale: Locale) -> None:
    """Every {{value}} that a registered template names is sent."""
    assert "{{" not in whatsapp_text(letter(message, locale))


@pytest.mark.parametrize("component", REGISTERED.values(), ids=map(str, REGISTERED))
def test_a_registered_template_meets_whatsapps_rules(component: dict[str, object]) -> None:
    """No value at the start or the end, at most 1024 characters, an example for every value."""
    text = str(component["text"])
    assert not text.startswith("{{")
    assert not text.endswith("}}")
    assert len(text) < 700
    examples = [example["param_name"] for example in component["example"]["body_text_named_params"]]  # type: ignore[index]
    assert examples == list(dict.fromkeys(re.findall(r"\{\{([a-z_]+)\}\}", text)))


def test_markup_in_a_name_stays_text_in_the_html_of_an_e_mail() -> None:
    """Contracts refuse < and >; ampersands and quotes must not become markup either."""
    written = email(letter(BOOKED, display_name='"Andi" & Co\''))
    assert "&#34;Andi&#34; &amp; Co&#39;" in written.html
    assert '"Andi" & Co\'' in written.text


def test_the_html_of_an_e_mail_has_a_button_that_leads_to_the_link() -> None:
    """And says its language, for screen readers."""
    html = email(letter(BOOKED, "en")).html
    assert '<html lang="en">' in html
    assert '<a href="https://antrean.example/tiket/TRK-7KQ2MX"' in html
