"""Priority classes, and which of them a birth date proves.

The elderly are 60 and older, infants 5 and younger, on the day of the visit. What no date proves
(disabled, pregnant, ill) is the person's word, and is shown at the counter.
"""

from collections.abc import Collection
from datetime import date

from contracts.words import PriorityClass
from services.booking.domain.quota import Pool

ELDERLY_FROM = 60
INFANT_UNTIL = 5


def own_pools(priority: PriorityClass, *, is_assisted: bool) -> tuple[Pool, ...]:
    """List the pools that are for somebody, in the order in which they are used up."""
    pools: list[Pool] = []
    if priority != "regular":
        pools.append("priority")
    if is_assisted:
        pools.append("assisted")
    return tuple(pools)


def needs_age(priority: PriorityClass) -> bool:
    """Whether a class is one that a birth date proves."""
    return priority in {"elderly", "infant"}


def fits(priority: PriorityClass, births: Collection[date], *, on: date) -> bool:
    """Whether somebody who was born on one of these dates may be of a class on a day."""
    if not needs_age(priority):
        return True
    return any(_by_age(age_on(birth, on)) == priority for birth in births if birth <= on)


def class_by_age(birth: date, *, on: date) -> PriorityClass:
    """Name the class that somebody has on a day by age alone."""
    return _by_age(age_on(birth, on))


def age_on(birth: date, on: date) -> int:
    """Count the whole years; who was born on 29 February turns older on 1 March of a common year."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def _by_age(age: int) -> PriorityClass:
    if age >= ELDERLY_FROM:
        return "elderly"
    return "infant" if 0 <= age <= INFANT_UNTIL else "regular"
