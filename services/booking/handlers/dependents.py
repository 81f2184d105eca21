"""People without a sign-in of their own: children, parents, whoever a person with an account books for."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import ceil

import uuid_utils

from chassis.database import Transaction
from contracts.events import ContactChanged, PersonErased
from contracts.requests.dependents import (
    AddDependent,
    Dependent,
    Dependents,
    ListDependents,
    RemoveDependent,
)
from services.booking import errors
from services.booking.domain.nik import births_of, is_nik
from services.booking.handlers.identifier import known_form
from services.booking.handlers.identity_vault import IdentityVault
from services.booking.store import bookings, daily_tries, dependents, home_visits
from services.booking.store.dependents import DependentRecord
from services.booking.store.identities import Contact, find_contact, keep_contact

MOST_DEPENDENTS = 20

MOST_TRIES_A_DAY = 10
"""How many a person may add on a day (UTC), or try to; who is removed again counts too."""

MOST_FORGOTTEN = 500
"""How many the hourly job drops at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adding:
    """What adding somebody stands on; `transactions` begins one in which a try is counted."""

    transactions: Callable[[], AbstractContextManager[Transaction]]
    vault: IdentityVault


def add_dependent(tx: Transaction, command: AddDependent, *, adding: Adding) -> Dependent:
    """Know somebody for whom a person books; their messages go to that person.

    Raises UnknownAccount, BadNik, BirthDateNotOfNik, TooManyDependents, TooManyAttempts, DependentExists.
    """
    _require_right(command, today=tx.now.date())
    guardian_id = known_form(command.guardian_id)
    _count_try(guardian_id, adding)
    # Whoever moves meanwhile waits, and then tells of this one too.
    contact = keep_contact(tx, guardian_id)
    if contact is None:
        raise errors.UnknownAccount
    known = dependents.lock_of_nik(tx, adding.vault.nik_digest(command.nik))
    if known is not None and known.is_removed:
        record = _record(tx, command, adding.vault, person_id=known.person_id)
        _take_back(tx, record)
    else:
        record = _record(tx, command, adding.vault, person_id=str(uuid_utils.uuid7()))
        if not dependents.add_dependent(tx, record):
            raise errors.DependentExists
    tx.emit(_contact(record, contact, version=version_now(tx)))
    return _shown(record)


def list_dependents(tx: Transaction, query: ListDependents) -> Dependents:
    """Read for whom a person books."""
    rows = dependents.list_dependents(tx, known_form(query.guardian_id))
    return Dependents(dependents=tuple(_shown(row) for row in rows))


def remove_dependent(tx: Transaction, command: RemoveDependent) -> Dependents:
    """Book no more for somebody, and read for whom the person books now; what is booked stays.

    A visit at home that was asked for does not: whoever asks next would read where it goes and why.
    """
    person_id = known_form(command.person_id)
    if dependents.remove_dependent(tx, known_form(command.guardian_id), person_id):
        home_visits.withdraw_for(tx, person_id)
    return list_dependents(tx, ListDependents(guardian_id=command.guardian_id))


def version_now(tx: Transaction) -> int:
    """Number what is told of a person now: higher than all before, whoever they booked through then."""
    return round(tx.now.timestamp() * 1000)


def tell_family_contact(tx: Transaction, guardian_id: str, guardian: Contact) -> None:
    """Tell that those for whom somebody books are reached where they are now."""
    for one in dependents.list_dependents(tx, guardian_id):
        tx.emit(_contact(one, guardian, version=version_now(tx)))


def forget_removed(tx: Transaction) -> None:
    """Drop those who were removed and of whom nothing is left, and let every service forget their names."""
    for person_id in dependents.forget_removed(tx, most=MOST_FORGOTTEN):
        tx.emit(PersonErased(version=version_now(tx), person_id=person_id, people=(person_id,), bookings=()))


def _count_try(guardian_id: str, adding: Adding) -> None:
    """Count that somebody is added: the answer tells whether their NIK is known, so it counts and is kept.

    Raises UnknownAccount, TooManyDependents, TooManyAttempts.
    """
    with adding.transactions() as counting:
        if find_contact(counting, guardian_id) is None:
            raise errors.UnknownAccount
        if len(dependents.list_dependents(counting, guardian_id)) >= MOST_DEPENDENTS:
            raise errors.TooManyDependents(most=MOST_DEPENDENTS)
        now = counting.now
        tries = daily_tries.count_try(counting, guardian_id, now.date())
    if tries > MOST_TRIES_A_DAY:
        tomorrow = datetime.combine(now.date() + timedelta(days=1), time(), UTC)
        raise errors.TooManyAttempts(retry_seconds=ceil((tomorrow - now).total_seconds()))


def _record(
    tx: Transaction, command: AddDependent, vault: IdentityVault, *, person_id: str
) -> DependentRecord:
    nik = vault.seal(command.nik, person_id=person_id)
    return DependentRecord(
        person_id=person_id,
        guardian_id=known_form(command.guardian_id),
        name=command.name.strip(),
        display_name=command.display_name.strip(),
        shown_as=command.shown_as,
        birth_date=command.birth_date,
        priority=command.priority,
        nik_digest=nik.digest,
        nik_ciphertext=nik.ciphertext,
        nik_key_id=nik.key_id,
        created_at=tx.now,
    )


def _take_back(tx: Transaction, record: DependentRecord) -> None:
    """Let who was removed be who they were, so that they have one booking ahead through whomever.

    Raises DependentExists where another has still something booked for them, or they have an account.
    """
    ahead = bookings.somebody_ahead(tx, [record.person_id])
    if ahead is not None and ahead.guardian_id != record.guardian_id:
        raise errors.DependentExists
    if not dependents.take_back(tx, record):
        raise errors.DependentExists


def _require_right(command: AddDependent, *, today: date) -> None:
    if not is_nik(command.nik):
        raise errors.BadNik
    if command.birth_date > today or command.birth_date not in births_of(command.nik):
        raise errors.BirthDateNotOfNik


def _shown(known: DependentRecord) -> Dependent:
    return Dependent(
        person_id=known.person_id,
        name=known.name,
        display_name=known.display_name,
        birth_date=known.birth_date,
        priority=known.priority,
        shown_as=known.shown_as,
    )


def _contact(record: DependentRecord, guardian: Contact, *, version: int) -> ContactChanged:
    return ContactChanged(
        version=version,
        person_id=record.person_id,
        display_name=record.display_name,
        phone=guardian.phone,
        email=guardian.email,
        locale=guardian.locale,
    )
