"""The pages' words in both languages: the Indonesian text is the key, `web/locale` has the English.

The .po files are read at start; there is no compile step.
"""

from functools import cache
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from contracts.words import Locale
from gateway.pages.assets import WEB

SCRIPTS = "web/static/js/"


@cache
def translations(locale: Locale) -> NullTranslations:
    """Return the gettext functions of a language; Indonesian is the source and needs no file."""
    if locale == "id":
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, _read(locale))
    compiled.seek(0)
    return Translations(compiled)


@cache
def script_words(locale: Locale) -> dict[str, str]:
    """Return the translations that the pages' scripts use; empty for Indonesian."""
    if locale == "id":
        return {}
    return {
        str(message.id): str(message.string)
        for message in _read(locale)
        if message.id and message.string and any(place.startswith(SCRIPTS) for place, _ in message.locations)
    }


@cache
def _read(locale: Locale) -> Catalog:
    path = WEB / "locale" / locale / "LC_MESSAGES" / "antrean.po"
    with path.open("rb") as file:
        return read_po(file, locale=locale, abort_invalid=True)
