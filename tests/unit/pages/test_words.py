"""Every text of the pages has its English, and nothing in the catalogue is left over."""

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import chain
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from gateway.pages.catalogue import script_words, translations
from gateway.pages.extraction import extract_scripts

WEB = Path(__file__).parents[3] / "web"
CATALOGUE = WEB / "locale" / "en" / "LC_MESSAGES" / "antrean.po"
WHERE = [("templates/**.html", "jinja2"), ("static/js/**.js", "gateway.pages.extraction:extract_scripts")]
PAPER = Path(__file__).parents[3] / "gateway" / "paper"
HOW = {"templates/**.html": {"extensions": "jinja2.ext.i18n", "trimmed": "true"}}
PLACEHOLDER = re.compile(r"\{\w+\}|%\(\w+\)s|%\(\w+\)d")


def texts_in_use() -> Iterator[object]:
    """Yield every text of templates, scripts and printed tickets, as `pybabel extract` finds them."""
    on_paper = extract_from_dir(PAPER, [("**.py", "python")])
    for _, _, text, _, _ in chain(extract_from_dir(WEB, WHERE, HOW), on_paper):
        yield tuple(text) if isinstance(text, list | tuple) else text


def catalogue() -> Catalog:
    """Read the English catalogue."""
    return read_po(BytesIO(CATALOGUE.read_bytes()), locale="en", abort_invalid=True)


def key_of(message: Message) -> object:
    """Return a message's Indonesian text, or its singular and plural."""
    return tuple(message.id) if isinstance(message.id, list | tuple) else message.id


def test_every_text_has_its_english() -> None:
    """A page in English never falls back into Indonesian."""
    known = {
        key_of(message) for message in catalogue() if message.id and message.string and not message.fuzzy
    }
    in_use = set(texts_in_use())
    assert len(in_use) > 200
    assert in_use - known == set()


def test_nothing_is_left_over() -> None:
    """A text that no page uses any more is taken out of the catalogue."""
    assert {key_of(message) for message in catalogue() if message.id} - set(texts_in_use()) == set()


@pytest.mark.parametrize(
    "message", [message for message in catalogue() if message.id], ids=lambda one: str(one.id)
)
def test_a_translation_has_the_same_places_to_fill(message: Message) -> None:
    """What is filled into the Indonesian text is filled into the English one."""
    ids = message.id if isinstance(message.id, list | tuple) else [message.id]
    strings = message.string if isinstance(message.string, list | tuple) else [message.string]
    for text in strings:
        assert set(PLACEHOLDER.findall(str(text))) == set(PLACEHOLDER.findall(str(ids[0])))


def test_the_scripts_are_told_their_words() -> None:
    """Only the scripts' own words travel with a page, and none in Indonesian."""
    assert script_words("en")["Panggil berikutnya"] == "Call next"
    assert "Urus paspor tanpa antre sejak subuh." not in script_words("en")
    assert script_words("id") == {}


def test_plurals_are_english() -> None:
    """One place, two places."""
    english = translations("en")
    texts = [english.ngettext("%(count)s tempat", "%(count)s tempat", count) for count in (1, 2)]
    assert texts == ["%(count)s place", "%(count)s places"]


def test_calls_in_nested_templates_are_found() -> None:
    """A text within a template within a template is found, with its line."""
    script = (
        b'html`<p>${done && html`<b>${t("Selesai")}</b>`}</p>`;\n t("Kode: {code}", { code }); sort("x");'
    )
    assert list(extract_scripts(BytesIO(script), (), (), {})) == [
        (1, "gettext", "Selesai", []),
        (2, "gettext", "Kode: {code}", []),
    ]
