"""What booking refuses of visits at home; a part of the tree in `errors.py`."""

from contracts.refusals import Refused


class SensitiveConsentMissing(Refused):
    """The person does not agree that address and reason, which tell of health, are kept."""

    code = "sensitive_consent_missing"


class NoOfficeForDistrict(Refused):
    """No office that takes requests covers the district; data: `district`."""

    code = "no_office_for_district"


class HomeVisitOpen(Refused):
    """The person has asked for a visit already, and it is not over."""

    code = "home_visit_open"


class HomeVisitLimit(Refused):
    """For the person as many visits were asked for lately as anybody may; data: `most`, `days`."""

    code = "home_visit_limit"


class UnknownHomeVisit(Refused):
    """There is no such request for who asks."""

    code = "unknown_home_visit"


class HomeVisitOver(Refused):
    """The request is done, declined or withdrawn; data: `status`."""

    code = "home_visit_over"


class HomeVisitAhead(Refused):
    """The visit has no day yet, or its time has not begun: nobody can have made it."""

    code = "home_visit_ahead"


class BadVisitTime(Refused):
    """The window is past, too far ahead, or ends before it begins; data: `days`."""

    code = "bad_visit_time"
