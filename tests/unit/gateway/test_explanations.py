"""The sentence about a day without a place, in both languages."""

from datetime import UTC, date, datetime
from typing import Any, get_args

import pytest

from contracts.requests.why import DayAnswer, DayExplanation, ExplainDay, NearOffice
from contracts.words import Locale
from gateway.explanations import SENTENCES, explanation
from tests.unit.gateway.fakes import gateway, office

NEAR = (NearOffice(office="SKW", name="Kantor Imigrasi Singkawang", distance_km=912),)
CASES: list[tuple[DayAnswer, dict[str, Any], str, str]] = [
    ("full", {}, "Semua tempat pada Selasa, 24 November 2026 sudah penuh.", "Every place on Tuesday"),
    (
        "not_released",
        {"released_at": datetime(2026, 11, 20, 6, tzinfo=UTC)},
        "Dibuka Jumat, 20 November 2026 pukul 14.00 WITA.",
        "from Friday, 20 November 2026 at 14:00 WITA.",
    ),
    ("service_not_here", {"nearest": NEAR}, "Kantor Imigrasi Singkawang (912 km)", "The nearest that do"),
    ("office_not_open", {"opens_on": date(2027, 1, 4)}, "mulai Senin, 4 Januari 2027.", "4 January 2027"),
    ("holiday", {"note": "Hari Raya Natal"}, "hari libur. Hari Raya Natal.", "holiday. Hari Raya Natal."),
    ("closed", {"note": "Pemadaman listrik"}, "tutup pada Selasa", "is closed on Tuesday"),
    ("no_hours", {}, "tidak bekerja pada Selasa", "does not work on Tuesday"),
    ("day_over", {}, "sudah lewat", "is past"),
    ("too_far", {"travel_minutes": 150}, "kira-kira 2 jam 30 menit.", "about 2 hours 30 minutes."),
    ("available", {}, "Masih ada tempat", "There are places"),
]


def told(answer: DayAnswer, **data: Any) -> DayExplanation:
    """What booking answers about a Tuesday."""
    return DayExplanation(office="TRK", service="new", date=date(2026, 11, 24), answer=answer, **data)


@pytest.mark.parametrize(("answer", "data", "indonesian", "english"), CASES)
def test_each_answer_is_a_sentence(
    answer: DayAnswer, data: dict[str, Any], indonesian: str, english: str
) -> None:
    """On the office's own clock, with what belongs to the answer."""
    assert indonesian in explanation(told(answer, **data), office(), "id")
    assert english in explanation(told(answer, **data), office(), "en")


@pytest.mark.parametrize("locale", get_args(Locale))
def test_a_sentence_whose_word_is_not_told_is_left_out(locale: Locale) -> None:
    """No braces and no None reach anybody."""
    for answer in get_args(DayAnswer):
        sentence = explanation(told(answer), office(), locale)
        assert sentence
        assert "{" not in sentence
        assert "None" not in sentence


def test_every_answer_has_sentences() -> None:
    """And no sentence is for an answer that does not exist."""
    assert set(SENTENCES) == set(get_args(DayAnswer))


@pytest.mark.anyio
async def test_the_api_tells_code_data_and_sentence() -> None:
    """In the asker's language."""
    async with gateway(office()) as api:
        api.services.answers[ExplainDay] = told("closed", note="Rapat")
        answer = await api.http.simulate_get("/v1/offices/TRK/why?service=new&date=2026-11-24&lang=en")
        assert (answer.json["answer"], answer.json["note"]) == ("closed", "Rapat")
        assert answer.json["sentence"].endswith("is closed on Tuesday, 24 November 2026. Rapat.")
        missing = await api.http.simulate_get("/v1/offices/TRK/why?service=new")
        assert missing.status_code == 422
