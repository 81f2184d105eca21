"""Who waits for a place is told of it while it is kept, and who moved where to."""

from datetime import timedelta

from tests.integration.notify.post import Post
from tests.unit.notify.samples import booking_rescheduled, slot_booked, waitlist_offered

OFFERED = ("waitlist_offered", "whatsapp", 1)


def test_an_offer_reaches_the_phone_and_the_mailbox_once(post: Post) -> None:
    """However often its event comes."""
    post.hear(waitlist_offered(), waitlist_offered())
    assert post.deliver() == 2
    assert set(post.statuses().values()) == {"delivered"}


def test_an_offer_that_has_ended_is_not_told(post: Post) -> None:
    """The place is somebody else's by then."""
    post.hear(waitlist_offered())
    post.now += timedelta(hours=2)
    assert post.deliver() == 0
    post.look_after()
    assert post.statuses()[OFFERED] == "failed"


def test_an_offer_whose_event_comes_after_its_end_is_not_told(post: Post) -> None:
    """A replayed event tells nothing that is over."""
    post.now += timedelta(hours=3)
    post.hear(waitlist_offered())
    assert post.deliver() == 0


def test_a_move_takes_the_place_of_a_confirmation_that_did_not_get_out(post: Post) -> None:
    """In either order; the earlier hour is told to nobody any more."""
    for events in ((slot_booked(), booking_rescheduled()), (booking_rescheduled(), slot_booked())):
        post.hear(*events)
    assert post.deliver() == 2
    delivered = [key for key, status in post.statuses().items() if status == "delivered"]
    assert {template for template, _, _ in delivered} == {"booking_rescheduled"}


def test_each_move_is_told(post: Post) -> None:
    """A second one is no repetition of the first."""
    for version in (2, 3):
        post.hear(booking_rescheduled(version=version))
        assert post.deliver() == 2
    assert post.statuses()["booking_rescheduled", "email", 3] == "delivered"
