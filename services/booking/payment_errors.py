"""What booking refuses where payment comes first; a part of the tree in `errors.py`."""

from contracts.refusals import Refused


class PaymentDue(Refused):
    """The booking is held until it is paid, and stays where it is; data: `code`."""

    code = "payment_due"


class HoldEnded(Refused):
    """The booking was not paid in time; data: `code`."""

    code = "hold_ended"


class TooManyHolds(Refused):
    """The person left too many places unpaid of late, and gets none that is paid first."""

    code = "too_many_holds"
