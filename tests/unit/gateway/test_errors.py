"""The table of errors: complete, in both languages, and filled with care."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest

import services
from contracts import schema
from contracts.office_plan import PLAN_FAULT_CODES
from contracts.refusals import Refused, RemoteRefusal
from gateway import errors


def _refusals() -> Iterator[type[Refused]]:
    """Import every service's errors and the whole gateway, then walk the tree."""
    for package in pkgutil.iter_modules(services.__path__):
        for module in pkgutil.iter_modules(importlib.import_module(f"services.{package.name}").__path__):
            if module.name.endswith("errors"):
                importlib.import_module(f"services.{package.name}.{module.name}")
    importlib.import_module("gateway.app")
    importlib.import_module("gateway.broker.requests")
    waiting = [Refused]
    while waiting:
        refusal = waiting.pop()
        waiting += refusal.__subclasses__()
        ours = not refusal.__module__.startswith("tests.")
        if ours and refusal is not RemoteRefusal and refusal.code != Refused.code:
            yield refusal


def test_every_code_that_can_be_refused_is_in_the_table() -> None:
    """A service may not get a refusal that the gateway cannot explain."""
    unexplained = {
        refusal.code: refusal.__module__ for refusal in _refusals() if refusal.code not in errors.ANSWERS
    }
    assert unexplained == {}


def test_the_walk_over_refusals_finds_those_of_services() -> None:
    """The control of the test above: it looks at what services really refuse."""
    found = {refusal.code for refusal in _refusals()}
    assert {"slot_full", "ticket_tampered", "no_answer", "not_signed_in"} <= found


def test_every_fault_of_a_field_has_a_row_and_a_sentence() -> None:
    """A fault can be the code of a whole problem and of a single field."""
    assert errors.ANSWERS.keys() >= schema.FAULT_CODES
    assert errors.FAULTS.keys() == schema.FAULT_CODES | PLAN_FAULT_CODES


@pytest.mark.parametrize("code", sorted(errors.ANSWERS))
def test_every_row_has_sentences_in_both_languages(code: str) -> None:
    """Titles are whole sentences with no holes to fill; advice ends as a sentence does."""
    answer = errors.ANSWERS[code]
    assert 400 <= answer.status <= 599
    for sentences in answer.sentences.values():
        assert sentences.title.endswith(".")
        assert "{" not in sentences.title
        assert sentences.advice
        assert all(advice.endswith(".") for advice in sentences.advice)
    assert answer.sentences["id"].title != answer.sentences["en"].title


def test_a_sentence_is_filled_from_the_refusals_data() -> None:
    """Dates are said in the asker's language, hours by the office's clock, an office by its name."""
    assert errors.sentence("ticket_other_day", "id", {"date": "2026-11-24"}).endswith(
        "Harinya Selasa, 24 November 2026."
    )
    early = {"come_back_at": "2026-11-24T08:00:00+08:00", "starts_at": "2026-11-24T09:00:00+08:00"}
    assert "Datang lagi pukul 08.00." in errors.sentence("too_early", "id", early)
    assert "Come back at 08:00." in errors.sentence("too_early", "en", early)
    assert "in 13 minutes" in errors.sentence("too_many_attempts", "en", {"retry_seconds": 740.2})
    named = {"office": "SKW", "office_name": "Kantor Imigrasi Singkawang"}
    assert "Kantor Imigrasi Singkawang" in errors.sentence("ticket_other_office", "id", named)
    assert "SKW" in errors.sentence("ticket_other_office", "id", {"office": "SKW", "office_name": None})


def test_data_that_does_not_come_leaves_the_advice_out() -> None:
    """A person never reads a brace."""
    assert errors.sentence("counter_busy", "en") == "An applicant is still at this counter."
    assert errors.sentence("ticket_other_day", "en", {"date": "soon"}).endswith("Its day is soon.")
    assert errors.sentence("too_late", "en", {"starts_at": "soon", "ends_at": "late"}).startswith(
        "Your appointment is over. It was from soon to late."
    )


def test_a_closed_office_says_what_is_known() -> None:
    """When it opens and who is near, each where it is known."""
    near = {"nearest": [{"office": "NNX", "name": "Kanim Nunukan", "distance_km": 92}]}
    told = errors.advice("office_not_open", "en", {"opens_on": "2027-01-04", **near})
    assert told == (
        "It will from Monday, January 4, 2027. The nearest that do: Kanim Nunukan (92 km). "
        "Choose another office that does."
    )
    unknown: tuple[dict[str, object], ...] = ({}, {"opens_on": None, "nearest": []})
    for nothing in unknown:
        assert errors.advice("office_not_open", "en", nothing) == "Choose another office that does."
    assert errors.told("office_not_open") == ("opens_on", "nearest")


def test_a_code_that_nobody_knows_is_our_own_fault() -> None:
    """A newer service behind an older gateway."""
    assert errors.status("invented_tomorrow") == 500
    assert errors.title("invented_tomorrow", "en") == errors.title("internal", "en")


def test_the_services_own_waiting_time_comes_first() -> None:
    """Retry-After is the throttle's, else the table's, else none."""
    assert errors.retry_after("too_many_attempts", {"retry_seconds": 61.5}) == 62
    assert errors.retry_after("service_unavailable", {}) == 2
    assert errors.retry_after("slot_full", {}) is None


def test_a_limit_that_was_broken_is_in_the_sentence() -> None:
    """What is empty is simply missing; a fault without limits is told without them."""
    assert errors.fault_sentence("too_long", "id", (24,)) == "Paling banyak 24 karakter."
    assert errors.fault_sentence("out_of_range", "en", (1, 99)) == "A number from 1 to 99."
    assert errors.fault_sentence("too_short", "id", (1,)) == "Wajib diisi."
    assert errors.fault_sentence("too_short", "id") == "Terlalu pendek."
