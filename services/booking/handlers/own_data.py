"""A copy of all that is kept about a person, and an end to it.

Law 27/2022 on personal data: the right to a copy (article 7) in a form that programs read (article 13), and
to erasure (article 8). Nothing is kept longer than the work needs (article 16).
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Row

from chassis.database import Transaction
from contracts.events import PersonErased
from contracts.requests.booking import CancelBooking
from contracts.requests.own_data import (
    ErasePerson,
    Erasure,
    ExportPerson,
    KeptElsewhere,
    OwnAccount,
    OwnAssistance,
    OwnBooking,
    OwnDependent,
    OwnFormerDependent,
    OwnMoney,
    OwnRefund,
    OwnWait,
    OwnWish,
    PersonExport,
)
from contracts.requests.waitlist import LeaveWaitlist
from services.booking.domain.audit import Action, Deed
from services.booking.domain.payment import Payment
from services.booking.errors import UnknownAccount
from services.booking.handlers import audit, sessions, waitlists
from services.booking.handlers.home_visits import shown_home_visit
from services.booking.handlers.identifier import known_form
from services.booking.handlers.identity_vault import IdentityVault
from services.booking.handlers.sessions import SignIn
from services.booking.handlers.tickets import own_payment
from services.booking.store import assistance, home_visits, own_data, payments, visits, waitlist
from services.booking.store.accounts import Credentials
from services.booking.store.assistance import Assisted
from services.booking.store.own_data import Kept
from services.booking.store.payments import SettlementRecord

T = TypeVar("T", OwnAssistance, OwnMoney, OwnRefund, OwnWish)

ELSEWHERE = (
    KeptElsewhere(service="checkin", what=("display_name", "person_id", "visit"), days=30),
    KeptElsewhere(service="notify", what=("display_name", "phone", "email", "locale", "messages"), days=30),
    KeptElsewhere(service="display", what=("display_name",), days=2),
)
"""What the others keep after a visit, and how long unless it is set; the contact stays with the account."""

MOST_ACCOUNTS, MOST_BOOKINGS, MOST_WISHES = 200, 5000, 5000
"""How much the hourly job does at a time, so that it stands in nobody's way for long."""

RETENTION_ACTOR = "retention"
"""Who erases what nobody has used for long."""

_BOOKING = (
    "code",
    "person_id",
    "display_name",
    "office",
    "service",
    "priority",
    "starts_at",
    "ends_at",
    "status",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasing:
    """What erasing stands on; `give_up` cancels one booking, as its person would."""

    vault: IdentityVault
    give_up: Callable[[Transaction, CancelBooking], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long accounts are kept that nobody uses, and bookings after their end."""

    accounts: timedelta
    bookings: timedelta


def export_person(tx: Transaction, query: ExportPerson, *, vault: IdentityVault) -> PersonExport:
    """Read all that is kept about a person. Raises UnknownAccount."""
    kept = own_data.lock_kept(tx, known_form(query.person_id))
    if kept is None:
        raise UnknownAccount
    person_id = str(kept.account.person_id)
    audit.record(tx, _deed("data_exported", person_id, actor=person_id), key=vault.audit_key)
    return PersonExport(
        exported_at=tx.now,
        account=_account(kept.account, vault),
        dependents=tuple(_dependent(row, vault) for row in kept.dependents if not row.is_removed),
        bookings=_bookings(tx, kept),
        elsewhere=ELSEWHERE,
        home_visits=tuple(shown_home_visit(one, vault) for one in home_visits.list_of_asker(tx, person_id)),
        former_dependents=tuple(_former(row) for row in kept.dependents if row.is_removed),
        wishes=tuple(_like(OwnWish, row) for row in own_data.list_wishes(tx, person_id)),
        refunds=tuple(_like(OwnRefund, row) for row in own_data.list_refunds(tx, kept)),
    )


def erase_person(
    tx: Transaction,
    command: ErasePerson,
    *,
    sign_in: SignIn,
    erasing: Erasing,
) -> Erasure:
    """Erase who proves once more who they are. Raises SignInFailed, TooManyAttempts, UnknownAccount."""
    credentials = sessions.prove_again(
        tx, command.person_id, command.password, command.address, sign_in=sign_in
    )
    return erase(tx, credentials.subject, actor=credentials.subject, erasing=erasing)


def erase(tx: Transaction, person_id: str, *, actor: str, erasing: Erasing) -> Erasure:
    """Leave nothing of a person but ids, here and, by the event, everywhere. Raises UnknownAccount.

    The names go first: what is told of the bookings that are given up shows none any more, and is newer
    than all that was told with one.
    """
    kept = own_data.lock_kept(tx, person_id)
    if kept is None:
        raise UnknownAccount
    payments.lock_payments(tx, _payment_ids(kept))
    own_data.take_names_off_bookings(tx, kept)
    cancelled = _give_up_what_is_ahead(tx, kept, erasing)
    _wait_no_longer(tx, person_id)
    sessions.revoke(tx, _credentials(kept))
    assistance.forget_phone(tx, person_id)
    home_visits.forget_of(tx, kept.people)
    version = own_data.erase(tx, kept)
    tx.emit(
        PersonErased(
            version=version,
            person_id=person_id,
            people=kept.people,
            bookings=tuple(row.booking_id for row in kept.bookings),
        )
    )
    audit.record(tx, _deed("person_erased", person_id, actor=actor), key=erasing.vault.audit_key)
    return Erasure(person_id=person_id, cancelled=cancelled)


def forget_the_past(
    transactions: Callable[[], AbstractContextManager[Transaction]], kept: Retention, *, erasing: Erasing
) -> None:
    """Erase accounts that nobody uses, each in a transaction of its own, and drop bookings of long ago."""
    with transactions() as tx:
        unused = own_data.unused(tx, since=tx.now - kept.accounts, most=MOST_ACCOUNTS)
    for person_id in unused:
        with transactions() as tx:
            erase(tx, person_id, actor=RETENTION_ACTOR, erasing=erasing)
    with transactions() as tx:
        own_data.forget_bookings(tx, before=tx.now - kept.bookings, most=MOST_BOOKINGS)
        payments.forget_unpaid(tx, before=tx.now - kept.bookings, most=MOST_BOOKINGS)
    with transactions() as tx:
        waitlists.forget_ended_wishes(tx, most=MOST_WISHES)


def _give_up_what_is_ahead(tx: Transaction, kept: Kept, erasing: Erasing) -> int:
    """Give up what is ahead, and count what stood; who is at the office is served there, without a name."""
    ahead = [row for row in kept.bookings if _is_ahead(row, tx.now)]
    begun = visits.list_visits(tx, [row.booking_id for row in ahead])
    ahead = [row for row in ahead if row.booking_id not in begun]
    for row in ahead:
        command = CancelBooking(person_id=str(row.guardian_id or row.person_id), code=row.code)
        erasing.give_up(tx, command)
    return sum(row.status in {"held", "booked"} for row in ahead)


def _wait_no_longer(tx: Transaction, person_id: str) -> None:
    for entry in waitlist.list_entries(tx, person_id, since=tx.now, most=1):
        waitlists.leave_waitlist(tx, LeaveWaitlist(person_id=person_id, entry_id=entry.entry_id))


def _is_ahead(row: Row[Any], now: datetime) -> bool:
    """Whether it stands, or money could still make it stand: that would show a name again, or nobody's."""
    return row.status in {"expired", "paid"} or (row.status in {"held", "booked"} and row.ends_at > now)


def _account(row: Row[Any], vault: IdentityVault) -> OwnAccount:
    return OwnAccount(
        person_id=row.person_id,
        nik=vault.open(row.nik_ciphertext, person_id=row.person_id),
        birth_date=row.birth_date,
        sex=row.sex,
        name=row.name,
        display_name=row.display_name,
        phone=row.phone,
        email=row.email,
        locale=row.locale,
        created_at=row.created_at,
        signed_in_at=row.signed_in_at,
        waits=_waits(row),
        shown_as=row.shown_as,
    )


def _dependent(row: Row[Any], vault: IdentityVault) -> OwnDependent:
    return OwnDependent(
        person_id=row.person_id,
        nik=vault.open(row.nik_ciphertext, person_id=row.person_id),
        birth_date=row.birth_date,
        name=row.name,
        display_name=row.display_name,
        created_at=row.created_at,
        waits=_waits(row),
        shown_as=row.shown_as,
    )


def _former(row: Row[Any]) -> OwnFormerDependent:
    return OwnFormerDependent(person_id=row.person_id, created_at=row.created_at, waits=_waits(row))


def _waits(row: Row[Any]) -> tuple[OwnWait, ...]:
    """Show all that is kept, also a wait that is over."""
    kept = sorted((row.waits or {}).items())
    return tuple(OwnWait(office=code, book_from=datetime.fromisoformat(wait).date()) for code, wait in kept)


def _bookings(tx: Transaction, kept: Kept) -> tuple[OwnBooking, ...]:
    """Show each booking with what is to be paid for it, the money that came, and the officer who made it."""
    paid = payments.list_payments(tx, _payment_ids(kept))
    money = payments.list_settlements(tx, {payment.billing_code for payment in paid.values()})
    assisted = assistance.list_made(tx, {row.booking_id for row in kept.bookings})
    return tuple(
        _booking(row, paid.get(row.payment_id), money, assisted.get(row.booking_id)) for row in kept.bookings
    )


def _booking(
    row: Row[Any],
    payment: Payment | None,
    money: Mapping[str, Sequence[SettlementRecord]],
    made: Assisted | None,
) -> OwnBooking:
    arrived = () if payment is None else money.get(payment.billing_code, ())
    return OwnBooking(
        **{name: getattr(row, name) for name in _BOOKING},
        payment=None if payment is None else own_payment(row.status, payment),
        money=tuple(_like(OwnMoney, one) for one in arrived),
        assistance=None if made is None else _like(OwnAssistance, made),
    )


def _like(shown: type[T], kept: object) -> T:
    """Show of what is kept the fields that the copy has."""
    return shown(**{field.name: getattr(kept, field.name) for field in fields(shown)})


def _payment_ids(kept: Kept) -> set[str]:
    return {row.payment_id for row in kept.bookings if row.payment_id is not None}


def _credentials(kept: Kept) -> Credentials:
    return Credentials(
        subject=kept.account.person_id,
        role="citizen",
        office=None,
        display_name=kept.account.display_name,
        password_hash="",
    )


def _deed(action: Action, person_id: str, *, actor: str) -> Deed:
    return Deed(actor=actor, role="citizen", office=None, action=action, subject=person_id, details={})
