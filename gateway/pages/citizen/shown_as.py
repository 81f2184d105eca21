"""How a hall board would show somebody by each choice, for the pages on which people choose."""

from collections.abc import Mapping

from contracts.hall_name import SHOWN_AS, hall_name
from contracts.words import ShownAs

_EXAMPLE = {"name": "Andi Pratama", "address": "Pak", "nickname": "Andi"}
"""Whom a form shows that is not filled in yet."""


def previews(name: str, display_name: str) -> dict[ShownAs, str | None]:
    """Return what the hall shows by each choice, the whole name first; nothing where the number alone."""
    return {choice: hall_name(choice, name=name, display_name=display_name) for choice in SHOWN_AS}


def previews_of_form(form: Mapping[str, str]) -> dict[ShownAs, str | None]:
    """Return the previews for who is filled in, or for an example."""
    is_filled = all(form.get(field) for field in _EXAMPLE)
    of = form if is_filled else _EXAMPLE
    return previews(of["name"], f"{of['address']} {of['nickname']}")
