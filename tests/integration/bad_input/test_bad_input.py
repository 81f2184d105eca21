"""Every bad input that the system knows, sent to all of it as `make run` starts it.

Each has its own stable code and a problem document with sentences in both languages, and loses nothing.
"""

import uuid
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest

from tests.integration.bad_input.bad import ELSEWHERE, OFFICE
from tests.integration.bad_input.story import (
    Story,
    Words,
    book,
    database,
    expired_ticket,
    give_up,
    is_called,
    is_on_board,
    let_wait,
    people_of,
    slots,
)
from tests.integration.bad_input.table import BAD, KEY
from tests.processes import wait_until
from tests.stack import Stack


@pytest.fixture(scope="module")
def story(stack: Stack) -> Iterator[Story]:
    """The story so far."""
    people = people_of(stack)
    full, later, *_ = slots(stack, days=1)
    with database(stack, "booking") as connection:
        connection.execute("UPDATE slot SET capacity = walk_in_places + 1 WHERE slot_id = %s", [full])
    andi = book(stack, people["andi"], slots(stack, days=0)[0], KEY)
    budi = book(stack, people["budi"], slots(stack, days=0)[0])
    dewi = book(stack, people["dewi"], full)
    give_up(stack, people["budi"], budi)
    let_wait(stack, people["budi"])
    scan = {"ticket": andi["ticket"]}
    stack.post(f"/v1/offices/{OFFICE}/scans", scan, headers=people["kiosk"]).raise_for_status()
    counter, called_at = f"/v1/offices/{ELSEWHERE}/counters/4/", f"/v1/offices/{OFFICE}/counters/2/"
    stack.post(f"{counter}open", {}, headers=people["officer_elsewhere"]).raise_for_status()
    for deed in ("open", "call"):
        stack.post(f"{called_at}{deed}", {}, headers=people["officer"]).raise_for_status()
    wait_until(partial(is_on_board, stack, ELSEWHERE, 4))
    wait_until(partial(is_called, stack, people["andi"]))
    planned = next(office["office"] for office in stack.get("/v1/offices?status=planned").json()["offices"])
    half = len(andi["ticket"]) // 2
    changed = "A" if andi["ticket"][half] != "A" else "B"
    words = Words(
        nothing=str(uuid.uuid4()),
        planned=planned,
        full=full,
        later=later,
        andis_code=andi["code"],
        andis_ticket=andi["ticket"],
        later_ticket=dewi["ticket"],
        tampered_ticket=f"{andi['ticket'][:half]}{changed}{andi['ticket'][half + 1 :]}",
        expired_ticket=expired_ticket(stack),
        cancelled_ticket=budi["ticket"],
        cancelled_code=budi["code"],
    )
    yield Story(stack=stack, people=people, words=words)
    stack.post(f"{counter}close", {}, headers=people["officer_elsewhere"]).raise_for_status()
    for deed in ("finish", "close"):
        stack.post(f"{called_at}{deed}", {}, headers=people["officer"]).raise_for_status()


@pytest.fixture(scope="module")
def before(story: Story) -> list[Any]:
    """What was there before the first bad input."""
    return story.state()


@pytest.mark.parametrize("name", BAD)
def test_a_bad_input_has_its_code_and_a_sentence_in_both_languages(
    story: Story, before: list[Any], name: str
) -> None:
    """A problem document (RFC 9457), and afterwards everything is as it was before."""
    bad = BAD[name]
    titles = set()
    for language in ("id", "en"):
        answer = story.send(bad, language)
        problem = answer.json()
        assert (answer.status_code, problem["code"]) == (bad.status, bad.code), answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["content-language"] == language
        assert problem["status"] == bad.status
        assert problem["type"] == f"/galat/{bad.code}"
        assert problem["title"].endswith(".")
        assert problem["detail"].endswith(".")
        assert "{" not in problem["detail"]
        titles.add(problem["title"])
    assert len(titles) == 2
    assert story.state() == before


def test_who_was_refused_may_still_do_what_is_right(story: Story) -> None:
    """Andi's booking still has its place and is answered to its key; Citra still gets a place."""
    again = story.stack.get("/v1/bookings", headers=story.people["andi"]).json()["bookings"]
    assert [booking["code"] for booking in again] == [story.words.andis_code]
    book(story.stack, story.people["citra"], story.words.later)
