"""A call that an officer undid: who heard of it hears that they wait again, and nobody else."""

from datetime import timedelta

from services.notify.domain.messages import of_ticket
from tests.integration.notify.post import CALL_OF_USE, Post
from tests.unit.notify.samples import NOW, call_undone, counter_called, ticket_scanned

CALLED = (
    "ticket_called",
    "whatsapp",
    of_ticket(counter_called(), call_of_use=CALL_OF_USE)[0].occurrence,
)
UNDONE = ("call_undone", "whatsapp", 3)


def test_who_was_told_of_the_call_is_told_that_it_was_undone(post: Post) -> None:
    """And when they are called anew, of that."""
    post.hear(ticket_scanned(), counter_called())
    post.deliver()
    post.hear(call_undone())
    assert post.statuses()[UNDONE] == "due"
    post.deliver()
    assert post.statuses()[UNDONE] == "delivered"
    anew = counter_called(version=4, called_at=NOW + timedelta(minutes=20))
    post.hear(anew)
    [message] = of_ticket(anew, call_of_use=CALL_OF_USE)
    assert post.statuses()["ticket_called", "whatsapp", message.occurrence] == "due"


def test_a_call_that_was_not_told_yet_is_dropped(post: Post) -> None:
    """So there is nothing to take back, in whatever order the two are heard."""
    post.hear(counter_called(), call_undone())
    assert post.statuses() == {CALLED: "superseded", UNDONE: "superseded"}
    assert post.deliver() == 0


def test_a_call_that_is_heard_after_its_undoing_is_not_told(post: Post) -> None:
    """The ticket is newer."""
    post.hear(call_undone(), counter_called())
    assert post.statuses() == {UNDONE: "superseded"}


def test_who_was_told_their_number_last_is_told_nothing(post: Post) -> None:
    """They never heard that a counter called."""
    post.hear(ticket_scanned())
    post.deliver()
    post.hear(call_undone())
    assert post.statuses()[UNDONE] == "superseded"


def test_each_undoing_is_told(post: Post) -> None:
    """Once, however often its event comes."""
    for version in (2, 4):
        post.hear(counter_called(version=version, called_at=NOW + timedelta(minutes=version)))
        post.deliver()
        post.hear(call_undone(version=version + 1), call_undone(version=version + 1))
        post.deliver()
    told = [row["template"] for row in post.rows() if row["status"] == "delivered"]
    assert told == ["ticket_called", "call_undone"] * 2
