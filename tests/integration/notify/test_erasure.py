"""Notify forgets a person whose data were erased."""

from sqlalchemy import text

from contracts.events import PersonErased
from services.notify import handlers
from tests.integration.notify.post import Post
from tests.unit.notify.samples import PERSON, counter_called, slot_booked, waitlist_offered


def erase(post: Post) -> None:
    event = PersonErased(version=2, person_id=PERSON, people=(PERSON,), bookings=())
    with post.transaction() as tx:
        handlers.forget_person(tx, event)


def dump(post: Post) -> str:
    with post.database.engine.connect() as connection:
        contacts = connection.execute(text("SELECT contact::text FROM contact")).scalars().all()
        messages = connection.execute(text("SELECT message::text FROM message")).scalars().all()
    return "".join([*contacts, *messages])


def test_neither_address_nor_message_is_left(post: Post) -> None:
    """Sent or not."""
    post.hear(slot_booked())
    assert post.phone in dump(post)
    erase(post)
    for secret in (post.phone, post.mailbox, "Pak Andi", "TRK-7KQ2MX"):
        assert secret not in dump(post)
    assert post.deliver() == 0


def test_a_contact_that_comes_late_stays_out(post: Post) -> None:
    """Events of different kinds arrive in any order."""
    erase(post)
    post.know_contact(version=7)
    assert post.phone not in dump(post)


def test_nothing_is_told_of_what_comes_late(post: Post) -> None:
    """Neither kept for later nor tried; others who are told in the same transaction are."""
    erase(post)
    post.hear(slot_booked(), counter_called(), waitlist_offered())
    post.know_contact(version=7)
    assert post.rows() == []
    other = "01976a00-0000-7000-8000-000000000002"
    post.hear_together(slot_booked(), slot_booked(booking_id=other, person_id=other))
    assert {str(row["person_id"]) for row in post.rows()} == {other}


def test_who_was_never_known_is_forgotten_too(post: Post) -> None:
    """The contact may still be on its way."""
    with post.database.engine.begin() as connection:
        connection.execute(text("DELETE FROM contact"))
    erase(post)
    post.know_contact()
    assert post.phone not in dump(post)
