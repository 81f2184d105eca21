"""Whatever notify hears of is kept as its producer tells it, sent, and taken by both providers."""

from datetime import timedelta

import pytest

from contracts.documents.examples import EXAMPLES
from contracts.events import SUBSCRIPTIONS
from contracts.events.accounts import AddressTold
from tests.integration.notify.post import Post
from tests.unit.notify.samples import office_changed

_NOT_TOLD = {"OfficeChanged", "ContactChanged", "PersonErased"}
_OTHERWISE: dict[str, set[str]] = {"PaymentSettled": {"superseded"}, "TicketRestored": set()}
"""Who has paid in time is told of the booking; a call that was undone is told where the call was."""

TOLD = sorted(
    kind.__name__
    for kind in SUBSCRIPTIONS["notify"]
    if kind.__name__ not in _NOT_TOLD and not issubclass(kind, AddressTold)
)


@pytest.mark.parametrize("name", TOLD)
def test_what_is_told_of_an_event_is_kept_and_sent(post: Post, name: str) -> None:
    """With the very values of the catalogue of events."""
    envelope = EXAMPLES[name]
    event = envelope.data
    post.now = envelope.time - timedelta(days=1)
    post.know_office(office=event.event_office or office_changed().office)
    post.know_contact(person_id=event.person_id)  # type: ignore[attr-defined]
    post.hear(event)
    assert {row["status"] for row in post.rows()} <= {"due", "scheduled", "superseded"}
    post.deliver()
    became = {row["status"] for row in post.rows() if row["status"] != "scheduled"}
    assert became == _OTHERWISE.get(name, {"delivered"}), post.rows()
