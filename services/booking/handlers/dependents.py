"""People without a sign-in of their own: children, parents, whoever a person with an account books for."""

from dataclasses import replace
from datetime import date

import uuid_utils

from chassis.database import Transaction
from contracts.events import ContactChanged
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
from services.booking.store import bookings, dependents
from services.booking.store.dependents import DependentRecord, FamilyMember
from services.booking.store.identities import Contact, find_contact

MOST_DEPENDENTS = 20


def add_dependent(tx: Transaction, command: AddDependent, *, vault: IdentityVault) -> Dependent:
    """Know somebody for whom a person books; their messages go to that person.

    Raises UnknownAccount, BadNik, BirthDateNotOfNik, TooManyDependents, DependentExists.
    """
    _require_right(command, today=tx.now.date())
    guardian_id = known_form(command.guardian_id)
    contact = find_contact(tx, guardian_id)
    if contact is None:
        raise errors.UnknownAccount
    if len(dependents.list_dependents(tx, guardian_id)) >= MOST_DEPENDENTS:
        raise errors.TooManyDependents(most=MOST_DEPENDENTS)
    person_id = str(uuid_utils.uuid7())
    nik = vault.seal(command.nik, person_id=person_id)
    record = DependentRecord(
        person_id=person_id,
        guardian_id=guardian_id,
        name=command.name.strip(),
        display_name=command.display_name.strip(),
        birth_date=command.birth_date,
        priority=command.priority,
        nik_digest=nik.digest,
        nik_ciphertext=nik.ciphertext,
        nik_key_id=nik.key_id,
        created_at=tx.now,
    )
    known = dependents.lock_of_nik(tx, record.nik_digest)
    if known is not None and known.is_removed:
        record = _taken_back(tx, record, known)
    elif not dependents.add_dependent(tx, record):
        raise errors.DependentExists
    tx.emit(_contact(record, contact, version=version_now(tx)))
    return _shown(record)


def list_dependents(tx: Transaction, query: ListDependents) -> Dependents:
    """Read for whom a person books."""
    rows = dependents.list_dependents(tx, known_form(query.guardian_id))
    return Dependents(dependents=tuple(_shown(row) for row in rows))


def remove_dependent(tx: Transaction, command: RemoveDependent) -> Dependents:
    """Book no more for somebody, and read for whom the person books now; what is booked stays."""
    dependents.remove_dependent(tx, known_form(command.guardian_id), known_form(command.person_id))
    return list_dependents(tx, ListDependents(guardian_id=command.guardian_id))


def version_now(tx: Transaction) -> int:
    """Number what is told of a person now: higher than all before, whoever they booked through then."""
    return round(tx.now.timestamp() * 1000)


def _taken_back(tx: Transaction, record: DependentRecord, known: FamilyMember) -> DependentRecord:
    """Let who was removed be who they were, so that they have one booking ahead through whomever.

    Raises DependentExists where another has still something booked for them, or they have an account.
    """
    ahead = bookings.somebody_ahead(tx, [known.person_id])
    if ahead is not None and ahead.guardian_id != record.guardian_id:
        raise errors.DependentExists
    same = {"nik_ciphertext": known.nik_ciphertext, "nik_key_id": known.nik_key_id}
    record = replace(record, person_id=known.person_id, **same)  # type: ignore[arg-type]  # fields by name
    if not dependents.take_back(tx, record):
        raise errors.DependentExists
    return record


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
