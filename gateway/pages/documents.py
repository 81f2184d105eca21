"""What to bring along for a service; the lists, and where they come from, are in `documents.toml`."""

import tomllib
from collections.abc import Mapping, Sequence
from importlib.resources import files

from contracts.words import Locale, ServiceCode

CHILD = "child"

_LISTS: Mapping[str, Mapping[Locale, Sequence[str]]] = tomllib.loads(
    files("gateway").joinpath("documents.toml").read_text(encoding="utf-8")
)


def documents(service: ServiceCode, locale: Locale) -> Sequence[str]:
    """List what a grown-up brings."""
    return _LISTS[service][locale]


def childs_documents(service: ServiceCode, locale: Locale) -> Sequence[str]:
    """List what a child under 17 brings: each child's papers, and those that the service needs of anybody.

    Nothing where a passport is only collected.
    """
    if service == "collection":
        return ()
    return [*_LISTS[CHILD][locale], *_LISTS[f"{CHILD}_{service}"][locale]]
