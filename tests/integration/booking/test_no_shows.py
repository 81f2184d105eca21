"""Who does not come: nothing follows unless their office says so, and never for a day it did not work."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from contracts.envelope import enclose
from contracts.events import NoShowCounted, TicketNoShow, TicketScanned, TicketServed
from contracts.office_plan import NoShowPlan, OfficePlan
from contracts.requests.booking import Booking, BookSlot, ListBookings
from contracts.requests.dependents import AddDependent
from contracts.requests.no_show import NoShowWait
from contracts.requests.waitlist import JoinWaitlist
from contracts.trace import new_traceparent
from services.booking import errors
from services.booking.domain.no_show import NoShowRule
from services.booking.handlers import dependents, no_shows, own_bookings, visits, waitlists
from tests.integration.booking.desk import NOW, TARAKAN, TODAY, Desk
from tests.integration.booking.planning import TOMORROW, about, apply, closed, plan, slot_ids
from tests.integration.booking.test_assistance import assist
from tests.integration.booking.test_villages import village
from tests.integration.booking.test_visits import hear, ticket

RULE = {"after": 2, "within_days": 90, "wait_days": 14}
HOUR = timedelta(hours=1)
RULED_ONCE = NoShowRule(after=1, within_days=90, wait_days=14, since=TODAY)
TWO_WEEKS_LATER = TODAY + timedelta(days=14)


def ruled(desk: Desk, **changes: Any) -> None:
    """Let Tarakan have a rule."""
    apply(desk, plan(no_show={**RULE, **changes}))
    desk.heard()


def miss(desk: Desk, person: str, *, hour: int, key: str, version: int = 3) -> Booking:
    """Book an hour of today and do not come when called."""
    booking = desk.book(person, desk.add_slot(hour=hour, service="collection"), key=key)
    hear(desk, ticket(booking, TicketNoShow, version=version, no_shows=1))
    return booking


def waits(desk: Desk, person: str, *, now: datetime = NOW) -> tuple[NoShowWait, ...]:
    """Read the waits that somebody is shown."""
    query = ListBookings(person_id=person)
    return desk.do(own_bookings.list_bookings, query, signer=desk.ticket_signer, now=now).waits


def told(desk: Desk) -> list[tuple[int, date | None]]:
    """Take what was told of no-shows since the last look: how many count, and from when one may book."""
    return [(one.missed, one.book_from) for one in about(desk, NoShowCounted)]  # type: ignore[attr-defined]


def test_where_the_office_has_no_rule_nothing_follows(desk: Desk) -> None:
    """As it is by default."""
    apply(desk, plan())
    person = desk.person()
    for number, hour in enumerate((9, 10, 11)):
        miss(desk, person, hour=hour, key=f"key-000{number}")
    desk.do(no_shows.count_absent, "TRK")
    assert desk.book(person, desk.add_slot(hour=14, service="collection"), key="key-0009").status == "booked"
    assert (waits(desk, person), told(desk)) == ((), [])


def test_who_misses_as_many_visits_as_the_rule_says_is_warned_and_then_waits(desk: Desk) -> None:
    """The refusal names the day; from that day on, by the office's clock, they book again."""
    ruled(desk)
    person = desk.person()
    miss(desk, person, hour=9, key="key-0001")
    assert (told(desk), waits(desk, person)) == ([(1, None)], ())
    miss(desk, person, hour=10, key="key-0002")
    assert told(desk) == [(2, TWO_WEEKS_LATER)]
    (wait,) = waits(desk, person)
    assert (wait.office, wait.book_from, wait.dependent) == ("TRK", TWO_WEEKS_LATER, None)
    free = desk.add_slot(hour=9, day=TWO_WEEKS_LATER, service="collection")
    with pytest.raises(errors.NoShowWait) as refused:
        desk.book(person, free, key="key-0003")
    assert refused.value.data["book_from"] == str(TWO_WEEKS_LATER)
    midnight = NOW.replace(hour=16, minute=0) + timedelta(days=13)
    assert waits(desk, person, now=midnight) == ()
    assert desk.book(person, free, key="key-0003", now=midnight).status == "booked"


def test_another_office_and_another_person_are_not_concerned(desk: Desk) -> None:
    """The rule is one office's, and the wait one person's."""
    ruled(desk, after=1)
    person, other = desk.people(2)
    miss(desk, person, hour=9, key="key-0001")
    assert desk.book(other, desk.add_slot(hour=14, service="collection")).status == "booked"
    with pytest.raises(errors.NoShowWait):
        desk.do(
            waitlists.join_waitlist,
            JoinWaitlist(
                person_id=person, office="TRK", for_service="new", first_date=TODAY, last_date=TODAY
            ),
        )


def test_a_dependents_wait_is_theirs_alone(desk: Desk) -> None:
    """Their guardian, who did come, books on; and is told of it."""
    ruled(desk, after=1)
    guardian = desk.registered("6571014107700001")
    child = desk.do(
        dependents.add_dependent,
        AddDependent(
            guardian_id=guardian,
            nik="6571011708200011",
            name="Anak Andi",
            display_name="Adik",
            birth_date=date(2020, 8, 17),
        ),
        adding=desk.adding(),
    ).person_id

    def ask(slot: str, key: str, **who: Any) -> Any:
        command = BookSlot(person_id=guardian, slot_id=slot, idempotency_key=key, **who)
        return desk.try_book(command)[0]

    first = ask(
        desk.add_slot(hour=9, service="collection"), "key-0001", with_holder=False, dependents=(child,)
    )
    hear(desk, ticket(first, TicketNoShow, no_shows=1))
    (wait,) = waits(desk, guardian)
    assert (wait.dependent, wait.display_name) == (child, "Adik")
    later = desk.add_slot(hour=14, service="collection")
    assert ask(later, "key-0002", dependents=(child,)).code == "no_show_wait"
    assert ask(later, "key-0003").status == "booked"


@pytest.mark.parametrize("after_all", [TicketScanned, TicketServed])
def test_who_comes_after_all_waits_no_more(desk: Desk, after_all: Any) -> None:
    """And is told so."""
    ruled(desk, after=1)
    person = desk.person()
    booking = miss(desk, person, hour=9, key="key-0001")
    assert waits(desk, person)
    desk.heard()
    hear(desk, ticket(booking, after_all, version=9, no_shows=1))
    assert (waits(desk, person), told(desk)) == ((), [(0, None)])


def test_a_cancelled_booking_is_not_missed(desk: Desk) -> None:
    """Not even when its day has long gone by."""
    ruled(desk, after=1)
    person, other = desk.people(2)
    booking = desk.book(person, desk.add_slot(hour=9, service="collection"))
    desk.cancel(person, booking.code)
    served = desk.book(other, desk.add_slot(hour=10, service="collection"))
    hear(desk, ticket(served, TicketServed))
    desk.do(no_shows.count_absent, "TRK", now=NOW + timedelta(days=2))
    assert waits(desk, person) == ()


def test_who_never_came_is_counted_a_day_later_if_anybody_came(desk: Desk) -> None:
    """An office of which nothing was heard may have served them without a link."""
    ruled(desk, after=1)
    person, other = desk.people(2)
    missed = desk.book(person, desk.add_slot(hour=9, service="collection"))
    served = desk.book(other, desk.add_slot(hour=10, service="collection"))
    tomorrow = NOW + timedelta(hours=20)
    day_after = NOW + timedelta(hours=26)
    desk.heard()
    desk.do(no_shows.count_absent, "TRK", now=day_after)
    assert (desk.booking(person, missed.code).status, told(desk)) == ("booked", [])
    hear(desk, ticket(served, TicketServed), at=served.ends_at)
    desk.do(no_shows.count_absent, "TRK", now=tomorrow)
    assert desk.booking(person, missed.code).status == "booked"
    for _ in range(2):
        desk.do(no_shows.count_absent, "TRK", now=day_after)
    assert desk.booking(person, missed.code).status == "no_show"
    assert told(desk) == [(1, TWO_WEEKS_LATER)]
    hear(desk, ticket(missed, TicketServed))
    desk.do(no_shows.count_absent, "TRK", now=day_after)
    assert (desk.booking(person, missed.code).status, waits(desk, person)) == ("served", ())


def test_who_never_came_is_counted_only_where_the_day_was_told_until_then(desk: Desk) -> None:
    """Who was to come at ten, after the link was lost, may have been served; the next ticket tells."""
    ruled(desk, after=1)
    early, late, other, third = desk.people(4)
    at_eight = desk.book(early, desk.add_slot(hour=8, service="collection"), now=NOW - HOUR)
    at_ten = desk.book(late, desk.add_slot(hour=10, service="collection"))
    before_the_gap = desk.book(other, desk.add_slot(hour=9, service="collection"))
    next_day = desk.book(third, desk.add_slot(hour=9, day=TOMORROW, service="collection"))
    two_days_later = NOW + timedelta(days=2)
    hear(desk, ticket(before_the_gap, TicketServed), at=NOW + HOUR)
    desk.do(no_shows.count_absent, "TRK", now=two_days_later)
    assert desk.booking(early, at_eight.code).status == "no_show"
    assert desk.booking(late, at_ten.code).status == "booked"
    hear(desk, ticket(next_day, TicketScanned, date=TOMORROW), at=next_day.starts_at)
    desk.do(no_shows.count_absent, "TRK", now=two_days_later)
    assert desk.booking(late, at_ten.code).status == "no_show"


def test_an_office_whose_clock_is_fast_has_told_nothing_of_what_is_to_come(desk: Desk) -> None:
    """Its word counts until the moment at which it was heard."""
    ruled(desk, after=1)
    person, other = desk.people(2)
    missed = desk.book(person, desk.add_slot(hour=14, service="collection"))
    came = ticket(desk.book(other, desk.add_slot(hour=9, service="collection")), TicketScanned)
    fast = enclose(came, now=NOW + timedelta(days=3), traceparent=new_traceparent())
    desk.do(visits.remember_visits, [fast])
    desk.do(no_shows.count_absent, "TRK", now=NOW + timedelta(days=2))
    assert desk.booking(person, missed.code).status == "booked"


@pytest.mark.parametrize(
    "closure",
    [
        pytest.param({}, id="the whole day"),
        pytest.param({"hours": "08.00-10.00"}, id="the visit's own hours"),
    ],
)
def test_an_office_that_was_closed_excuses_who_did_not_come(desk: Desk, closure: dict[str, str]) -> None:
    """Also when that is written down a day later; taken back, it counts again."""
    ruled(desk, after=1)
    person = desk.person()
    miss(desk, person, hour=9, key="key-0001")
    desk.heard()
    day_later = NOW + timedelta(days=1)
    apply(desk, _with_rule(closed(TODAY, **closure)), now=day_later)
    assert (waits(desk, person), told(desk)) == ((), [(0, None)])
    apply(desk, plan(no_show={**RULE, "after": 1}), now=day_later)
    assert [wait.book_from for wait in waits(desk, person)] == [TWO_WEEKS_LATER]


def test_hours_closed_elsewhere_on_the_day_afterwards_excuse_nobody(desk: Desk) -> None:
    """The visits were at nine and ten, and the afternoon was closed: nothing kept their people away."""
    ruled(desk, after=1)
    people = desk.people(2)
    for person, hour in zip(people, (9, 10), strict=True):
        miss(desk, person, hour=hour, key="key-0001")
    apply(desk, _with_rule(closed(TODAY, hours="13.00-16.00")), now=NOW + timedelta(days=1))
    assert all(waits(desk, person) for person in people)


def test_hours_withdrawn_on_the_day_itself_excuse_everybody_of_it(desk: Desk) -> None:
    """An outage that is declared: people may have turned round on their way."""
    ruled(desk, after=1)
    person = desk.person()
    miss(desk, person, hour=9, key="key-0001")
    assert slot_ids(desk, TODAY)
    apply(desk, _with_rule(closed(TODAY, hours="13.00-16.00")))
    assert waits(desk, person) == ()


def test_a_rule_that_is_given_up_ends_all_waits_and_a_new_one_begins_anew(desk: Desk) -> None:
    """What was missed before it does not count."""
    ruled(desk, after=1)
    person = desk.person()
    miss(desk, person, hour=9, key="key-0001")
    desk.heard()
    apply(desk, plan())
    assert (waits(desk, person), told(desk)) == ((), [(0, None)])
    apply(desk, plan(no_show={**RULE, "after": 1}), now=NOW + timedelta(days=1))
    assert waits(desk, person) == ()


def test_an_officer_books_for_who_waits_and_a_village_does_not(desk: Desk) -> None:
    """Somebody at the office has to be able to hear a reason; the village's clerk is told from when."""
    desk.add_office(replace(TARAKAN, covers=("Kabupaten Malinau",), no_show=RULED_ONCE))
    clerk = village(desk, "Kabupaten Malinau: Mentarang")
    missed = assist(desk, desk.add_slot(hour=9))
    hear(desk, ticket(missed, TicketNoShow, no_shows=1))
    later = desk.add_slot(hour=14)
    with pytest.raises(errors.NoShowWait) as refused:
        assist(desk, later, officer_id=clerk, role="village")
    assert refused.value.data["book_from"] == str(TWO_WEEKS_LATER)
    assert assist(desk, later).status == "booked"


def _with_rule(changed: OfficePlan) -> OfficePlan:
    return replace(changed, no_show=NoShowPlan(after=1, within_days=90, wait_days=14))
