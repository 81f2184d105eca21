"""What booking refuses about the accounts of staff."""

from contracts.refusals import Refused


class LoginTaken(Refused):
    """Somebody has this login already, perhaps at another office; data: `login`."""

    code = "login_taken"


class UnknownStaff(Refused):
    """Nobody of this id works at the office's counters."""

    code = "unknown_staff"


class OwnAccount(Refused):
    """Nobody ends their own account: an office would be left without a head."""

    code = "own_account"


class LastHead(Refused):
    """They are the only head who can sign in: nobody would be left to invite anybody."""

    code = "last_head"


class InvitationOver(Refused):
    """There is no such invitation, or it was used, replaced or too old; which of them is never told."""

    code = "invitation_over"
