"""What booking refuses about families and priority classes; a part of the tree in `errors.py`."""

from contracts.refusals import Refused


class BookedByFamily(Refused):
    """Somebody who books for the NIK has a booking ahead for it; it belongs to them until it is over."""

    code = "booked_by_family"


class BirthDateNotOfNik(Refused):
    """The NIK tells another birth date than the one given."""

    code = "birth_date_not_of_nik"


class DependentExists(Refused):
    """The NIK is an account's or another dependent's; whose is never told."""

    code = "dependent_exists"


class TooManyDependents(Refused):
    """The person books for as many others as anybody may; data: `most`."""

    code = "too_many_dependents"


class UnknownDependent(Refused):
    """Somebody in the party is nobody for whom the person books; data: `dependent`."""

    code = "unknown_dependent"


class PartySize(Refused):
    """The booking is for nobody, or for too many; data: `most`."""

    code = "party_size"


class NotOfClass(Refused):
    """The birth date is not one of the priority class; data: `priority`."""

    code = "not_of_class"
