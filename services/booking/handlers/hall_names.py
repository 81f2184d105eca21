"""What the hall shows of people: they choose it, at once for their bookings of today and later too."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from math import ceil
from typing import Any

from sqlalchemy import Row

from chassis.database import Transaction
from contracts.events import HallNameChanged
from contracts.hall_name import hall_name
from contracts.requests.dependents import Dependents, ListDependents, ShowDependentAs
from contracts.requests.profile import CorrectName, GetProfile, Profile, ShowAs
from contracts.words import ShownAs
from services.booking import errors
from services.booking.domain.same_name import is_same_name
from services.booking.handlers import dependents
from services.booking.handlers.bookings import event_data
from services.booking.handlers.identifier import known_form
from services.booking.store import daily_tries, hall_names, payments, slots

MOST_CORRECTIONS_A_DAY = 2
"""So many slips a name may have: letter by letter nobody becomes somebody else before a place is over."""

_SHOWN = frozenset({"booked", "served", "no_show"})
"""What check-in was told of; who is in the hall, or was today, stands on its board too."""


def get_profile(tx: Transaction, query: GetProfile) -> Profile:
    """Read how the hall shows a citizen. Raises UnknownAccount."""
    person = hall_names.find_person(tx, known_form(query.person_id))
    if person is None:
        raise errors.UnknownAccount
    return _profile(person, person.shown_as)


def show_as(tx: Transaction, command: ShowAs) -> Profile:
    """Choose what the hall shows of a citizen. Raises UnknownAccount."""
    person = hall_names.lock_person(tx, known_form(command.person_id))
    if person is None:
        raise errors.UnknownAccount
    _choose(tx, person, command.shown_as)
    return _profile(person, command.shown_as)


def correct_name(tx: Transaction, command: CorrectName) -> Profile:
    """Write a citizen's name as the identity card does.

    Raises UnknownAccount, NameTooDifferent where it is no slip, TooManyAttempts.
    """
    person = hall_names.lock_person(tx, known_form(command.person_id))
    if person is None:
        raise errors.UnknownAccount
    name = command.name.strip()
    if name == person.name:
        return _profile(person, person.shown_as)
    if not is_same_name(name, person.name):
        raise errors.NameTooDifferent
    _count_correction(tx, person.person_id)
    named = hall_names.put_name(tx, person.person_id, name)
    _choose(tx, named, named.shown_as)
    return _profile(named, named.shown_as)


def show_dependent_as(tx: Transaction, command: ShowDependentAs) -> Dependents:
    """Choose what the hall shows of somebody for whom a person books. Raises UnknownDependent."""
    person = hall_names.lock_dependent(tx, known_form(command.guardian_id), known_form(command.person_id))
    if person is None:
        raise errors.UnknownDependent(dependent=command.person_id)
    _choose(tx, person, command.shown_as)
    return dependents.list_dependents(tx, ListDependents(guardian_id=command.guardian_id))


def tell_hall_name(tx: Transaction, person_id: str, shown: str | None) -> None:
    """Show somebody so on their bookings of today and later, and tell it of those that showed another name.

    Payments and slots are locked as by whoever moves a booking or gives it up: else two would tell of it
    under one version.
    """
    found = hall_names.list_bookings(tx, person_id)
    if not found:
        return
    payments.lock_payments(tx, {one.payment_id for one in found if one.payment_id is not None})
    slots.lock_offers(tx, {one.slot_id for one in found})
    for booking in hall_names.rename(tx, [one.booking_id for one in found], shown):
        if booking.status in _SHOWN:
            tx.emit(HallNameChanged(**event_data(replace(booking, status="booked"))))


def _count_correction(tx: Transaction, person_id: str) -> None:
    today = tx.now.astimezone(UTC).date()
    if daily_tries.count_try(tx, f"name:{person_id}", today) > MOST_CORRECTIONS_A_DAY:
        tomorrow = datetime.combine(today + timedelta(days=1), time(), UTC)
        raise errors.TooManyAttempts(retry_seconds=ceil((tomorrow - tx.now).total_seconds()))


def _choose(tx: Transaction, person: Row[Any], shown_as: ShownAs) -> None:
    shown = _hall_name(person, shown_as)
    hall_names.choose(tx, person.person_id, shown_as, shown)
    tell_hall_name(tx, person.person_id, shown)


def _profile(person: Row[Any], shown_as: ShownAs) -> Profile:
    return Profile(
        person_id=person.person_id,
        name=person.name,
        display_name=person.display_name,
        shown_as=shown_as,
        hall_name=_hall_name(person, shown_as),
        phone=person.phone,
        email=person.email,
    )


def _hall_name(person: Row[Any], shown_as: ShownAs) -> str | None:
    return hall_name(shown_as, name=person.name, display_name=person.display_name)
