"""What is told of a turn that is near, and of a call that was undone."""

from datetime import timedelta

import pytest

from contracts.words import Locale
from services.notify.domain.turns import of_turn_near, of_undone_call
from tests.unit.notify.samples import NOW, call_undone, turn_near
from tests.unit.notify.test_texts import LOCALES, letter, whatsapp_text

OF_USE = timedelta(minutes=5)


def test_a_turn_that_is_near_is_told_over_the_phone_once_for_each_step() -> None:
    """Urgent, and of use for half an hour from when it came to be, however long the person had waited."""
    [message] = of_turn_near(turn_near(), at=NOW)
    [later] = of_turn_near(turn_near(steps=("documents", "biometrics"), step="biometrics"), at=NOW)
    assert (message.template, message.channel, message.urgent) == ("turn_near", "whatsapp", True)
    assert (message.occurrence, later.occurrence) == (1, 2)
    assert message.expires_at == NOW + timedelta(minutes=30)


def test_nobody_is_told_of_the_turn_of_who_took_a_number_at_the_kiosk() -> None:
    """A walk-in has no person, and so no phone."""
    assert of_turn_near(turn_near(origin="walk_in", person_id=None, display_name=None), at=NOW) == ()


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("before", [0, 1, 3])
def test_a_near_turn_says_the_number_how_many_are_before_and_where_to_look(
    locale: Locale, before: int
) -> None:
    """In words that fit every number of people, none included."""
    [message] = of_turn_near(turn_near(before=before), at=NOW)
    text = whatsapp_text(letter(message, locale))
    words = {"id": f"Masih menunggu sebelum Anda: {before}.", "en": f"Still waiting before you: {before}."}
    assert words[locale] in text
    assert "A-012" in text
    assert "https://antrean.example/tunggu/TRK?nomor=A-012" in text
    assert "{{" not in text


def test_a_call_that_was_undone_is_told_over_the_phone() -> None:
    """Also where the ticket is held again; each time anew, and only after the call itself."""
    [message] = of_undone_call(call_undone(), at=NOW, of_use=OF_USE)
    [again] = of_undone_call(call_undone(version=5, state="held"), at=NOW, of_use=OF_USE)
    assert (message.template, message.channel, message.urgent) == ("call_undone", "whatsapp", True)
    assert (message.occurrence, again.occurrence) == (3, 5)
    assert (message.expires_at, message.only_after) == (NOW + OF_USE, ("ticket_called",))


@pytest.mark.parametrize("state", ["called", "served", "no_show"])
def test_nobody_is_told_of_what_else_an_officer_undid(state: str) -> None:
    """Who is before the counter again never knew otherwise."""
    assert of_undone_call(call_undone(state=state), at=NOW, of_use=OF_USE) == ()


def test_nobody_is_told_of_the_undone_call_of_who_took_a_number_at_the_kiosk() -> None:
    """The board says it."""
    walked_in = call_undone(origin="walk_in", person_id=None, display_name=None)
    assert of_undone_call(walked_in, at=NOW, of_use=OF_USE) == ()


@pytest.mark.parametrize(("locale", "words"), [("id", "Mohon tetap menunggu"), ("en", "Please keep waiting")])
def test_an_undone_call_says_the_number_and_that_it_is_called_again(locale: Locale, words: str) -> None:
    """And where the line is to be seen."""
    [message] = of_undone_call(call_undone(), at=NOW, of_use=OF_USE)
    text = whatsapp_text(letter(message, locale))
    assert words in text
    assert "A-012" in text
    assert "https://antrean.example/tunggu/TRK?nomor=A-012" in text
    assert "{{" not in text
