"""What a rush costs when thousands of messages wait: none of it reads them all."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from sqlalchemy import Connection, event, text

from tests.integration.notify.post import Post, new_id
from tests.unit.notify.samples import slot_booked

WAITING = 20_000
_MESSAGES = text("""
    INSERT INTO message (id, topic, version, template, occurrence, channel, person_id, office, facts, urgent,
        status, due_at, expires_at, traceparent, created_at, changed_at)
    SELECT gen_random_uuid(), 'booking/' || nth / :of_one_topic, 1, 'booking_confirmed', nth, 'email',
        gen_random_uuid(), 'TRK', '{}', false, :status, :now, CAST(:now AS timestamptz) + interval '9 days',
        '-', :now, :now
    FROM generate_series(CAST(:first AS int), :last) AS nth
""")


@pytest.fixture
def crowded(post: Post) -> Post:
    """Messages wait whose people nobody knows; when the database last looked there were few."""
    told = {"of_one_topic": 12, "first": 1, "last": 2_000, "status": "delivered", "now": post.now}
    some = {"of_one_topic": 1, "first": 3_000, "last": 3_040, "status": "waiting", "now": post.now}
    with post.database.engine.begin() as connection:
        connection.execute(_MESSAGES, told)
        connection.execute(_MESSAGES, some)
        connection.execute(text("ANALYZE message"))
        connection.execute(_MESSAGES, some | {"first": 4_000, "last": 4_000 + WAITING})
    return post


def nodes(plan: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """List the steps of a plan."""
    yield plan
    for part in plan.get("Plans", ()):
        yield from nodes(part)


def rows_read(connection: Connection, statement: str, parameters: Any) -> int:
    """Run a statement and count what its busiest step read or threw away."""
    explained = connection.exec_driver_sql(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", parameters)
    return max(
        int(node["Actual Loops"] * (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)))
        for node in nodes(explained.scalar_one()[0]["Plan"])
    )


def busiest(post: Post, told: list[tuple[str, Any]]) -> int:
    """Do statements again, to no effect, and return how many rows the busiest step read."""
    with post.database.engine.connect() as connection:
        connection.execute(text("TRUNCATE inbox"))
        found = [rows_read(connection, statement, parameters) for statement, parameters in told]
        connection.rollback()
    return max(found)


def written_down(post: Post, act: Any) -> list[tuple[str, Any]]:
    """Collect what is asked of the messages."""
    told: list[tuple[str, Any]] = []

    def keep(_: object, __: object, statement: str, parameters: Any, *___: object) -> None:
        if "message" in statement and "EXPLAIN" not in statement:
            told.append((statement, parameters))

    event.listen(post.database.engine, "before_cursor_execute", keep)
    try:
        act()
    finally:
        event.remove(post.database.engine, "before_cursor_execute", keep)
    return told


def test_messages_are_taken_in_without_reading_those_that_wait(crowded: Post) -> None:
    """A hundred bookings at once."""
    bookings = [slot_booked(booking_id=new_id(), person_id=new_id()) for _ in range(100)]
    told = written_down(crowded, lambda: crowded.hear_together(*bookings))
    assert 0 < busiest(crowded, told) < WAITING / 10


def test_senders_find_what_is_due_without_reading_what_waits(crowded: Post) -> None:
    """Also while there is nothing to send."""
    told = written_down(crowded, crowded.deliver)
    assert len(told) >= 2
    assert busiest(crowded, told) < WAITING / 10
