"""Everything that booking refuses, each with its stable code.

Refused
├── BadNik, NikMismatch, BadBirthDate, BadPhone, BadLogin, ContactMissing,
│   AccountExists, BookingCodeNeeded, BookedByFamily,
│   UnknownAccount, NoSuchAccount                                           accounts
├── LoginTaken, UnknownStaff, OwnAccount, InvitationOver     staff_errors.py: staff
├── BadCode, CodeExpired, CodesSentAlready                   one-time codes
├── SignInFailed, TooManyAttempts                            sessions
├── UnknownOffice, OfficeNotOpen, UnknownServiceHere, UnknownDistrict,
│   OfficePlanInvalid                                        offices
├── UnknownSlot, SlotOver, SlotFull                          slots
├── BirthDateNotOfNik, DependentExists, TooManyDependents,
│   UnknownDependent, PartySize, NotOfClass                  families and classes
├── BadWishDates, PlacesLeft, AlreadyWaiting, UnknownWish,
│   OfferOver                                                waitlist
├── ConsentMissing, AssistanceLimit, ApplicantHasBooking     assistance_errors.py: officers, villages
├── HomeVisitOpen, HomeVisitOver, NoOfficeForDistrict …      home_visit_errors.py
├── UnknownPairingCode, PairingPending, DeviceNotPaired …    device_errors.py
├── PaymentDue, HoldEnded, TooManyHolds                      payments
└── AlreadyBooked, IdempotencyKeyReused,
    UnknownBooking, BookingOver, BookingChanged,
    BookingGivenUp, RescheduleLimit, TooLateToReschedule,
    RescheduleElsewhere, NoShowWait                          bookings
"""

from contracts.refusals import Refused
from services.booking.assistance_errors import (
    ApplicantHasBooking,
    AssistanceLimit,
    BookingCodeNeeded,
    ConsentMissing,
)
from services.booking.family_errors import (
    BirthDateNotOfNik,
    BookedByFamily,
    DependentExists,
    NotOfClass,
    PartySize,
    TooManyDependents,
    UnknownDependent,
)
from services.booking.no_show_errors import NoShowWait
from services.booking.payment_errors import (
    HoldEnded,
    PaymentDue,
    TooManyHolds,
)
from services.booking.waitlist_errors import (
    AlreadyWaiting,
    BadWishDates,
    OfferOver,
    PlacesLeft,
    UnknownWish,
)

__all__ = [
    "AlreadyWaiting",
    "ApplicantHasBooking",
    "AssistanceLimit",
    "BadWishDates",
    "BirthDateNotOfNik",
    "BookedByFamily",
    "BookingCodeNeeded",
    "ConsentMissing",
    "DependentExists",
    "HoldEnded",
    "NoShowWait",
    "NotOfClass",
    "OfferOver",
    "PartySize",
    "PaymentDue",
    "PlacesLeft",
    "TooManyDependents",
    "TooManyHolds",
    "UnknownDependent",
    "UnknownWish",
]


class BadNik(Refused):
    """The NIK has not the form of one."""

    code = "bad_nik"


class NikMismatch(Refused):
    """The NIK is of another birth date or sex than what was written beside it."""

    code = "nik_mismatch"


class BadBirthDate(Refused):
    """Nobody alive was born on this day."""

    code = "bad_birth_date"


class BadCode(Refused):
    """At least one of the two codes is another; data: `tries_left`."""

    code = "bad_code"


class CodeExpired(Refused):
    """The codes count no longer, or nothing waits for them; which of them is never told."""

    code = "code_expired"


class CodesSentAlready(Refused):
    """Codes were sent just now, or often enough; data: `retry_seconds` where waiting helps."""

    code = "codes_sent_already"


class NameTooDifferent(Refused):
    """The name is another one than was given, and no slip of it."""

    code = "name_too_different"


class BadPhone(Refused):
    """The phone number is none that can be dialled."""

    code = "bad_phone"


class BadLogin(Refused):
    """What was written is neither a phone number nor an e-mail address, as a citizen signs in with."""

    code = "bad_login"


class ContactMissing(Refused):
    """Neither a new phone number nor a new e-mail address was given, or they are those of now."""

    code = "contact_missing"


class AccountExists(Refused):
    """The NIK, the phone or the e-mail address has an account; which of them is never told."""

    code = "account_exists"


class UnknownAccount(Refused):
    """The person has no citizen's account."""

    code = "unknown_account"


class NoSuchAccount(Refused):
    """No citizen's account has this NIK, birth date and name; told to officers alone."""

    code = "no_such_account"


class SignInFailed(Refused):
    """No such login, or another password; which of them is never told."""

    code = "sign_in_failed"


class TooManyAttempts(Refused):
    """The login failed too often of late, or other people were asked about; data: `retry_seconds`."""

    code = "too_many_attempts"


class UnknownOffice(Refused):
    """There is no such office; data: `office`."""

    code = "unknown_office"


class OfficeNotOpen(Refused):
    """The office gives no slots in its present rollout status; data: `office`, `status`.

    Who asks for its slots is also told `opens_on` (a date, or null where none is known) and the `nearest`
    open offices with the service.
    """

    code = "office_not_open"


class UnknownDistrict(Refused):
    """The office does not know the way from the district; data: `office`, `district`."""

    code = "unknown_district"


class UnknownServiceHere(Refused):
    """The office does not offer the service; data: `office`, `service`, the `nearest` that do."""

    code = "unknown_service_here"


class PlanChangedMeanwhile(Refused):
    """Another plan is in force than the one that this one was compared with."""

    code = "plan_changed_meanwhile"


class OfficePlanInvalid(Refused):
    """What an office wrote down contradicts itself; data: `faults`, each with its pointer and code."""

    code = "office_plan_invalid"


class UnknownSlot(Refused):
    """There is no such slot."""

    code = "unknown_slot"


class SlotOver(Refused):
    """The slot is no longer given out, because it has begun; data: `starts_at`."""

    code = "slot_over"


class SlotFull(Refused):
    """Every place of the slot is taken."""

    code = "slot_full"


class AlreadyBooked(Refused):
    """The person has a booking that is still to come; data: its `code`."""

    code = "already_booked"


class IdempotencyKeyReused(Refused):
    """The person used the idempotency key for another slot."""

    code = "idempotency_key_reused"


class UnknownBooking(Refused):
    """The person has no such booking; data: `code`."""

    code = "unknown_booking"


class BookingOver(Refused):
    """The time of the booking is over; data: `code`."""

    code = "booking_over"


class BookingChanged(Refused):
    """The booking was changed at the same moment; data: `code`."""

    code = "booking_changed"


class BookingGivenUp(Refused):
    """The booking was cancelled; data: `code`."""

    code = "booking_cancelled"


class RescheduleLimit(Refused):
    """The booking was moved as often as it may be; data: `most`."""

    code = "reschedule_limit"


class TooLateToReschedule(Refused):
    """The booking is too near to be moved; data: `notice_hours`."""

    code = "too_late_to_reschedule"


class RescheduleElsewhere(Refused):
    """The slot is of another office or service; data: `office`, `service` of the booking."""

    code = "reschedule_elsewhere"


class VisitBegun(Refused):
    """The ticket was scanned at the office: the booking stands as it is; data: `code`."""

    code = "visit_begun"
