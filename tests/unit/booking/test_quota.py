"""How many places of a slot are whose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.booking.domain.quota import Places, Pool, Protected

KEPT = Places(capacity=10, protected=Protected(assisted=2, priority=3, walk_in=1))


def test_what_is_kept_is_left_only_for_its_own() -> None:
    """Ten places: one for the door, two assisted, three priority, four for anybody."""
    assert KEPT.left() == 4
    assert KEPT.left("assisted") == 6
    assert KEPT.left("priority") == 7
    assert KEPT.left("priority", "assisted") == 9


def test_ones_own_pool_is_used_up_first() -> None:
    """Then the rest, like anybody's."""
    places, pools = KEPT, []
    while (pool := places.pool_for(["priority"])) is not None:
        pools.append(pool)
        places = places.taken(pool)
    assert pools == ["priority"] * 3 + ["regular"] * 4
    assert places.left() == 0
    assert places.left("assisted") == 2


def test_what_was_not_used_is_anybodys_when_protection_ends() -> None:
    """Only the places for the door stay."""
    late = Places(capacity=10, protected=KEPT.protected, is_protected=False)
    assert late.left() == late.left("priority") == 9
    assert late.pool_for(["priority"]) == "regular"


def test_fewer_than_no_places_cannot_be_kept() -> None:
    """An invalid value cannot be built."""
    with pytest.raises(ValueError, match="fewer"):
        Protected(priority=-1)


@given(
    st.integers(0, 12),
    st.builds(Protected, assisted=st.integers(0, 5), priority=st.integers(0, 5), walk_in=st.integers(0, 3)),
    st.booleans(),
    st.lists(st.sampled_from(["regular", "assisted", "priority"])),
)
def test_no_order_of_wishes_sells_too_much_or_denies_what_is_left(
    capacity: int, protected: Protected, is_protected: bool, wishes: list[Pool]
) -> None:
    """Never more than capacity without the door's; none denied while a place is left for them."""
    places = Places(capacity=capacity, protected=protected, is_protected=is_protected)
    for wanted in wishes:
        own: list[Pool] = [] if wanted == "regular" else [wanted]
        left = places.left(*own)
        pool = places.pool_for(own)
        assert (pool is None) == (left == 0)
        if pool is not None:
            places = places.taken(pool)
    assert places.booked <= max(0, capacity - protected.walk_in)
    assert places.assisted_booked <= protected.assisted
    assert places.priority_booked <= protected.priority
