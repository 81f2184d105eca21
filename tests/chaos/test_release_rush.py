"""The release second over HTTP: 6,000 people, 2,400 places, two processes that sell them.

The same rush with a process that does not lock slots, and no constraint behind it, sells too much: that
is the negative control.
"""

import logging
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bench.citizens import make_citizens, sign_tokens
from chassis.topology import parked_queue
from cli.up.keys import key_files
from tests.chaos.rush import Told, Wish, crowd, rush
from tests.processes import Process, service_command, wait_until
from tests.stack import Stack
from tests.wire import open_wire

pytestmark = pytest.mark.timeout(400)

SLOTS, CAPACITY, PEOPLE = 8, 300, 6_000
REPLAYS, CUTS, SECOND_WISHES = PEOPLE // 10, 100, 300
EARLY = 1_000
"""Of so many first wishes every one finds a place, whatever the disorder."""

EVERY_DAY = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

_FREE_SLOTS = """
    SELECT slot_id FROM slot
    WHERE office = %s AND service = 'new' AND capacity = %s AND booked = 0
        AND NOT is_withdrawn AND released_at <= now()
    ORDER BY starts_at DESC LIMIT %s
"""
_COUNTS = """
    SELECT s.booked, (SELECT count(*) FROM booking b WHERE b.slot_id = s.slot_id AND b.status = 'booked')
    FROM slot s WHERE s.slot_id = ANY(%s)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Centre:
    """The running system, and its databases."""

    stack: Stack

    def rows(self, database: str, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Ask a service's database."""
        with psycopg.connect(self.stack.database_url(database), autocommit=True) as connection:
            return connection.execute(query, values).fetchall()

    def open_slots(self, office: str, places: int) -> list[str]:
        """Let an office's head plan so many places an hour; return the ids of slots that nobody booked."""
        plan = {
            "office": office,
            "services": ["new"],
            "counters": 4,
            "observes_holidays": False,
            "hours": [{"valid_from": "2026-01-01", "week": [{"days": EVERY_DAY, "open": "00.00-24.00"}]}],
            "slots": {"minutes": 60, "places": places},
        }
        head = self.stack.sign_in(f"kepala.{office.lower()}")
        self.stack.put(f"/v1/offices/{office}/plan", {"plan": plan}, headers=head).raise_for_status()
        opened = [str(slot_id) for (slot_id,) in self.rows("booking", _FREE_SLOTS, office, places, SLOTS)]
        assert len(opened) == SLOTS
        return opened

    def people(self, count: int) -> list[tuple[str, str]]:
        """Make so many accounts; return their ids and tokens."""
        people = make_citizens(self.stack.database_url("booking"), count)
        return list(zip(people, sign_tokens(self.stack.folder / "keys", people), strict=True))

    def seller(self, folder: Path, target: str) -> Process:
        """Describe one more process that sells."""
        environment = {
            **key_files(self.stack.folder / "keys"),
            "DATABASE_URL": self.stack.database_url("booking"),
            "AMQP_URL": self.stack.amqp_url,
        }
        return Process(
            command=service_command(target), environment=environment, log_file=folder / "seller.log"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Aftermath:
    """What the clients were told, and where it happened."""

    centre: Centre
    slot_ids: list[str]
    told: list[Told]

    def booked(self) -> list[Told]:
        """Return the answers that told of a booking."""
        return [told for told in self.told if told.status == 201]

    def bookings(self) -> list[tuple[str, str]]:
        """Return the ids and persons of all bookings that stand in these slots."""
        query = "SELECT booking_id, person_id FROM booking WHERE slot_id = ANY(%s) AND status = 'booked'"
        rows = self.centre.rows("booking", query, self.slot_ids)
        return [(str(booking), str(person)) for booking, person in rows]


@pytest.fixture(scope="module")
def centre(stack: Stack) -> Centre:
    """The whole system."""
    return Centre(stack=stack)


@pytest.fixture(scope="module")
def aftermath(centre: Centre, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aftermath]:
    """The rush, once for all that is asserted of it."""
    seed = random.SystemRandom().randrange(10**6)
    logging.getLogger(__name__).warning("seed %s", seed)
    seller = centre.seller(tmp_path_factory.mktemp("seller"), "services.booking.service:BookingService")
    try:
        seller.start()
        slot_ids = centre.open_slots("TRK", CAPACITY)
        wishes = _all_that_happens(crowd(centre.people(PEOPLE), slot_ids, seed=seed), slot_ids, seed=seed)
        told = rush(centre.stack.ports.gateway, wishes)
        assert seller.metric('antrean_request_batch_size_count{request="BookSlot"}') > 0
        yield Aftermath(centre=centre, slot_ids=slot_ids, told=told)
    finally:
        seller.stop()


def _all_that_happens(wishes: list[Wish], slot_ids: list[str], *, seed: int) -> list[Wish]:
    """Let some lose their connection, some repeat themselves, and some try a second slot."""
    disorder = random.Random(seed)  # noqa: S311
    cut = [replace(wish, cut=True) for wish in wishes[:CUTS]]
    early = [*cut, *wishes[CUTS:EARLY]]
    disorder.shuffle(early)
    replayed = disorder.sample(wishes, REPLAYS)
    others = disorder.sample(wishes[EARLY:], SECOND_WISHES)
    second = [
        replace(wish, slot_id=disorder.choice(slot_ids), key=f"second-{wish.person}") for wish in others
    ]
    late = [*wishes[EARLY:], *replayed, *second]
    disorder.shuffle(late)
    return early + late


def test_every_place_is_sold_and_none_twice(aftermath: Aftermath) -> None:
    """2,400 of 2,400: the counters say so, and so do the rows."""
    counts = aftermath.centre.rows("booking", _COUNTS, aftermath.slot_ids)
    assert counts == [(CAPACITY, CAPACITY)] * SLOTS


def test_nobody_has_two_bookings(aftermath: Aftermath) -> None:
    """Replays and second wishes notwithstanding."""
    per_person = Counter(person for _, person in aftermath.bookings())
    assert set(per_person.values()) == {1}


def test_every_booking_that_somebody_was_told_of_stands(aftermath: Aftermath) -> None:
    """It is theirs; and every booking was told to somebody."""
    told = {(one.body["booking_id"], one.wish.person) for one in aftermath.booked()}
    assert told == set(aftermath.bookings())


def test_whoever_asks_again_with_the_same_key_is_told_the_same_booking(aftermath: Aftermath) -> None:
    """Those who repeated themselves, and all 100 whose connection was cut after the commit."""
    by_key: dict[str, set[str]] = {}
    for one in aftermath.booked():
        by_key.setdefault(one.wish.key, set()).add(one.body["booking_id"])
    assert {len(bookings) for bookings in by_key.values()} == {1}
    assert len(aftermath.booked()) > SLOTS * CAPACITY
    cut = [one.status for one in aftermath.told if one.wish.cut]
    assert cut == [201] * CUTS


def test_everybody_else_is_told_why(aftermath: Aftermath) -> None:
    """The slot is full, or the person has a booking already; no other answer occurs."""
    outcomes = Counter(one.outcome for one in aftermath.told)
    assert outcomes.total() == PEOPLE + REPLAYS + SECOND_WISHES
    assert outcomes.keys() <= {"booked", "slot_full", "already_booked"}
    assert outcomes["slot_full"] >= PEOPLE - SLOTS * CAPACITY


def test_check_in_knows_every_ticket_in_the_end(aftermath: Aftermath) -> None:
    """Each event arrived, and none was given up."""
    sold = {booking for booking, _ in aftermath.bookings()}

    def all_known() -> bool:
        query = "SELECT booking_id FROM expected_ticket WHERE version > 0 AND NOT cancelled"
        return sold <= {str(booking) for (booking,) in aftermath.centre.rows("checkin", query)}

    wait_until(all_known, seconds=90, why=aftermath.centre.stack.said)
    with open_wire(aftermath.centre.stack.amqp_url) as wire:
        parked = {
            name: wire.queue_length(parked_queue(name).name) for name in ("checkin", "notify", "display")
        }
    assert set(parked.values()) == {0}, parked


def test_negative_control_without_the_lock_too_much_is_sold(aftermath: Aftermath, tmp_path: Path) -> None:
    """One of the two processes reads the free places without locking, and the constraint is gone."""
    centre = aftermath.centre
    with psycopg.connect(centre.stack.database_url("booking"), autocommit=True) as connection:
        connection.execute("ALTER TABLE slot DROP CONSTRAINT slot_not_oversold")
    seller = centre.seller(tmp_path, "tests.chaos.without_slot_lock:BookingService")
    try:
        seller.start()
        assert any(_is_oversold(centre, seed) for seed in range(5))
    finally:
        seller.stop()


def _is_oversold(centre: Centre, seed: int) -> bool:
    """Sell a tenth of the places to a tenth of the people; a busy machine may refuse most of them."""
    slot_ids = centre.open_slots("SKW", CAPACITY // 10)
    rush(centre.stack.ports.gateway, crowd(centre.people(PEOPLE // 10), slot_ids, seed=seed))
    sold = sum(rows for _, rows in centre.rows("booking", _COUNTS, slot_ids))
    return bool(sold > SLOTS * CAPACITY // 10)
