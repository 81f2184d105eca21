"""What people are told who did not come."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from contracts.events import NoShowCounted
from contracts.words import Locale
from services.notify.domain.no_shows import of_no_show
from services.notify.texts.letters import email
from tests.unit.notify.samples import BOOKING, PERSON
from tests.unit.notify.test_texts import letter, whatsapp_text

MISSED = NoShowCounted(
    version=1795000000000,
    booking_id=BOOKING,
    code="TRK-7KQ2MX",
    person_id=PERSON,
    office="TRK",
    starts_at=datetime(2026, 11, 23, 1, tzinfo=UTC),
    missed=1,
    after=2,
    within_days=90,
    wait_days=14,
    book_from=None,
)
WAITS = replace(MISSED, missed=2, book_from=date(2026, 12, 7), version=1795000000001)
LIFTED = replace(MISSED, missed=0, version=1795000000002)


@pytest.mark.parametrize(
    ("event", "locale", "words"),
    [
        (MISSED, "id", ("09.00 WITA", "tercatat 1 kali", "kapan saja", "menunggu 14 hari")),
        (MISSED, "en", ("09:00 WITA", "that makes 1", "at any time", "wait for 14 days")),
        (WAITS, "id", ("tercatat 2 kali", "mulai Senin, 7 Desember 2026", "petugas")),
        (WAITS, "en", ("that makes 2", "from Monday, 7 December 2026", "officer")),
        (LIFTED, "id", ("tidak dihitung lagi",)),
        (LIFTED, "en", ("does not count any more",)),
    ],
)
def test_a_missed_visit_says_which_how_many_and_what_follows(
    event: NoShowCounted, locale: Locale, words: tuple[str, ...]
) -> None:
    """Over both channels, with the way to one's own tickets."""
    on_phone, in_mailbox = of_no_show(event)
    assert (on_phone.channel, in_mailbox.channel) == ("whatsapp", "email")
    for text in (whatsapp_text(letter(on_phone, locale)), email(letter(in_mailbox, locale)).text):
        for word in (*words, "TRK-7KQ2MX", "Kantor Imigrasi Tarakan", "https://antrean.example/pesanan"):
            assert word in text


def test_what_is_newer_of_a_person_at_an_office_replaces_what_was_not_sent() -> None:
    """One topic, whichever booking it is about."""
    first, second = (of_no_show(event)[0] for event in (WAITS, replace(LIFTED, booking_id="another")))
    assert first.topic == second.topic
    assert first.version < second.version
