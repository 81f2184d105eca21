"""An officer books for somebody who cannot do it alone, with their consent and up to a number a day."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import uuid_utils

from chassis.database import Transaction
from contracts.events import ContactChanged, SlotBooked
from contracts.requests.assistance import BookWithAssistance
from contracts.requests.booking import Booking as OwnBooking
from contracts.ticket import TicketSigner
from services.booking import errors
from services.booking.domain.audit import Deed
from services.booking.domain.booking import Booking
from services.booking.domain.booking_code import CODE_BITS
from services.booking.domain.nik import births_of, is_nik
from services.booking.domain.payment import HOLD_LASTS
from services.booking.domain.sale import Denied, Sale
from services.booking.domain.wish import Citizen, Guest, Wish
from services.booking.handlers import audit
from services.booking.handlers.bookings import BookingsNotKept, event_data, refusal
from services.booking.handlers.contact import PhoneInvalid, phone_number
from services.booking.handlers.holds import Holding, hold_places
from services.booking.handlers.identifier import known_form
from services.booking.handlers.identity_vault import IdentityVault
from services.booking.handlers.tickets import own_booking
from services.booking.store import accounts, assistance, bookings, dependents, offices, payments, slots
from services.booking.store.accounts import AccountRecord
from services.booking.store.assistance import Assisted, Known

_ROUNDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Assistance:
    """What assisting stands on; an officer books at most `most_a_day`. `draw` draws codes' numbers."""

    vault: IdentityVault
    signer: TicketSigner
    most_a_day: int
    draw: Callable[[int], int] = secrets.randbits
    hold_lasts: timedelta = HOLD_LASTS


def book_with_assistance(tx: Transaction, command: BookWithAssistance, *, terms: Assistance) -> OwnBooking:
    """Take a place for a person; written down in the audit log.

    Refuses the slot as `book_slots` does, and raises ConsentMissing, BadNik, BirthDateNotOfNik, BadPhone,
    UnknownOffice, AssistanceLimit, IdempotencyKeyReused, AlreadyBooked.
    """
    _require_right(tx, command)
    office = offices.find_office(tx, command.office)
    if office is None:
        raise errors.UnknownOffice(office=command.office)
    assistance.take_turn(tx, command.officer_id)
    person = _person(tx, command, terms.vault)
    made = assistance.find_made(tx, command.officer_id, command.idempotency_key)
    if made is not None:
        same = _same(made, person, command)
        return own_booking(same, terms.signer, payment=payments.payment_of(tx, same))
    day = tx.now.astimezone(office.zone).date()
    if assistance.count_of_day(tx, command.officer_id, day) >= terms.most_a_day:
        raise errors.AssistanceLimit(most=terms.most_a_day)
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
    audit.record(tx, _deed(command, booking), key=terms.vault.audit_key)
    return own_booking(booking, terms.signer, payment=payments.payment_of(tx, booking))


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


def _person(tx: Transaction, command: BookWithAssistance, vault: IdentityVault) -> Known:
    """Find who has the NIK, or make a person without a sign-in."""
    digest = vault.nik_digest(command.nik)
    known = assistance.find_person(tx, digest)
    if known is not None:
        return known
    record = _record(tx, command, vault)
    phone = _phone(command)
    if not accounts.add_account(tx, record):  # somebody else has just made them
        found = assistance.find_person(tx, digest)
        if found is None:
            raise BookingsNotKept
        return found
    if phone is not None:
        tx.emit(
            ContactChanged(
                version=record.version,
                person_id=record.person_id,
                display_name=record.display_name,
                phone=phone,
                email=None,
                locale=record.locale,
            )
        )
    return Known(person_id=record.person_id, guardian_id=None)


def _record(tx: Transaction, command: BookWithAssistance, vault: IdentityVault) -> AccountRecord:
    """Nobody signs in to it: it has no password, and neither phone nor mailbox of its own."""
    person_id = str(uuid_utils.uuid7())
    sealed = vault.seal(command.nik, person_id=person_id)
    return AccountRecord(
        person_id=person_id,
        name=command.name.strip(),
        display_name=command.display_name.strip(),
        phone=f"assisted {person_id}",
        email=f"assisted {person_id}",
        locale="id",
        nik_digest=sealed.digest,
        nik_ciphertext=sealed.ciphertext,
        nik_key_id=sealed.key_id,
        password_hash="",
        version=1,
        created_at=tx.now,
        birth_date=command.birth_date,
    )


def _phone(command: BookWithAssistance) -> str | None:
    if command.phone is None:
        return None
    try:
        return phone_number(command.phone)
    except PhoneInvalid as reason:
        raise errors.BadPhone from reason


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
            raise refusal(outcome)
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
    )


def _deed(command: BookWithAssistance, booking: Booking) -> Deed:
    return Deed(
        actor=command.officer_id,
        role=command.role,
        office=command.office,
        action="booked_with_assistance",
        subject=booking.booking_id,
        details={"person": booking.person_id, "consent": command.consent_given},
    )
