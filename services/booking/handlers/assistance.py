"""An officer, or a village's clerk, books for somebody who cannot, with consent and up to a number a day.

consent and form in order? ─▶ try counted and written down ─▶ slot ─▶ person ─▶ booked, written down
                              (a transaction of its own: it stays although the rest is refused)
"""

import secrets
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date, timedelta

import uuid_utils

from chassis.database import Transaction
from contracts.events import SlotBooked
from contracts.refusals import Refused
from contracts.requests.assistance import BookWithAssistance
from contracts.requests.booking import Booking as OwnBooking
from contracts.ticket import TicketSigner
from contracts.words import Role
from services.booking import errors
from services.booking.domain.audit import Action, Deed
from services.booking.domain.booking import Booking
from services.booking.domain.booking_code import CODE_BITS
from services.booking.domain.nik import births_of, is_nik
from services.booking.domain.payment import HOLD_LASTS
from services.booking.domain.sale import Denied, Reason, Sale
from services.booking.domain.wish import Citizen, Guest, Wish
from services.booking.handlers import applicants, audit, villages
from services.booking.handlers.bookings import event_data, refusal
from services.booking.handlers.holds import Holding, hold_places
from services.booking.handlers.identifier import known_form
from services.booking.handlers.identity_vault import IdentityVault
from services.booking.handlers.tickets import own_booking
from services.booking.store import assistance, bookings, daily_tries, dependents, offices, payments, slots
from services.booking.store.assistance import Assisted, Known
from services.booking.store.bookings import BookingsNotKept

TRIES_A_BOOKING = 3
"""How often an officer may try for each booking that they may make: hours fill up while people speak."""

_ROUNDS = 3
_NOBODY = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assistance:
    """What assisting stands on; an officer books at most `most_a_day`, a village's clerk another number.

    `transactions` begins one in which a try is counted. `draw` draws codes' numbers.
    """

    transactions: Callable[[], AbstractContextManager[Transaction]]
    vault: IdentityVault
    signer: TicketSigner
    most_a_day: int
    most_of_village: int
    draw: Callable[[int], int] = secrets.randbits
    hold_lasts: timedelta = HOLD_LASTS

    def most_of(self, role: Role) -> int:
        """For how many people somebody of this role may book on a day."""
        return self.most_of_village if role == "village" else self.most_a_day


def book_with_assistance(tx: Transaction, command: BookWithAssistance, *, terms: Assistance) -> OwnBooking:
    """Take a place for a person; every try is counted, and written down in the audit log.

    Refuses the slot as `book_slots` does, and raises ConsentMissing, BadNik, BirthDateNotOfNik, BadPhone,
    UnknownOffice, OfficeNotCovering, NoVillage, AssistanceLimit, IdempotencyKeyReused, ApplicantHasBooking.
    """
    _require_right(tx, command)
    day = _count_try(command, terms)
    assistance.take_turn(tx, command.officer_id)
    person = applicants.find_or_make(tx, command, terms.vault)
    made = assistance.find_made(tx, command.officer_id, command.idempotency_key)
    if made is not None:
        same = _same(made, person, command)
        return own_booking(same, terms.signer, payment=payments.payment_of(tx, same))
    most = terms.most_of(command.role)
    if assistance.count_of_day(tx, command.officer_id, day) >= most:
        raise errors.AssistanceLimit(most=most)
    booking = _sold(tx, command, person, terms)
    assistance.add(
        tx,
        Assisted(
            booking_id=booking.booking_id,
            officer_id=command.officer_id,
            office=command.office,
            date=day,
            idempotency_key=command.idempotency_key,
            consent_given=command.consent_given,
        ),
    )
    details = {"person": booking.person_id, "consent": command.consent_given}
    deed = _deed(command, "booked_with_assistance", booking.booking_id, details)
    audit.record(tx, deed, key=terms.vault.audit_key)
    return own_booking(booking, terms.signer, payment=payments.payment_of(tx, booking))


def forget_old_tries(tx: Transaction) -> None:
    """Drop what was counted on days that are over everywhere."""
    daily_tries.forget_tries(tx, before=tx.now.date() - timedelta(days=1))


def _count_try(command: BookWithAssistance, terms: Assistance) -> date:
    """Count that an officer asks about a person; return the office's day.

    What is refused tells something about people too (that they have a booking), so it counts and is kept.
    Raises UnknownOffice, OfficeNotCovering, NoVillage, AssistanceLimit.
    """
    most = terms.most_of(command.role)
    with terms.transactions() as counting:
        office = offices.find_office(counting, command.office)
        if office is None:
            raise errors.UnknownOffice(office=command.office)
        if command.role == "village":
            villages.require_covered(counting, command.officer_id, office)
        day = counting.now.astimezone(office.zone).date()
        tries = daily_tries.count_try(counting, command.officer_id, day)
        known = assistance.find_person(counting, terms.vault.nik_digest(command.nik))
        subject = _NOBODY if known is None else known.person_id
        deed = _deed(command, "assistance_asked", subject, {"slot": command.slot_id})
        audit.record(counting, deed, key=terms.vault.audit_key)
    if tries > most * TRIES_A_BOOKING:
        raise errors.AssistanceLimit(most=most)
    return day


def _require_right(tx: Transaction, command: BookWithAssistance) -> None:
    if not command.consent:
        raise errors.ConsentMissing
    if not is_nik(command.nik):
        raise errors.BadNik
    if command.birth_date > tx.now.date() or command.birth_date not in births_of(command.nik):
        raise errors.BirthDateNotOfNik


def _same(made: Booking, person: Known, command: BookWithAssistance) -> Booking:
    """Answer what the key got before, if it was for the same person and slot."""
    is_elsewhere = made.slot_id != known_form(command.slot_id) and not made.moves
    if made.person_id != person.person_id or is_elsewhere:
        raise errors.IdempotencyKeyReused
    return made


def _sold(tx: Transaction, command: BookWithAssistance, person: Known, terms: Assistance) -> Booking:
    """Take the place and write the booking down. Raises what the sale denies, BookingsNotKept."""
    slot_id = known_form(command.slot_id)
    for _ in range(_ROUNDS):
        offers = slots.lock_offers(tx, {slot_id})
        if any(
            (offer.office, offer.service) != (command.office, command.for_service)
            for offer in offers.values()
        ):
            raise errors.UnknownSlot
        sale = Sale(offers, _citizens(tx, person, command), now=tx.now)
        outcome = sale.decide(_wish(command, person, slot_id, terms))
        if isinstance(outcome, Denied):
            raise _refusal(outcome)
        (booking,) = outcome
        bookings.leave_behind(tx, {person.person_id})
        if not bookings.add_bookings(tx, [booking]):
            bookings.add_further_slots(tx, sale.taken)
            slots.take_places(tx, sale.taken[booking.booking_id])
            if booking.status == "held":
                hold_places(tx, [booking], offers, Holding(lasts=terms.hold_lasts, draw=terms.draw))
            else:
                tx.emit(SlotBooked(**event_data(booking)))
            return booking
    raise BookingsNotKept


def _refusal(denied: Denied) -> Refused:
    """Say why; the code of somebody's booking opens its ticket, so an officer is not told it."""
    return errors.ApplicantHasBooking() if denied.reason is Reason.BOOKED_ALREADY else refusal(denied)


def _citizens(tx: Transaction, person: Known, command: BookWithAssistance) -> list[Citizen]:
    """Read who the booking is for, and who books for them; the officer has seen the birth date."""
    asker_id = person.guardian_id or person.person_id
    citizens = bookings.list_citizens(tx, [asker_id], [])
    if person.guardian_id is not None:
        return citizens + dependents.list_family(tx, [asker_id], [])
    return [replace(one, births=(command.birth_date,)) for one in citizens]


def _wish(command: BookWithAssistance, person: Known, slot_id: str, terms: Assistance) -> Wish:
    booking_id = str(uuid_utils.uuid7())
    guest = Guest(
        person_id=person.person_id,
        booking_id=booking_id,
        code_number=terms.draw(CODE_BITS),
        priority=command.priority,
    )
    return Wish(
        asker_id=person.guardian_id or person.person_id,
        slot_id=slot_id,
        idempotency_key=f"assisted:{booking_id}",
        guests=(guest,),
        is_assisted=True,
        overrides_waits=command.role != "village",
        district=command.district,
    )


def _deed(command: BookWithAssistance, action: Action, subject: str, details: Mapping[str, str]) -> Deed:
    return Deed(
        actor=command.officer_id,
        role=command.role,
        office=command.office,
        action=action,
        subject=subject,
        details=details,
    )
