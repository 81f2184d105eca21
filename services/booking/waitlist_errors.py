"""What booking refuses to those who wait for a place; a part of the tree in `errors.py`."""

from contracts.refusals import Refused


class BadWishDates(Refused):
    """The dates to wait for are past, too far or in the wrong order; data: `days` ahead at most."""

    code = "bad_wish_dates"


class PlacesLeft(Refused):
    """There are places on these dates, so nobody has to wait; data: `office`."""

    code = "places_left"


class AlreadyWaiting(Refused):
    """The person waits for a place already."""

    code = "already_waiting"


class UnknownWish(Refused):
    """The person has no such wish on the waitlist."""

    code = "unknown_wish"


class OfferOver(Refused):
    """No place is offered for this wish, or no longer."""

    code = "offer_over"
