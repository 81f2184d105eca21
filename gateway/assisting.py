"""Who books for people: an office's officers and head there, a village's clerk at offices that cover it."""

from falcon.asgi import Request

from contracts.access import Access
from contracts.words import Role
from gateway.auth import OtherOffice, require

ASSISTING: tuple[Role, ...] = ("officer", "head", "village")


def require_assisting(req: Request, office: str) -> Access:
    """Return who asks, if they may book for people at the office; which villages may, booking says.

    Raises OtherOffice, and what `require` does.
    """
    access = require(req, ASSISTING)
    if access.role != "village" and access.office != office:
        raise OtherOffice(office=access.office)
    return access
