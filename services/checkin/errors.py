"""What check-in refuses, each under the code that clients see.

Refused
├── UnknownOffice, UnknownCounter, UnknownServiceHere, UnknownStepHere, UnknownNumber
├── OfficeNotOpenToday, WalkInFull, WalkInsOver
├── ReportEndsBeforeItBegins, ReportTooLong, ReportNotBegun
├── TicketRefused
│   ├── TamperedTicket, ExpiredTicket, UnknownTicket
│   ├── OtherOffice, OtherDay, CancelledBooking, TooEarly, TooLate
│   └── AlreadyScanned, AlreadyCalled, AbsentAgain, VisitOver
└── CounterRefused
    ├── CounterIsClosed, CounterIsPaused, CounterIsBusy, QueueIsEmpty, NoTicketAtCounter,
    │   OtherTicketAtCounter, RecallFirst, RecallTooSoon, StillOnTheWay
    ├── OtherState, NowhereToGo, VisitDayOver
    └── NothingToUndo, UndoIsOver, UndoneByOthers
"""

from contracts.refusals import Refused


class UnknownOffice(Refused):
    """No office of this code was ever announced. Data: office."""

    code = "unknown_office"


class UnknownCounter(Refused):
    """The office has fewer counters. Data: office, counter, counters (how many it has)."""

    code = "unknown_counter"


class UnknownServiceHere(Refused):
    """A counter cannot offer what its office does not. Data: office, services (the unknown ones)."""

    code = "unknown_service_here"


class UnknownStepHere(Refused):
    """No visit here, or not this one, goes through these steps. Data: office, steps (the unknown ones)."""

    code = "unknown_step_here"


class UnknownNumber(Refused):
    """The office gave out no such number today. Data: office, number."""

    code = "unknown_number"


class OfficeNotOpenToday(Refused):
    """No places for who walks in were told of today: the office does not work. Data: office."""

    code = "office_not_open_today"


class WalkInFull(Refused):
    """All places that a service keeps today for who walks in are taken. Data: service, places (in all)."""

    code = "walk_in_full"


class WalkInsOver(Refused):
    """The last appointment of today has ended. Data: closed_at (with the office's offset)."""

    code = "walk_ins_over"


class ReportEndsBeforeItBegins(Refused):
    """The last day of a report is before its first. Data: from_date, to_date (ISO 8601)."""

    code = "report_ends_before_start"


class ReportTooLong(Refused):
    """A report is about more days than are added up at once. Data: most_days."""

    code = "report_too_long"


class ReportNotBegun(Refused):
    """Nothing of a report's days has been yet. Data: from_date, today (ISO 8601)."""

    code = "report_not_begun"


class TicketRefused(Refused):
    """A ticket was not admitted."""


class TamperedTicket(TicketRefused):
    """The text is no ticket of ours, or was changed."""

    code = "ticket_tampered"


class ExpiredTicket(TicketRefused):
    """The ticket was genuine, and its time is over."""

    code = "ticket_expired"


class UnknownTicket(TicketRefused):
    """No booking of this code is known here. Data: code."""

    code = "unknown_ticket"


class OtherOffice(TicketRefused):
    """The ticket is for another office.

    Data: office, office_name and distance_km (both None when not known here).
    """

    code = "ticket_other_office"


class OtherDay(TicketRefused):
    """The ticket is not for today, by the office's own calendar.

    Data: date (ISO 8601), starts_at (with the office's offset), is_past.
    """

    code = "ticket_other_day"


class CancelledBooking(TicketRefused):
    """The booking of this ticket was given up."""

    code = "booking_cancelled"


class TooEarly(TicketRefused):
    """The appointment is long to come. Data: come_back_at, starts_at (with the office's offset)."""

    code = "too_early"


class TooLate(TicketRefused):
    """The appointment and its grace are over, and the office admits nobody then.

    Data: starts_at, ends_at (with the office's offset).
    """

    code = "too_late"


class AlreadyScanned(TicketRefused):
    """The ticket waits in the hall already. Data: number, waiting_before."""

    code = "already_scanned"


class AlreadyCalled(TicketRefused):
    """The ticket is being called to a counter. Data: number, counter."""

    code = "already_called"


class VisitOver(TicketRefused):
    """Who held the ticket was served today. Data: number."""

    code = "visit_over"


class AbsentAgain(TicketRefused):
    """Nobody came when the ticket was called, for the second time today. Data: number."""

    code = "absent_again"


class CounterRefused(Refused):
    """A counter cannot do what its officer asked."""


class CounterIsClosed(CounterRefused):
    """Only an open counter calls. Data: counter."""

    code = "counter_closed"


class CounterIsPaused(CounterRefused):
    """A paused counter calls nobody. Data: counter."""

    code = "counter_paused"


class CounterIsBusy(CounterRefused):
    """A ticket is still before the counter. Data: counter, number."""

    code = "counter_busy"


class QueueIsEmpty(CounterRefused):
    """Nobody waits for a service that the counter offers. Data: counter."""

    code = "queue_empty"


class NoTicketAtCounter(CounterRefused):
    """No ticket is before the counter. Data: counter."""

    code = "no_ticket_at_counter"


class OtherTicketAtCounter(CounterRefused):
    """The ticket that is meant has left the counter, and another is before it. Data: counter, number."""

    code = "other_ticket_at_counter"


class StillOnTheWay(CounterRefused):
    """Who was called just now may still be on the way. Data: counter, number, absent_from (ISO 8601)."""

    code = "still_on_the_way"


class RecallFirst(CounterRefused):
    """Who was called once may still be on the way. Data: counter, number."""

    code = "recall_first"


class RecallTooSoon(CounterRefused):
    """Who was called a moment ago has hardly heard it. Data: counter, number, recall_from (ISO 8601)."""

    code = "recall_too_soon"


class OtherState(CounterRefused):
    """The ticket is not in the state that this needs. Data: number, state, counter (None without one)."""

    code = "ticket_other_state"


class NowhereToGo(CounterRefused):
    """A transfer names neither another counter nor another step. Data: counter."""

    code = "transfer_to_nowhere"


class VisitDayOver(CounterRefused):
    """The ticket is of a day that is over: it can only be finished. Data: number, date (ISO 8601)."""

    code = "visit_day_over"


class NothingToUndo(CounterRefused):
    """Nothing was done at the counter that can be undone. Data: counter."""

    code = "nothing_to_undo"


class UndoIsOver(CounterRefused):
    """What was done last was too long ago to be undone. Data: counter, undo_until (ISO 8601)."""

    code = "undo_over"


class UndoneByOthers(CounterRefused):
    """Others have gone on with the ticket since. Data: counter, number."""

    code = "undone_by_others"
