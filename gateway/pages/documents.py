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
    """List what a child under 17 brings; nothing where a passport is only collected."""
    return () if service == "collection" else _LISTS[CHILD][locale]
