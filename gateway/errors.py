"""What people are told when something is refused: code -> HTTP status and sentences.

The table is `errors.toml` beside this file. A code that a service can answer and that is missing
there fails a test.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files
from math import ceil
from typing import TypeAlias

from babel.dates import format_date

from contracts.words import Locale

Pairs: TypeAlias = dict[str, dict[Locale, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentences:
    """What is wrong, and what to do about it, in one language."""

    title: str
    advice: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One refusal in HTTP; `retry_after` in seconds, where trying again makes sense.

    `tells` names what of the refusal's data programs are told too.
    """

    status: int
    sentences: Mapping[Locale, Sentences]
    retry_after: int | None
    tells: tuple[str, ...]


def status(code: str) -> int:
    """Return the HTTP status of a code; one that is not in the table is our own fault."""
    return _answer(code).status


def title(code: str, locale: Locale) -> str:
    """Say in one sentence what is wrong."""
    return _answer(code).sentences[locale].title


def advice(code: str, locale: Locale, data: Mapping[str, object]) -> str:
    """Say what to do; a sentence that needs what the refusal's data lacks is left out."""
    spoken = _spoken(data, locale)
    return " ".join(filter(None, (_filled(text, spoken) for text in _answer(code).sentences[locale].advice)))


def told(code: str) -> tuple[str, ...]:
    """Name what of the refusal's data programs are told too."""
    return _answer(code).tells


def sentence(code: str, locale: Locale, data: Mapping[str, object] | None = None) -> str:
    """Say what is wrong and what to do."""
    return f"{title(code, locale)} {advice(code, locale, data or {})}".rstrip()


def fault_sentence(code: str, locale: Locale, limits: Sequence[int] = ()) -> str:
    """Say what is wrong with one field of a form, and the limits that it broke, where they are known."""
    if limits == (1,):
        return FAULTS["missing_field"][locale]  # shorter than one letter
    if limits and code in LIMITS:
        return LIMITS[code][locale].format(least=limits[0], most=limits[-1])
    return FAULTS.get(code, FAULTS["bad_form"])[locale]


def retry_after(code: str, data: Mapping[str, object]) -> int | None:
    """Return the seconds for Retry-After, where trying again makes sense."""
    told = data.get("retry_seconds")
    return ceil(told) if isinstance(told, int | float) else _answer(code).retry_after


def _answer(code: str) -> Answer:
    return ANSWERS.get(code, ANSWERS["internal"])


def _filled(text: str, spoken: Mapping[str, object]) -> str:
    try:
        return text.format_map(spoken)
    except KeyError:
        return ""


def _spoken(data: Mapping[str, object], locale: Locale) -> dict[str, object]:
    """Say dates, hours, waiting times and offices the way people do."""
    spoken = {name: value for name, value in data.items() if value is not None}
    seconds, office = data.get("retry_seconds"), data.get("office")
    if office is not None:
        spoken["office_name"] = data.get("office_name") or office
    for name in ("date", "opens_on", "book_from"):
        day = data.get(name)
        if isinstance(day, str):
            spoken[name] = _spoken_date(day, locale)
    for name in ("come_back_at", "starts_at", "ends_at"):
        instant = data.get(name)
        if isinstance(instant, str):
            spoken[name] = _spoken_hour(instant, locale)
    if isinstance(seconds, int | float):
        spoken["retry_minutes"] = ceil(seconds / 60)
    if nearest := _spoken_offices(data.get("nearest")):
        spoken["nearest_offices"] = nearest
    return spoken


def _spoken_offices(nearest: object) -> str:
    offices = nearest if isinstance(nearest, list) else []
    return ", ".join(f"{office['name']} ({office['distance_km']} km)" for office in offices)


def _spoken_date(text: str, locale: Locale) -> str:
    try:
        return format_date(date.fromisoformat(text), format="full", locale=locale)
    except ValueError:
        return text


def _spoken_hour(text: str, locale: Locale) -> str:
    """Say the hour that the clocks show where the offset of the text holds."""
    try:
        return f"{datetime.fromisoformat(text):{'%H.%M' if locale == 'id' else '%H:%M'}}"
    except ValueError:
        return text


def _read_table() -> tuple[dict[str, Answer], Pairs, Pairs]:
    table = tomllib.loads(files("gateway").joinpath("errors.toml").read_text(encoding="utf-8"))
    answers = {
        code: Answer(
            status=row["status"],
            sentences={"id": _sentences(row["id"]), "en": _sentences(row["en"])},
            retry_after=row.get("retry_after"),
            tells=tuple(row.get("tells", ())),
        )
        for code, row in table["answers"].items()
    }
    return answers, _pairs(table["faults"]), _pairs(table["limits"])


def _pairs(rows: Mapping[str, tuple[str, str]]) -> Pairs:
    return {
        code: {"id": in_indonesian, "en": in_english} for code, (in_indonesian, in_english) in rows.items()
    }


def _sentences(texts: list[str]) -> Sentences:
    return Sentences(title=texts[0], advice=tuple(texts[1:]))


ANSWERS, FAULTS, LIMITS = _read_table()
