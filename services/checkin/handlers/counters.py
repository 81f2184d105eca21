"""An officer sits down at a counter, leaves it for a while, asks for help, and goes home."""

from dataclasses import replace

from chassis.database import Transaction
from contracts.events import (
    CounterClosed,
    CounterOpened,
    CounterPaused,
    EmergencyCleared,
    EmergencyRaised,
    TicketTransferred,
)
from contracts.events.checkin import CounterState
from contracts.requests import checkin as contract
from contracts.requests.counter_deeds import ClearEmergency, PauseCounter, RaiseEmergency, ResumeCounter
from services.checkin.domain.counter import Counter
from services.checkin.handlers import at_counter
from services.checkin.store import counters, hall_tickets


def open_counter(tx: Transaction, command: contract.OpenCounter) -> contract.Counter:
    """Sit down at a counter; at an open one, change what it offers.

    Raises UnknownOffice, UnknownCounter, UnknownServiceHere, UnknownStepHere.
    """
    before = at_counter.lock(tx, command)
    before.office.require_counter(before.number)
    opened = replace(
        before,
        state="open",
        services=before.office.services_for_counter(command.services),
        steps=before.office.steps_for_counter(command.steps),
    )
    return _put(tx, opened, command.officer, CounterOpened)


def pause_counter(tx: Transaction, command: PauseCounter) -> contract.Counter:
    """Leave an open counter for a while; a paused one stays so. Raises CounterIsClosed."""
    counter = at_counter.lock_staffed(tx, command)
    if counter.state == "paused":
        return _answer(tx, counter)
    return _put(tx, replace(counter, state="paused"), command.officer, CounterPaused)


def resume_counter(tx: Transaction, command: ResumeCounter) -> contract.Counter:
    """Be back at a counter; an open one stays so. Raises CounterIsClosed."""
    counter = at_counter.lock_staffed(tx, command)
    if counter.state == "open":
        return _answer(tx, counter)
    return _put(tx, replace(counter, state="open"), command.officer, CounterOpened)


def close_counter(tx: Transaction, command: contract.CloseCounter) -> contract.Counter:
    """Leave a counter; a closed one stays closed. Who was sent to it alone waits for all counters.

    Raises CounterIsBusy.
    """
    counter = at_counter.lock(tx, command)
    if counter.state == "closed":
        return _answer(tx, counter)
    at_counter.require_free(tx, counter)
    return _close(tx, counter, command.officer)


def close_left_open(tx: Transaction) -> None:
    """Close the counters that officers left open on a day before, as their offices' clocks have it.

    One before which somebody still is stays, to be finished.
    """
    for counter, officer in counters.lock_left_open(tx):
        _close(tx, counter, officer)


def get_counter(tx: Transaction, query: contract.CounterRequest) -> contract.Counter:
    """Read a counter as it is now. Raises UnknownOffice, UnknownCounter."""
    return _answer(tx, at_counter.read(tx, query))


def raise_emergency(tx: Transaction, command: RaiseEmergency) -> contract.Counter:
    """Ask for help at a counter, also at a closed one; who asked first is remembered."""
    at_counter.read(tx, command)
    counters.know(tx, command.office, command.counter, command.officer)
    counter = at_counter.lock(tx, command)
    if counter.emergency_since is not None:
        return _answer(tx, counter)
    return _alarm(tx, replace(counter, emergency_since=tx.now), EmergencyRaised)


def clear_emergency(tx: Transaction, command: ClearEmergency) -> contract.Counter:
    """Say that help came, or was not needed."""
    counter = at_counter.lock(tx, command)
    if counter.emergency_since is None:
        return _answer(tx, counter)
    return _alarm(tx, replace(counter, emergency_since=None), EmergencyCleared)


def _close(tx: Transaction, counter: Counter, officer: str) -> contract.Counter:
    for ticket in hall_tickets.lock_sent_to(tx, counter):
        released = hall_tickets.keep(tx, replace(ticket, for_counter=None, undo=None))
        tx.emit(hall_tickets.told(released, TicketTransferred))
    closed = replace(counter, state="closed", services=(), steps=())
    return _put(tx, closed, officer, CounterClosed)


def _put(tx: Transaction, counter: Counter, officer: str, event_type: type[CounterState]) -> contract.Counter:
    return _tell(tx, counter, event_type, version=counters.put(tx, counter, officer))


def _alarm(tx: Transaction, counter: Counter, event_type: type[CounterState]) -> contract.Counter:
    return _tell(tx, counter, event_type, version=counters.put_emergency(tx, counter))


def _tell(
    tx: Transaction, counter: Counter, event_type: type[CounterState], *, version: int
) -> contract.Counter:
    tx.emit(
        event_type(
            version=version,
            office=counter.office.code,
            counter=counter.number,
            state=counter.state,
            services=counter.services,
            steps=counter.steps,
            emergency_since=counter.emergency_since,
        )
    )
    return _answer(tx, counter)


def _answer(tx: Transaction, counter: Counter) -> contract.Counter:
    return at_counter.answer(tx, counter, hall_tickets.present(tx, counter))
