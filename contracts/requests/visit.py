"""Who comes together on a booking, and how far they are at the office."""

from dataclasses import dataclass

from contracts.words import BookingCode, BookingStatus, CounterNumber, DisplayName, TicketNumber, TicketState


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyMember:
    """One of those who come together; each has a booking of their own under its code."""

    code: BookingCode
    display_name: DisplayName
    status: BookingStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """How far somebody is at the office: their number in the hall, and the counter that called it.

    `is_excused` says of a `no_show` that the office did not work at some hours of that day: it has no
    consequence.
    """

    number: TicketNumber
    state: TicketState
    counter: CounterNumber | None
    is_excused: bool = False
