"""docs/screens.md shows every state that axe looks at."""

import re

from tests.e2e.all_states import ALL_STATES, AREAS, states_of
from tests.e2e.screens_page import PAGE, PICTURES, picture_of


def test_every_state_has_its_picture_and_its_line() -> None:
    """Of a state that is new or named anew `python -m tests.e2e.gallery` with its name takes one."""
    told = re.findall(r"^\| (.+?) \| `.+?` \| .+? \| <a href=\"(.+?)\">", PAGE.read_text(), re.MULTILINE)

    assert {name for name, _ in told} == set(ALL_STATES)
    assert {PAGE.parent / file for _, file in told} == {picture_of(name) for name in ALL_STATES}
    assert set(PICTURES.iterdir()) == {picture_of(name) for name in ALL_STATES}


def test_each_state_is_in_one_area() -> None:
    """None is left out, and none is shown twice."""
    assert sorted(name for area in AREAS for name in states_of(area)) == sorted(ALL_STATES)
