"""Which of the two languages an answer is written in: Indonesian, unless the asker wants English."""

from functools import lru_cache
from typing import get_args

from falcon.asgi import Request

from contracts.words import Locale

LANGUAGE_COOKIE = "lang"
DEFAULT: Locale = "id"


def choose_locale(req: Request) -> Locale:
    """Take `?lang=`, else the cookie `lang`, else Accept-Language, else Indonesian."""
    if "lang=" in req.query_string:
        wanted = _known(req.get_param("lang"))
        if wanted is not None:
            return wanted
    if "lang=" in (req.get_header("Cookie") or ""):
        wanted = _known(req.cookies.get(LANGUAGE_COOKIE))
        if wanted is not None:
            return wanted
    accepted = req.get_header("Accept-Language")
    return negotiate(accepted) if accepted else DEFAULT


@lru_cache(maxsize=512)
def negotiate(accept_language: str) -> Locale:
    """Return the language of ours with the highest weight (RFC 9110, section 12.5.4)."""
    best, weight_of_best = DEFAULT, 0.0
    for entry in accept_language.split(","):
        language_range, _, parameter = entry.strip().partition(";")
        language = _known(language_range.strip().lower().partition("-")[0])
        weight = _weight(parameter)
        if language is not None and weight > weight_of_best:
            best, weight_of_best = language, weight
    return best


def _known(text: str | None) -> Locale | None:
    return next((locale for locale in get_args(Locale) if locale == text), None)


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
