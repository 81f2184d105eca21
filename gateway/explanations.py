"""What people are told about a day on which they find no place; the sentences are in `explanations.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from importlib.resources import files

from contracts.events.booking import OfficeChanged
from contracts.requests.why import DayExplanation
from contracts.words import Locale
from gateway.pages.dates import day_words, duration_words, moment_words

SENTENCES: Mapping[str, Mapping[Locale, list[str]]] = tomllib.loads(
    files("gateway").joinpath("explanations.toml").read_text(encoding="utf-8")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenExplanation(DayExplanation):
    """The explanation with the sentence that a person reads, in the asker's language."""

    sentence: str


def spoken(told: DayExplanation, office: OfficeChanged, locale: Locale) -> SpokenExplanation:
    """Add the sentence to an explanation."""
    known = {field.name: getattr(told, field.name) for field in fields(DayExplanation)}
    return SpokenExplanation(**known, sentence=explanation(told, office, locale))


def explanation(told: DayExplanation, office: OfficeChanged, locale: Locale) -> str:
    """Say why the day has no place, in the office's own time."""
    words = _words(told, office, locale)
    return " ".join(filter(None, (_filled(text, words) for text in SENTENCES[told.answer][locale])))


def _filled(text: str, words: Mapping[str, str]) -> str:
    try:
        return text.format_map(words)
    except KeyError:
        return ""


def _words(told: DayExplanation, office: OfficeChanged, locale: Locale) -> dict[str, str]:
    words = {"office": office.name, "day": day_words(told.date, locale)}
    if told.opens_on is not None:
        words["opens_on"] = day_words(told.opens_on, locale)
    if told.released_at is not None:
        words["released_at"] = moment_words(told.released_at, office.timezone, locale)
    if told.travel_minutes is not None:
        words["travel"] = duration_words(told.travel_minutes, locale)
    if told.nearest:
        words["nearest"] = ", ".join(f"{near.name} ({near.distance_km} km)" for near in told.nearest)
    if told.note:
        words["note"] = told.note
    return words
