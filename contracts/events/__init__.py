"""Everything that can happen in Antrean, and who wants to know it.

An event is named in the past tense and carries the whole public state of its subject and the
subject's `version` (event-carried state transfer): a consumer stores it where the version is newer
than what it has, and ignores it otherwise. So order, duplicates and lost intermediates do no harm.
"""

from contracts.events.accounts import (
    CodeIssued,
    PersonErased,
    ProofCodeIssued,
    ProofDeclined,
    RegistrationRepeated,
    SessionsRevoked,
    SignInChanged,
)
from contracts.events.availability import AvailabilityChanged
from contracts.events.base import Event
from contracts.events.booking import (
    BookingAffected,
    BookingCancelled,
    BookingReinstated,
    BookingRescheduled,
    ContactChanged,
    HallNameChanged,
    NoShowCounted,
    OfficeChanged,
    OfficeOutageDeclared,
    OfficeOutageLifted,
    SlotBooked,
    WaitlistOffered,
)
from contracts.events.checkin import (
    CounterCalled,
    CounterClosed,
    CounterOpened,
    CounterPaused,
    EmergencyCleared,
    EmergencyRaised,
    TicketHeld,
    TicketNoShow,
    TicketRestored,
    TicketScanned,
    TicketServed,
    TicketTransferred,
    TurnNear,
    WalkInIssued,
)
from contracts.events.display import BoardChanged
from contracts.events.home_visit import HomeVisitAnswered, HomeVisitRequested
from contracts.events.notify import MessageDelivered, MessageFailed
from contracts.events.payment import BookingExpired, BookingHeld, HoldGivenUp, PaymentSettled, RefundDue
from contracts.events.walk_in import WalkInPlacesSet

EVENT_TYPES: dict[str, type[Event]] = {
    event_type.__name__: event_type
    for event_type in (
        OfficeChanged,
        SlotBooked,
        BookingCancelled,
        BookingAffected,
        BookingReinstated,
        BookingRescheduled,
        HallNameChanged,
        BookingHeld,
        BookingExpired,
        HoldGivenUp,
        PaymentSettled,
        RefundDue,
        WaitlistOffered,
        HomeVisitRequested,
        HomeVisitAnswered,
        OfficeOutageDeclared,
        OfficeOutageLifted,
        ContactChanged,
        NoShowCounted,
        CodeIssued,
        RegistrationRepeated,
        ProofCodeIssued,
        ProofDeclined,
        SignInChanged,
        SessionsRevoked,
        PersonErased,
        AvailabilityChanged,
        WalkInPlacesSet,
        TicketScanned,
        CounterOpened,
        CounterClosed,
        CounterCalled,
        TicketServed,
        TicketNoShow,
        TicketHeld,
        TicketTransferred,
        TicketRestored,
        WalkInIssued,
        TurnNear,
        CounterPaused,
        EmergencyRaised,
        EmergencyCleared,
        BoardChanged,
        MessageDelivered,
        MessageFailed,
    )
}

SUBSCRIPTIONS: dict[str, tuple[type[Event], ...]] = {
    "booking": (
        TicketScanned,
        CounterCalled,
        TicketServed,
        TicketNoShow,
        TicketHeld,
        TicketTransferred,
        TicketRestored,
    ),
    "checkin": (
        OfficeChanged,
        SlotBooked,
        BookingRescheduled,
        BookingCancelled,
        HallNameChanged,
        WalkInPlacesSet,
        PersonErased,
    ),
    "notify": (
        OfficeChanged,
        ContactChanged,
        CodeIssued,
        RegistrationRepeated,
        ProofCodeIssued,
        ProofDeclined,
        SignInChanged,
        PersonErased,
        SlotBooked,
        BookingCancelled,
        BookingAffected,
        BookingReinstated,
        BookingRescheduled,
        WaitlistOffered,
        BookingHeld,
        BookingExpired,
        HoldGivenUp,
        PaymentSettled,
        RefundDue,
        NoShowCounted,
        HomeVisitRequested,
        HomeVisitAnswered,
        TicketScanned,
        CounterCalled,
        TicketRestored,
        TurnNear,
    ),
    "display": (
        OfficeChanged,
        OfficeOutageDeclared,
        OfficeOutageLifted,
        TicketScanned,
        WalkInIssued,
        CounterOpened,
        CounterClosed,
        CounterCalled,
        CounterPaused,
        TicketServed,
        TicketNoShow,
        TicketHeld,
        TicketTransferred,
        TicketRestored,
        PersonErased,
    ),
}
"""Which durable events each service keeps a queue for. Every process declares all of these queues at
its start, so no event is lost because its consumer has never run yet."""

FOLLOWED_BY_GATEWAY: tuple[type[Event], ...] = (
    OfficeChanged,
    AvailabilityChanged,
    CounterCalled,
    BoardChanged,
    SessionsRevoked,
)
"""Which events each gateway process follows, over a queue that lives as long as its connection."""


def consumers(event_type: type[Event]) -> tuple[str, ...]:
    """Name who listens to a type of event."""
    services = tuple(service for service, types in SUBSCRIPTIONS.items() if event_type in types)
    return (*services, "gateway") if event_type in FOLLOWED_BY_GATEWAY else services


__all__ = [
    "EVENT_TYPES",
    "FOLLOWED_BY_GATEWAY",
    "SUBSCRIPTIONS",
    "AvailabilityChanged",
    "BoardChanged",
    "BookingAffected",
    "BookingCancelled",
    "BookingExpired",
    "BookingHeld",
    "BookingReinstated",
    "BookingRescheduled",
    "CodeIssued",
    "ContactChanged",
    "CounterCalled",
    "CounterClosed",
    "CounterOpened",
    "CounterPaused",
    "EmergencyCleared",
    "EmergencyRaised",
    "Event",
    "HallNameChanged",
    "HoldGivenUp",
    "HomeVisitAnswered",
    "HomeVisitRequested",
    "MessageDelivered",
    "MessageFailed",
    "NoShowCounted",
    "OfficeChanged",
    "OfficeOutageDeclared",
    "OfficeOutageLifted",
    "PaymentSettled",
    "PersonErased",
    "ProofCodeIssued",
    "ProofDeclined",
    "RefundDue",
    "RegistrationRepeated",
    "SessionsRevoked",
    "SignInChanged",
    "SlotBooked",
    "TicketHeld",
    "TicketNoShow",
    "TicketRestored",
    "TicketScanned",
    "TicketServed",
    "TicketTransferred",
    "TurnNear",
    "WaitlistOffered",
    "WalkInIssued",
    "WalkInPlacesSet",
    "consumers",
]
