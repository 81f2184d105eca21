"""Visits at home: somebody who is too ill to come asks for one, and the office that covers them answers."""

import json
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any

import uuid_utils

from chassis.database import Transaction
from contracts.events import HomeVisitAnswered, HomeVisitRequested
from contracts.events.home_visit import HomeVisitState
from contracts.requests.home_visits import (
    DeclineHomeVisit,
    FinishHomeVisit,
    HomeVisitCase,
    HomeVisitCases,
    HomeVisits,
    ListHomeVisits,
    ListOwnHomeVisits,
    RequestHomeVisit,
    ScheduleHomeVisit,
    WithdrawHomeVisit,
)
from contracts.requests.home_visits import HomeVisit as ShownVisit
from services.booking import metrics
from services.booking.domain.audit import Action, Deed
from services.booking.domain.home_visit import MONTH, MOST_A_MONTH, Circumstances, HomeVisit, window_on
from services.booking.errors import UnknownAccount, UnknownDependent, UnknownOffice
from services.booking.handlers import audit
from services.booking.handlers.identifier import known_form
from services.booking.handlers.identity_vault import IdentityVault
from services.booking.home_visit_errors import (
    BadVisitTime,
    HomeVisitAhead,
    HomeVisitLimit,
    HomeVisitOpen,
    HomeVisitOver,
    NoOfficeForDistrict,
    SensitiveConsentMissing,
    UnknownHomeVisit,
)
from services.booking.store import home_visits, offices, villages
from services.booking.store.home_visits import Kept, Patient

FURTHEST = timedelta(days=60)
"""How far ahead an office may say that it comes."""

_TOLD = tuple(field.name for field in fields(HomeVisitState) if field.name != "version")
_SHOWN = ("visit_id", "office", "status", "requested_at", "starts_at", "ends_at", "decline_reason")
_CIRCUMSTANCES = ("display_name", "district", "address", "reason", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answering:
    """An officer's answer to one request."""

    kept: Kept
    command: ScheduleHomeVisit | DeclineHomeVisit | FinishHomeVisit


def request_home_visit(tx: Transaction, command: RequestHomeVisit, *, vault: IdentityVault) -> ShownVisit:
    """Ask for a visit. Several offices may cover a district: then the first by code gets it.

    Raises SensitiveConsentMissing, UnknownAccount, UnknownDependent, NoOfficeForDistrict, HomeVisitOpen,
    HomeVisitLimit.
    """
    if not command.consent:
        raise SensitiveConsentMissing
    asker_id = known_form(command.person_id)
    person_id, patient = _whom(tx, asker_id, command.dependent)
    covering = villages.offices_covering(tx, command.district)
    if not covering:
        raise NoOfficeForDistrict(district=command.district)
    visit = HomeVisit(
        visit_id=str(uuid_utils.uuid7()),
        person_id=person_id,
        asker_id=asker_id,
        office=covering[0],
        status="requested",
        version=1,
        requested_at=tx.now,
    )
    circumstances = Circumstances(
        name=patient.name,
        display_name=patient.display_name,
        district=command.district,
        address=command.address.strip(),
        reason=command.reason,
        note=command.note,
    )
    if not home_visits.add(tx, visit, _sealed(circumstances, visit, vault), vault.key_id):
        raise HomeVisitOpen
    if home_visits.count_since(tx, person_id, tx.now - MONTH) > MOST_A_MONTH:
        raise HomeVisitLimit(most=MOST_A_MONTH, days=MONTH.days)
    tx.emit(HomeVisitRequested(version=visit.version, **_told(visit)))
    return shown_home_visit(_found(home_visits.lock_of_asker(tx, asker_id, visit.visit_id)), vault)


def list_own_home_visits(tx: Transaction, query: ListOwnHomeVisits, *, vault: IdentityVault) -> HomeVisits:
    """Read a person's own requests, and those for their family."""
    kept = home_visits.list_of_asker(tx, known_form(query.person_id))
    return HomeVisits(visits=tuple(shown_home_visit(one, vault) for one in kept))


def withdraw_home_visit(tx: Transaction, command: WithdrawHomeVisit, *, vault: IdentityVault) -> ShownVisit:
    """Need no visit any more. Raises UnknownHomeVisit, HomeVisitOver."""
    asker_id, visit_id = known_form(command.person_id), known_form(command.visit_id)
    kept = _found(home_visits.lock_of_asker(tx, asker_id, visit_id))
    if kept.visit.status == "withdrawn":
        return shown_home_visit(kept, vault)
    _require_open(kept.visit)
    withdrawn = kept.visit.withdrawn(tx.now)
    home_visits.keep(tx, withdrawn)
    return shown_home_visit(replace(kept, visit=withdrawn), vault)


def list_home_visits(tx: Transaction, query: ListHomeVisits, *, vault: IdentityVault) -> HomeVisitCases:
    """Read what an office has to know of, and write down who read it. Raises UnknownOffice."""
    if offices.find_office(tx, query.office) is None:
        raise UnknownOffice(office=query.office)
    kept = home_visits.list_current(tx, query.office)
    if kept:
        audit.record(tx, _deed(query, "home_visits_read", query.office), key=vault.audit_key)
    return HomeVisitCases(office=query.office, cases=tuple(_case(one, vault, tx.now) for one in kept))


def schedule_home_visit(tx: Transaction, command: ScheduleHomeVisit, *, vault: IdentityVault) -> ShownVisit:
    """Say when the office comes; the person is told. Raises UnknownHomeVisit, HomeVisitOver, BadVisitTime."""
    answering = _answering(tx, command)
    office = offices.find_office(tx, command.office)
    if office is None:
        raise UnknownOffice(office=command.office)
    starts_at, ends_at = window_on(command.date, command.window, office.zone)
    if not tx.now < starts_at < ends_at or starts_at > tx.now + FURTHEST:
        raise BadVisitTime(days=FURTHEST.days)
    return _answered(tx, answering, answering.kept.visit.scheduled(starts_at, ends_at), vault)


def decline_home_visit(tx: Transaction, command: DeclineHomeVisit, *, vault: IdentityVault) -> ShownVisit:
    """Say why nobody comes; the person is told. Raises UnknownHomeVisit, HomeVisitOver."""
    answering = _answering(tx, command)
    return _answered(tx, answering, answering.kept.visit.declined(command.decline_reason, tx.now), vault)


def finish_home_visit(tx: Transaction, command: FinishHomeVisit, *, vault: IdentityVault) -> ShownVisit:
    """Say that the visit was made. Raises UnknownHomeVisit, HomeVisitOver, HomeVisitAhead."""
    answering = _answering(tx, command)
    visit = answering.kept.visit
    if not visit.can_be_done(tx.now):
        raise HomeVisitAhead
    return _answered(tx, answering, visit.done(tx.now), vault)


def forget_home_visits(tx: Transaction, *, kept: timedelta) -> None:
    """Drop what was over longer ago than `kept`."""
    home_visits.forget_over(tx, before=tx.now - kept)


def measure_home_visits(tx: Transaction) -> None:
    """Show for how long the oldest unanswered request to each office waits; no request, no number."""
    waiting = home_visits.oldest_unanswered(tx)
    metrics.HOME_VISITS_OLDEST_SECONDS.clear()
    for office, since in waiting.items():
        metrics.HOME_VISITS_OLDEST_SECONDS.labels(office).set((tx.now - since).total_seconds())


def _whom(tx: Transaction, asker_id: str, dependent: str | None) -> tuple[str, Patient]:
    """Return who is to be visited. Raises UnknownAccount, UnknownDependent."""
    asker = home_visits.lock_asker(tx, asker_id)
    if asker is None:
        raise UnknownAccount
    if dependent is None:
        return asker_id, asker
    wanted = known_form(dependent)
    relative = home_visits.lock_relative(tx, asker_id, wanted)
    if relative is None:
        raise UnknownDependent(dependent=dependent)
    return wanted, relative


def _found(kept: Kept | None) -> Kept:
    if kept is None:
        raise UnknownHomeVisit
    return kept


def _require_open(visit: HomeVisit) -> None:
    if not visit.is_open:
        raise HomeVisitOver(status=visit.status)


def _answering(
    tx: Transaction, command: ScheduleHomeVisit | DeclineHomeVisit | FinishHomeVisit
) -> _Answering:
    kept = _found(home_visits.lock_of_office(tx, command.office, known_form(command.visit_id)))
    _require_open(kept.visit)
    return _Answering(kept=kept, command=command)


def _answered(tx: Transaction, answering: _Answering, visit: HomeVisit, vault: IdentityVault) -> ShownVisit:
    """Keep the answer, write it down, and tell the person where it is news to them."""
    command, kept = answering.command, answering.kept
    home_visits.keep(tx, visit)
    deed = _deed(command, "home_visit_answered", visit.visit_id, status=visit.status)
    audit.record(tx, deed, key=vault.audit_key)
    if visit.status != "done":
        tx.emit(HomeVisitAnswered(version=visit.version, **_told(visit)))
    return shown_home_visit(replace(kept, visit=visit), vault)


def _deed(
    asked: ListHomeVisits | ScheduleHomeVisit | DeclineHomeVisit | FinishHomeVisit,
    action: Action,
    subject: str,
    **details: str,
) -> Deed:
    return Deed(
        actor=asked.officer_id,
        role=asked.role,
        office=asked.office,
        action=action,
        subject=subject,
        details=details,
    )


def _sealed(circumstances: Circumstances, visit: HomeVisit, vault: IdentityVault) -> bytes:
    return vault.encrypt(json.dumps(asdict(circumstances)), bound_to=f"home-visit:{visit.visit_id}")


def _opened(kept: Kept, vault: IdentityVault) -> Circumstances:
    opened = vault.decrypt(kept.circumstances, bound_to=f"home-visit:{kept.visit.visit_id}")
    return Circumstances(**json.loads(opened))


def shown_home_visit(kept: Kept, vault: IdentityVault) -> ShownVisit:
    """Open what is sealed of a request, and show it to who asked."""
    return _shown(kept.visit, _opened(kept, vault))


def _case(kept: Kept, vault: IdentityVault, now: datetime) -> HomeVisitCase:
    circumstances = _opened(kept, vault)
    return HomeVisitCase(
        visit=_shown(kept.visit, circumstances),
        name=circumstances.name,
        phone=kept.phone,
        is_overdue=kept.visit.is_overdue(now),
    )


def _shown(visit: HomeVisit, circumstances: Circumstances) -> ShownVisit:
    return ShownVisit(
        **{name: getattr(visit, name) for name in _SHOWN},
        **{name: getattr(circumstances, name) for name in _CIRCUMSTANCES},
        dependent=None if visit.person_id == visit.asker_id else visit.person_id,
    )


def _told(visit: HomeVisit) -> dict[str, Any]:
    return {name: getattr(visit, name) for name in _TOLD}
