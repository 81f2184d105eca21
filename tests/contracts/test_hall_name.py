"""What the hall shows of a person by each choice."""

import unicodedata

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from marshmallow import ValidationError

from contracts.documents.schemas import component_schemas
from contracts.events import EVENT_TYPES
from contracts.hall_name import FORMS_OF_ADDRESS, HIDDEN, SHOWN_AS, hall_name, letters
from contracts.visible_text import VisibleText
from contracts.words import DISPLAY_NAME_LENGTH
from gateway.pages.assist import applicant
from gateway.pages.citizen import family, registration

ACUTE = "\u0301"


def is_visible(text: str) -> bool:
    """Tell whether an event may carry it as a name."""
    try:
        VisibleText(error="unseen")(text)
    except ValidationError:
        return False
    return 1 <= len(text) <= DISPLAY_NAME_LENGTH


names = st.text(min_size=1, max_size=18).filter(is_visible)
"""Names in every script, with what people and programs put between the letters."""


@pytest.mark.parametrize(
    ("display_name", "masked"),
    [
        ("Pak Andi", "Pak A•••i"),
        ("Bu Siti Aminah", "Bu S•••h"),
        ("Andi", "A•••i"),
        ("Pak Ali", "Pak A•••"),
        ("Sdr. Al", "Sdr. A•••"),
        ("Bu A", "Bu •••"),
        ("A", None),
        ("–", None),
        ("Pak 😀", "Pak •••"),
        (f"Kak Jose{ACUTE}", "Kak J•••é"),
        (f"Pak a{ACUTE * 17}", "Pak •••"),
        ("Pak क्षितिजा", "Pak क्षि•••"),
        ("Pak இளங்கோ", "Pak இ•••"),
        ("Bu น้ำใสมาก", "Bu น้ำ•••ก"),
        ("Bu 陈美玲玲", "Bu 陈•••玲"),
        ("Bu 김민준", "Bu 김•••"),
        ("Pak محمد", "Pak م•••د"),
    ],
)
def test_a_mask_leaves_whole_letters(display_name: str, masked: str | None) -> None:
    """Of every script; short names show less, and what has no letter to show is not shown."""
    assert hall_name("masked", name="Andi Pratama", display_name=display_name) == masked


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Andi Pratama", "A. P."),
        ("suharto", "S."),
        ("R.A. Kartini Siti Nurhaliza", "R. K. S."),
        ("A", "A."),
        ("Andi - (Budi)", "A. B."),
        (f"e{ACUTE}va", "É."),
        ("ßtrom ǆungla", "ß. ǅ."),
        ("क्षितिज शर्मा", "क्षि. श."),
        ("김 민준", "김. 민."),
        ("محمد بن عمر", "م. ب. ع."),
        ("😀", None),
        (f"a{ACUTE * 60}", None),
    ],
)
def test_initials_are_of_the_full_name(name: str, initials: str | None) -> None:
    """At most three; a letter has a large form only where it stays one letter."""
    assert hall_name("initials", name=name, display_name="Pak Andi") == initials


def test_the_name_is_shown_as_it_is_and_the_number_alone_without_one() -> None:
    """Nothing is cut from a name that its person wants to be shown."""
    assert hall_name("name", name="Andi Pratama", display_name="Pak Andi") == "Pak Andi"
    assert hall_name("number", name="Andi Pratama", display_name="Pak Andi") is None


@given(name=names, nickname=names, address=st.sampled_from(sorted(FORMS_OF_ADDRESS)))
def test_whatever_is_shown_may_be_told(name: str, nickname: str, address: str) -> None:
    """Every choice makes of every name one that an event may carry, or none."""
    for shown_as in SHOWN_AS:
        shown = hall_name(shown_as, name=name, display_name=f"{address} {nickname}")
        assert shown is None or shown_as == "name" or is_visible(shown)


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(nickname=names)
def test_a_mask_tells_two_letters_at_most_and_never_how_many_there_are(nickname: str) -> None:
    """Three points stand for the rest, and no mark stands without its letter."""
    assume(nickname.split(" ", maxsplit=1)[0] not in FORMS_OF_ADDRESS)
    shown = hall_name("masked", name="Andi", display_name=nickname)
    assume(shown is not None)
    assert shown is not None
    before, after = shown.split(HIDDEN)
    told = [part for part in (before, after) if part]
    assert len(told) < len(tuple(letters(nickname)))
    assert all([part] == list(letters(part)) for part in told)


@given(name=names)
def test_no_letter_begins_with_a_mark(name: str) -> None:
    """A mark alone would be drawn upon a dotted circle."""
    for letter in letters(name):
        assert not unicodedata.category(letter[0]).startswith("M")


def test_every_form_of_address_that_pages_offer_stays_in_sight() -> None:
    """A form of address is no part of the name, and is not masked."""
    for page in (registration, family, applicant):
        assert set(page.FORMS_OF_ADDRESS) <= FORMS_OF_ADDRESS


def test_events_that_others_may_read_tell_a_name_only_where_it_may_be_absent() -> None:
    """Searched in the schema of every event; the contact alone has one's own name, and is private."""
    told = {name: component_schemas([kind])[name]["properties"] for name, kind in EVENT_TYPES.items()}
    named = {name: fields["display_name"] for name, fields in told.items() if "display_name" in fields}
    assert named.pop("ContactChanged")["type"] == "string"
    assert EVENT_TYPES["ContactChanged"].exchange == "antrean.private"
    assert {"SlotBooked", "HallNameChanged", "CounterCalled"} <= named.keys()
    assert all("null" in field["type"] for field in named.values())
