"""A person's own bookings, and those they made for their family: reading them and giving them up."""

from collections.abc import Iterable

from chassis.database import Transaction
from contracts.events import BookingCancelled
from contracts.requests.booking import Booking as OwnBooking
from contracts.requests.booking import Bookings, CancelBooking, CancelParty, GetBooking, ListBookings
from contracts.ticket import TicketSigner
from services.booking import errors
from services.booking.domain.booking import Booking
from services.booking.domain.reschedule import ONE_MOVE, RescheduleRule, is_used
from services.booking.handlers import moving, refunds
from services.booking.handlers.bookings import event_data
from services.booking.handlers.holds import tell_given_up
from services.booking.handlers.identifier import known_form
from services.booking.handlers.no_shows import waits_of
from services.booking.handlers.returns import FREE_AT_ONCE, Returns, give_up_places
from services.booking.handlers.tickets import own_booking
from services.booking.store import bookings, payments, slots, visits
from services.booking.store.refunds import GoesBack, of_payments


def get_booking(
    tx: Transaction, query: GetBooking, *, signer: TicketSigner, rule: RescheduleRule = ONE_MOVE
) -> OwnBooking:
    """Read a booking that a person made. Raises UnknownBooking."""
    asker_id = known_form(query.person_id)
    booking = own(tx, asker_id, query.code)
    party = party_of(tx, asker_id, booking)
    begun = visits.list_visits(tx, [one.booking_id for one in party])
    known = moving.known_of(tx, party, rule=rule, begun=begun)
    return own_booking(
        booking,
        signer,
        party=party,
        visit=begun.get(booking.booking_id),
        payment=payments.payment_of(tx, booking),
        going_back=_going_back(tx, party).get(booking.payment_id or "", ()),
        moving=moving.moving_of(tx, booking, party, known),
    )


def list_bookings(
    tx: Transaction, query: ListBookings, *, signer: TicketSigner, rule: RescheduleRule = ONE_MOVE
) -> Bookings:
    """Read all bookings that a person made, newest first, and where they have to wait before they book."""
    asker_id = known_form(query.person_id)
    found = bookings.list_bookings(tx, asker_id)
    parties: dict[str, list[Booking]] = {}
    for booking in reversed(found):
        if booking.party_id is not None:
            parties.setdefault(booking.party_id, []).append(booking)
    begun = visits.list_visits(tx, [booking.booking_id for booking in found])
    known = moving.known_of(tx, found, rule=rule, begun=begun)
    payment_ids = {one.payment_id for one in found if one.payment_id is not None}
    paid = payments.list_payments(tx, payment_ids) if payment_ids else {}
    going_back = _going_back(tx, found)
    shown = []
    for one in found:
        party = parties.get(one.party_id or "", ())
        shown.append(
            own_booking(
                one,
                signer,
                party=party,
                visit=begun.get(one.booking_id),
                payment=paid.get(one.payment_id or ""),
                going_back=going_back.get(one.payment_id or "", ()),
                moving=moving.moving_of(tx, one, party, known),
            )
        )
    return Bookings(bookings=tuple(shown), waits=waits_of(tx, asker_id))


def cancel_booking(
    tx: Transaction, command: CancelBooking, *, signer: TicketSigner, returns: Returns = FREE_AT_ONCE
) -> OwnBooking:
    """Give up one booking and let its place return; the rest of a party stays.

    Raises UnknownBooking, BookingOver, BookingChanged, VisitBegun.
    """
    asker_id = known_form(command.person_id)
    (booking,) = _cancel(tx, asker_id, [own_locked(tx, asker_id, command.code)], returns)
    payment = payments.payment_of(tx, booking)
    return own_booking(booking, signer, party=party_of(tx, asker_id, booking), payment=payment)


def cancel_party(
    tx: Transaction, command: CancelParty, *, signer: TicketSigner, returns: Returns = FREE_AT_ONCE
) -> OwnBooking:
    """Give up the bookings of all who come together.

    Raises UnknownBooking, BookingOver, BookingChanged, VisitBegun.
    """
    asker_id = known_form(command.person_id)
    booking = own_locked(tx, asker_id, command.code)
    party = _cancel(tx, asker_id, party_of(tx, asker_id, booking), returns)
    given_up = next(one for one in party if one.code == command.code)
    return own_booking(given_up, signer, party=party, payment=payments.payment_of(tx, given_up))


def _going_back(tx: Transaction, found: Iterable[Booking]) -> dict[str, list[GoesBack]]:
    """Read what goes back of what some bookings are paid with, by payment; nothing is asked where none is."""
    payment_ids = {one.payment_id for one in found if one.payment_id is not None}
    return of_payments(tx, payment_ids) if payment_ids else {}


def _cancel(tx: Transaction, asker_id: str, found: list[Booking], returns: Returns) -> list[Booking]:
    """Give up what is not yet; a booking that has moved to another slot meanwhile is left alone."""
    taken = bookings.places_taken(tx, found)
    offers = slots.lock_offers(tx, {place.slot_id for places in taken.values() for place in places})
    withdrawn = slots.withdrawn_of(tx, {place.slot_id for places in taken.values() for place in places})
    let_down = {one for one, places in taken.items() if any(place.slot_id in withdrawn for place in places)}
    after = [_cancelled(tx, asker_id, one, is_affected=one.booking_id in let_down) for one in found]
    given_up = [one for one, before in after if before.status != "cancelled"]
    give_up_places(tx, offers, {one.booking_id: taken[one.booking_id] for one in given_up}, returns)
    for booking, before in after:
        if before.status != "cancelled":
            bookings.keep_cancelled(tx, booking)
        if before.status == "booked":  # nobody but its person was told of any other
            tx.emit(BookingCancelled(**event_data(booking)))
    _settle_with(tx, [(one, before) for one, before in after if before.status != "cancelled"])
    return [one for one, _ in after]


def _settle_with(tx: Transaction, given_up: list[tuple[Booking, Booking]]) -> None:
    """Owe people back what they paid, or tell them that nothing is to be paid any more."""
    payment = payments.payment_of(tx, given_up[0][0]) if given_up else None
    if payment is None:
        return
    if payment.status == "paid":
        refunds.owe_shares(tx, payment, [one for one, _ in given_up], "cancelled")
    elif any(before.status == "held" for _, before in given_up):
        tell_given_up(tx, payment)


def _cancelled(
    tx: Transaction, asker_id: str, found: Booking, *, is_affected: bool
) -> tuple[Booking, Booking]:
    """Return a booking given up, and as it was; whom the office let down may do so after its time too."""
    booking = unmoved(tx, asker_id, found, is_affected=is_affected)
    if booking.status == "cancelled":
        return booking, booking
    is_open = booking.is_ahead(tx.now) or (is_affected and booking.status == "booked")
    if booking.has_place and not is_open:
        raise errors.BookingOver(code=booking.code)
    return booking.cancelled(), booking


def unmoved(tx: Transaction, asker_id: str, before: Booking, *, is_affected: bool) -> Booking:
    """Read a booking again now that its slots are locked; `is_affected` if the office will not work then.

    Raises BookingChanged where it is elsewhere, VisitBegun where its visit has used it.
    """
    booking = own(tx, asker_id, before.code)
    if booking.slot_id != before.slot_id:
        raise errors.BookingChanged(code=before.code)
    visit = visits.list_visits(tx, [booking.booking_id]).get(booking.booking_id)
    if booking.status != "cancelled" and is_used(visit, is_affected=is_affected):
        raise errors.VisitBegun(code=before.code)
    return booking


def own_locked(tx: Transaction, asker_id: str, code: str) -> Booking:
    """Find a booking that a person made, and let no money change it meanwhile. Raises UnknownBooking."""
    found = own(tx, asker_id, code)
    if found.payment_id is None:
        return found
    payments.lock_payments(tx, [found.payment_id])
    return own(tx, asker_id, code)


def own(tx: Transaction, asker_id: str, code: str) -> Booking:
    """Find a booking that a person made. Raises UnknownBooking."""
    found = bookings.find_booking(tx, asker_id, code)
    if found is None:
        raise errors.UnknownBooking(code=code)
    return found


def party_of(tx: Transaction, asker_id: str, booking: Booking) -> list[Booking]:
    """List who come together, the booking among them."""
    return [booking] if booking.party_id is None else bookings.list_party(tx, asker_id, booking.party_id)
