"""What people are told of a visit at home."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from contracts.events import HomeVisitAnswered, HomeVisitRequested
from contracts.events.home_visit import HomeVisitState
from contracts.words import Locale
from services.notify.domain.home_visits import of_home_visit
from services.notify.texts.letters import email
from tests.unit.notify.samples import ENTRY, NOW, PERSON
from tests.unit.notify.test_texts import letter, whatsapp_text

NINE = datetime(2026, 11, 24, 1, tzinfo=UTC)


def visit(kind: type[HomeVisitState], **more: Any) -> HomeVisitState:
    """A request to Tarakan's office."""
    return kind(**more, visit_id=ENTRY, person_id=PERSON, office="TRK", requested_at=NOW)


REQUESTED = visit(HomeVisitRequested, version=1, status="requested")
SCHEDULED = visit(
    HomeVisitAnswered, version=2, status="scheduled", starts_at=NINE, ends_at=NINE + timedelta(hours=3)
)
DECLINED = visit(HomeVisitAnswered, version=2, status="declined", decline_reason="no_team")


@pytest.mark.parametrize(
    ("event", "template", "until"),
    [
        (REQUESTED, "home_visit_requested", NOW + timedelta(days=30)),
        (SCHEDULED, "home_visit_scheduled", NINE + timedelta(hours=3)),
        (DECLINED, "home_visit_declined", NOW + timedelta(days=30)),
    ],
)
def test_each_answer_is_told_once_over_both_channels(
    event: HomeVisitState, template: str, until: datetime
) -> None:
    """Another day is another message: the version tells them apart."""
    asked = of_home_visit(event)
    assert [(one.template, one.channel, one.occurrence) for one in asked] == [
        (template, "whatsapp", event.version),
        (template, "email", event.version),
    ]
    assert {one.expires_at for one in asked} == {until}
    assert {one.topic for one in asked} == {f"home_visit/{ENTRY}"}


@pytest.mark.parametrize(
    ("event", "locale", "words"),
    [
        (REQUESTED, "id", ("sudah diterima oleh Kantor Imigrasi Tarakan",)),
        (REQUESTED, "en", ("has reached Kantor Imigrasi Tarakan",)),
        (SCHEDULED, "id", ("Selasa, 24 November 2026", "09.00 WITA sampai 12.00 WITA")),
        (SCHEDULED, "en", ("Tuesday, 24 November 2026", "09:00 WITA to 12:00 WITA")),
        (DECLINED, "id", ("belum ada tim yang dapat berangkat",)),
        (DECLINED, "en", ("there is no team that can come",)),
    ],
)
def test_the_text_says_what_was_answered_and_where_it_stands(
    event: HomeVisitState, locale: Locale, words: tuple[str, ...]
) -> None:
    """On the phone and in the mailbox; the link leads to the requests."""
    written = letter(of_home_visit(event)[0], locale)
    for told in (whatsapp_text(written), email(written).text):
        for word in (*words, "Pak Andi", "https://antrean.example/kunjungan"):
            assert word in told
        assert "{{" not in told
