"""Who is told of a bill, and who is not."""

from datetime import timedelta

import pytest

from contracts.events import BookingHeld
from tests.integration.notify.post import Post
from tests.unit.notify.samples import NOW
from tests.unit.notify.test_payments import EXPIRED, GIVEN_UP, payment, refund, settled

DUE = NOW + timedelta(hours=2)
HELD = payment(BookingHeld, due_at=DUE)


def told(post: Post) -> list[str]:
    """What the phone was told."""
    return [
        row["template"]
        for row in post.rows()
        if row["channel"] == "whatsapp" and row["status"] == "delivered"
    ]


def test_a_bill_is_told_once_with_its_code(post: Post) -> None:
    """However often the event comes."""
    post.hear(HELD, HELD)
    assert post.deliver() == 2
    assert told(post) == ["payment_due"]
    assert HELD.billing_code in post.sandbox.received(post.phone)[-1]["text"]


def test_a_bill_whose_hold_has_ended_is_not_told(post: Post) -> None:
    """Who waits for a provider that is away would pay for a place that is gone."""
    post.hear(HELD)
    post.now = DUE + timedelta(seconds=1)
    assert post.deliver() == 0


def test_a_bill_that_comes_after_its_end_is_not_told(post: Post) -> None:
    """Events arrive in any order."""
    post.hear(EXPIRED, HELD)
    post.deliver()
    assert told(post) == ["payment_expired"]


def test_what_became_of_late_money_is_told_after_all(post: Post) -> None:
    """And money that goes back beside it."""
    post.hear(settled("credited"), refund())
    post.deliver()
    assert sorted(told(post)) == ["payment_credited", "payment_refund_due"]


@pytest.mark.parametrize("is_late", [False, True])
def test_nobody_is_told_to_pay_what_is_paid(post: Post, is_late: bool) -> None:
    """In whatever order the events arrive."""
    paid = settled("confirmed", None)
    for event in (paid, HELD) if is_late else (HELD, paid):
        post.hear(event)
    assert post.deliver() == 0


def test_nobody_is_told_to_pay_what_was_given_up(post: Post) -> None:
    """But that there is nothing to pay, as they may have been told before."""
    post.hear(HELD)
    post.hear(GIVEN_UP)
    post.deliver()
    assert told(post) == ["hold_given_up"]


def test_who_paid_another_amount_is_still_told_to_pay(post: Post) -> None:
    """The bill stands."""
    post.hear(HELD)
    post.hear(settled("refund_due", None, status="due", version=2))
    post.deliver()
    assert told(post) == ["payment_due"]
