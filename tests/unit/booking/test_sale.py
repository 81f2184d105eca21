"""Who gets a place."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.words import OfficeStatus, PriorityClass
from services.booking.domain.booking import Booking
from services.booking.domain.offer import Offer
from services.booking.domain.quota import Places, Protected
from services.booking.domain.sale import Denied, Outcome, Reason, Sale
from services.booking.domain.wish import Citizen, Guest, Wish

NOW = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
NINE = Offer(
    slot_id="nine",
    office="TRK",
    office_status="pilot",
    service="new",
    date=date(2026, 11, 23),
    starts_at=NOW + timedelta(minutes=30),
    ends_at=NOW + timedelta(minutes=90),
    sell_until=NOW + timedelta(minutes=30),
    places=Places(capacity=1),
)
TEN = replace(NINE, slot_id="ten", places=Places(capacity=5))
FULL = Places(capacity=1, booked=1)


def wish(person_id: str, slot_id: str = "nine", key: str = "key-0001") -> Wish:
    return Wish(
        asker_id=person_id, slot_id=slot_id, idempotency_key=key, guests=(guest(person_id, slot_id, key),)
    )


def guest(
    person_id: str, slot_id: str = "nine", key: str = "key-0001", priority: PriorityClass = "regular"
) -> Guest:
    booking_id = f"{person_id}/{slot_id}/{key}"
    return Guest(person_id=person_id, booking_id=booking_id, code_number=7, priority=priority)


def sale(*offers: Offer, people: str = "abc", bookings: tuple[Booking, ...] = ()) -> Sale:
    citizens = [
        Citizen(
            person_id=person,
            display_name=f"Pak {person}",
            bookings=tuple(booking for booking in bookings if booking.person_id == person),
        )
        for person in people
    ]
    return Sale({offer.slot_id: offer for offer in offers}, citizens, now=NOW)


def sold(outcome: Outcome) -> Booking:
    assert not isinstance(outcome, Denied)
    (booking,) = outcome
    return booking


def reason(outcome: Outcome) -> Reason:
    assert isinstance(outcome, Denied)
    return outcome.reason


@pytest.mark.parametrize(
    ("office", "until", "help_given", "waits"),
    [
        ("TRK", NOW + timedelta(days=1), {}, True),
        ("TRK", NOW, {}, False),
        ("SKW", NOW + timedelta(days=1), {}, False),
        ("TRK", NOW + timedelta(days=1), {"is_assisted": True}, True),
        ("TRK", NOW + timedelta(days=1), {"is_assisted": True, "overrides_waits": True}, False),
    ],
)
def test_who_did_not_come_waits_at_that_office_unless_an_officer_helps(
    office: str, until: datetime, help_given: dict[str, Any], waits: bool
) -> None:
    """Until the moment that was written down; a village's help is not an officer's."""
    citizen = Citizen(person_id="a", display_name="Pak a", bookings=(), waits={office: until.isoformat()})
    outcome = Sale({"nine": NINE}, [citizen], now=NOW).decide(replace(wish("a"), **help_given))
    if waits:
        assert reason(outcome) is Reason.NO_SHOW_WAIT
    else:
        assert sold(outcome).status == "booked"


def test_a_granted_wish_is_a_booking_of_the_slot() -> None:
    """It has the slot's time, the person's chosen name, and a code of the office."""
    booking = sold(sale(NINE).decide(wish("a")))
    assert (booking.slot_id, booking.starts_at, booking.ends_at) == ("nine", NINE.starts_at, NINE.ends_at)
    assert (booking.display_name, booking.code, booking.status, booking.version) == (
        "Pak a",
        "TRK-000007",
        "booked",
        1,
    )


def test_the_last_place_goes_to_the_first_who_asks() -> None:
    """Within one batch too."""
    one_place = sale(NINE)
    assert sold(one_place.decide(wish("a"))).slot_id == "nine"
    assert reason(one_place.decide(wish("b"))) is Reason.SLOT_FULL


def test_the_same_key_gets_the_same_booking_again() -> None:
    """In the batch, and when the booking is in the database already; no second place is taken."""
    first = sale(NINE)
    booking = sold(first.decide(wish("a")))
    assert sold(first.decide(wish("a"))) is booking
    later = sale(replace(NINE, places=FULL), bookings=(booking,))
    assert sold(later.decide(wish("a"))) is booking
    assert later.sold == []


def test_a_cancelled_booking_is_still_the_answer_to_its_key() -> None:
    """A late repetition of the request must not book anew."""
    cancelled = sold(sale(NINE).decide(wish("a"))).cancelled()
    assert sold(sale(NINE, bookings=(cancelled,)).decide(wish("a"))) is cancelled


def test_a_key_is_good_for_one_slot() -> None:
    """With another slot it is refused, not silently another booking."""
    offered = sale(NINE, TEN)
    offered.decide(wish("a"))
    assert reason(offered.decide(wish("a", "ten"))) is Reason.KEY_REUSED


def test_two_persons_may_use_the_same_key() -> None:
    """A key belongs to its person."""
    offered = sale(TEN)
    assert sold(offered.decide(wish("a", "ten"))) != sold(offered.decide(wish("b", "ten")))


def test_who_has_a_booking_ahead_is_told_its_code() -> None:
    """One person, one booking."""
    offered = sale(NINE, TEN)
    booking = sold(offered.decide(wish("a")))
    denied = offered.decide(wish("a", "ten", "key-0002"))
    assert denied == Denied(reason=Reason.BOOKED_ALREADY, data={"code": booking.code})


@pytest.mark.parametrize("ended", ["over", "cancelled"])
def test_a_booking_that_is_over_or_cancelled_stands_in_nobodys_way(ended: str) -> None:
    """The person may book again."""
    old = sold(sale(NINE).decide(wish("a")))
    old = old.cancelled() if ended == "cancelled" else replace(old, ends_at=NOW)
    assert sold(sale(TEN, bookings=(old,)).decide(wish("a", "ten", "key-0002"))).slot_id == "ten"


@pytest.mark.parametrize(
    ("offer", "expected"),
    [
        (replace(NINE, sell_until=NOW), Reason.SLOT_OVER),
        (replace(NINE, office_status="suspended"), Reason.OFFICE_NOT_OPEN),
        (replace(NINE, places=FULL), Reason.SLOT_FULL),
    ],
)
def test_what_cannot_be_sold_is_denied(offer: Offer, expected: Reason) -> None:
    """A slot that is over, of an office that does not sell, or full."""
    assert reason(sale(offer).decide(wish("a"))) is expected


@pytest.mark.parametrize("status", ["planned", "socialisation", "suspended"])
def test_an_office_that_does_not_sell_says_its_status(status: OfficeStatus) -> None:
    """So that people can be told why."""
    denied = sale(replace(NINE, office_status=status)).decide(wish("a"))
    assert denied == Denied(reason=Reason.OFFICE_NOT_OPEN, data={"office": "TRK", "status": status})


def test_an_unknown_slot_or_person_is_denied() -> None:
    """An officer's id is no citizen's."""
    assert reason(sale(NINE).decide(wish("a", "nowhere"))) is Reason.UNKNOWN_SLOT
    assert reason(sale(NINE).decide(wish("z"))) is Reason.UNKNOWN_PERSON


@given(
    st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from(["nine", "ten"]), st.integers(1, 3))),
    st.integers(0, 3),
    st.integers(0, 3),
)
def test_no_sequence_of_wishes_sells_too_much(
    asked: list[tuple[str, str, int]], nine_places: int, ten_places: int
) -> None:
    """No place is sold twice, nobody has two bookings, and "full" is never said while a place is free."""
    places = {"nine": nine_places, "ten": ten_places}
    offered = sale(
        replace(NINE, places=Places(capacity=nine_places)),
        replace(TEN, places=Places(capacity=ten_places)),
        people="abcdef",
    )
    for person, slot_id, key in asked:
        outcome = offered.decide(wish(person, slot_id, f"key-{key}"))
        left = places[slot_id] - sum(booking.slot_id == slot_id for booking in offered.sold)
        assert left >= 0
        if isinstance(outcome, Denied) and outcome.reason is Reason.SLOT_FULL:
            assert left == 0
    assert len({booking.person_id for booking in offered.sold}) == len(offered.sold)


def test_a_party_gets_places_for_all_or_for_nobody() -> None:
    """And what it did not get is left for others."""
    three = replace(NINE, places=Places(capacity=3))
    citizens = [
        Citizen(person_id="a", display_name="Pak a", bookings=()),
        *(
            Citizen(
                person_id=child,
                display_name=f"Anak {child}",
                bookings=(),
                guardian_id="a",
                births=(date(1990, 1, 1),),
            )
            for child in ("a1", "a2", "a3")
        ),
    ]
    offered = Sale({"nine": three}, citizens, now=NOW)
    family = Wish(
        asker_id="a",
        slot_id="nine",
        idempotency_key="key-0001",
        guests=tuple(guest(person) for person in ("a", "a1", "a2", "a3")),
    )
    assert reason(offered.decide(family)) is Reason.SLOT_FULL
    assert offered.sold == []
    granted = offered.decide(replace(family, guests=family.guests[1:]))
    assert not isinstance(granted, Denied)
    assert [booking.person_id for booking in granted] == ["a1", "a2", "a3"]
    assert {booking.party_id for booking in granted} == {"a1/nine/key-0001"}
    assert {booking.asker_id for booking in granted} == {"a"}


def test_a_priority_class_takes_its_own_places_first() -> None:
    """So others find the rest; and a regular wish does not get what is kept."""
    kept = replace(NINE, places=Places(capacity=2, protected=Protected(priority=1)))
    offered = sale(kept)
    ill = replace(wish("a"), guests=(guest("a", priority="ill"),))
    assert sold(offered.decide(ill)).pool == "priority"
    assert sold(offered.decide(wish("b"))).pool == "regular"
    offered = sale(kept)
    assert sold(offered.decide(wish("b"))).pool == "regular"
    assert reason(offered.decide(wish("c"))) is Reason.SLOT_FULL
    assert sold(offered.decide(ill)).pool == "priority"


def test_who_claims_an_age_must_have_it_on_the_day() -> None:
    """Sixty tomorrow is not sixty today."""
    old = replace(wish("a"), guests=(guest("a", priority="elderly"),))
    for birth, expected in ((date(1966, 11, 23), None), (date(1966, 11, 24), Reason.NOT_OF_CLASS)):
        citizen = Citizen(person_id="a", display_name="Pak a", bookings=(), births=(birth,))
        outcome = Sale({"nine": NINE}, [citizen], now=NOW).decide(old)
        assert (reason(outcome) if isinstance(outcome, Denied) else None) is expected


def test_a_visit_of_two_slots_takes_a_place_of_each() -> None:
    """Or of none, when the second is full; it lasts until the end of the second."""
    long = replace(NINE, following=("ten",), ends_at=TEN.ends_at + timedelta(hours=1))
    offered = sale(long, replace(TEN, places=Places(capacity=1)))
    booking = sold(offered.decide(wish("a")))
    assert [place.slot_id for place in offered.taken[booking.booking_id]] == ["nine", "ten"]
    assert reason(offered.decide(wish("b", "ten"))) is Reason.SLOT_FULL
    offered = sale(long, replace(TEN, places=FULL))
    assert reason(offered.decide(wish("a"))) is Reason.SLOT_FULL
    assert sold(sale(NINE).decide(wish("a"))).slot_id == "nine"


def test_no_visit_begins_where_its_slots_are_cut() -> None:
    """A break or a closure lies within."""
    assert reason(sale(replace(NINE, following=None)).decide(wish("a"))) is Reason.UNKNOWN_SLOT
