"""The guards against telling twice, or the wrong thing, when two transactions meet; each with its control."""

import pytest
from sqlalchemy import TextClause, text

from chassis.database import Transaction
from services.notify.store import intake, outgoing
from services.notify.store.outgoing import Taken
from tests.contention import overlap
from tests.integration.notify.post import LEASE_SECONDS, MOST_LOST, Post, tell
from tests.unit.notify.samples import booking_cancelled, counter_called, slot_booked


def take(tx: Transaction) -> Taken | None:
    return outgoing.take(tx, "whatsapp", lease_seconds=LEASE_SECONDS, most_lost=MOST_LOST)


def take_in_own_transaction(post: Post) -> Taken | None:
    with post.transaction() as tx:
        return take(tx)


def book(tx: Transaction) -> None:
    tell(tx, slot_booked())


def without(statement: TextClause, guard: str) -> TextClause:
    assert guard in statement.text
    return text(statement.text.replace(guard, ""))


def test_two_senders_at_once_never_take_the_same_message(post: Post) -> None:
    """The second one passes over what the first one has locked, and does not wait for it."""
    post.hear(counter_called())
    first, second = overlap(
        post.database, take, lambda: take_in_own_transaction(post), second_waits=False, now=post.now
    )
    assert first is not None
    assert second is None


def test_without_the_row_lock_two_senders_take_the_same_message(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Control of the test above."""
    monkeypatch.setattr(outgoing, "_TAKE", without(outgoing._TAKE, "FOR UPDATE SKIP LOCKED"))
    post.hear(counter_called())
    first, second = overlap(
        post.database, take, lambda: take_in_own_transaction(post), second_waits=True, now=post.now
    )
    assert first is not None
    assert second is not None
    assert first.id == second.id


def test_a_cancellation_that_arrives_together_with_its_booking_supersedes_it(post: Post) -> None:
    """The second transaction waits for the first one's topic, and then sees its message."""
    overlap(post.database, book, lambda: post.hear(booking_cancelled()), second_waits=True, now=post.now)
    assert post.statuses()["booking_confirmed", "whatsapp", 1] == "superseded"


def test_without_the_topic_lock_a_cancelled_booking_is_confirmed(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Control of the test above."""
    monkeypatch.setattr(intake, "_LOCK_TOPICS", text("SELECT :topics"))
    overlap(post.database, book, lambda: post.hear(booking_cancelled()), second_waits=False, now=post.now)
    assert post.statuses()["booking_confirmed", "whatsapp", 1] == "due"


def test_an_outcome_without_a_claim_changes_nothing(post: Post) -> None:
    """Whoever took the message later has the say."""
    post.hear(counter_called())
    with post.transaction() as tx:
        early = take(tx)
    post.now = post.now.replace(minute=post.now.minute + 2)
    with post.transaction() as tx:
        late = take(tx)
    assert early is not None
    assert late is not None
    with post.transaction() as tx:
        outgoing.mark_failed(tx, early, "too late to say so")
    assert post.told() == []
    with post.transaction() as tx:
        outgoing.mark_delivered(tx, late, "wamid.1")
    assert [row["status"] for row in post.rows()] == ["delivered"]


def test_without_the_claim_an_outdated_outcome_would_stand(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Control of the test above."""
    monkeypatch.setattr(outgoing, "_FAILED", without(outgoing._FAILED, "AND attempts = :attempts"))
    post.hear(counter_called())
    with post.transaction() as tx:
        early = take(tx)
    post.now = post.now.replace(minute=post.now.minute + 2)
    with post.transaction() as tx:
        assert take(tx) is not None
    assert early is not None
    with post.transaction() as tx:
        outgoing.mark_failed(tx, early, "too late to say so")
    assert [row["status"] for row in post.rows()] == ["failed"]
