"""What booking refuses where officers and villages book for people; a part of the tree in `errors.py`."""

from contracts.refusals import Refused


class ConsentMissing(Refused):
    """The person for whom an officer books does not agree."""

    code = "consent_missing"


class AssistanceLimit(Refused):
    """The officer has booked, or tried to, for as many people today as one officer may; data: `most`."""

    code = "assistance_limit"


class ApplicantHasBooking(Refused):
    """Whom the officer helps has a booking that is still to come; which one it is, is theirs to tell."""

    code = "applicant_has_booking"


class BookingCodeNeeded(Refused):
    """An officer has booked for the person of the NIK, and nothing proves yet that this is who registers."""

    code = "booking_code_needed"


class OfficeNotCovering(Refused):
    """The office is not for the people of the village's district; data: `office`, `district`."""

    code = "office_not_covering"


class NoVillage(Refused):
    """Who asks stands for no village, and so has neither a district nor a village's phone."""

    code = "no_village"
