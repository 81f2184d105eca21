"""What to bring along is told for every service, in both languages."""

from typing import get_args

import pytest

from contracts.words import Locale, ServiceCode
from gateway.pages.documents import childs_documents, documents


@pytest.mark.parametrize("locale", get_args(Locale))
@pytest.mark.parametrize("service", get_args(ServiceCode))
def test_every_service_says_what_to_bring(service: ServiceCode, locale: Locale) -> None:
    """The identity card first; each document in a line of its own, as many in either language."""
    listed = documents(service, locale)
    assert "KTP" in listed[0]
    assert len(listed) == len(set(listed)) == len(documents(service, "id"))


@pytest.mark.parametrize("locale", get_args(Locale))
def test_a_child_brings_the_parents_papers(locale: Locale) -> None:
    """But to a collection, to which no child need come."""
    assert len(childs_documents("new", locale)) == len(childs_documents("new", "id")) > 3
    assert childs_documents("collection", locale) == ()


@pytest.mark.parametrize(
    ("service", "more", "words"),
    [("renewal", 1, "Paspor lama"), ("epassport", 1, "Paspor lama"), ("replacement", 2, "kepolisian")],
)
def test_a_child_brings_what_the_service_needs_of_anybody(
    service: ServiceCode, more: int, words: str
) -> None:
    """After the papers of every child."""
    listed = childs_documents(service, "id")
    assert len(listed) == len(childs_documents("new", "id")) + more == len(childs_documents(service, "en"))
    assert words in " ".join(listed[-more:])
