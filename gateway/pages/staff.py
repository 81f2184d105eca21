"""Who works at an office, for its head; and the link by which somebody who is invited chooses a password.

/kepala/{office}/petugas                    the list, and the form for one more
/kepala/{office}/petugas/{staff_id}/undang  another link; the page that answers shows it this once
/kepala/{office}/petugas/{staff_id}/akhiri  an end to it
/undangan/{token}                           the one who is invited: a password, and signed in

All of it are forms; no script is needed. A link is shown by the answer to the form itself: it belongs into no
cookie, and no other page can show it again.
"""

import falcon
from falcon.asgi import Request, Response

from contracts.access import Access
from contracts.events.booking import OfficeChanged
from contracts.refusals import InvalidRequest, Refused
from contracts.requests.staff import (
    AcceptInvitation,
    EndStaff,
    FindInvitation,
    Invitation,
    InvitedStaff,
    InviteStaff,
    InviteStaffAgain,
    ListStaff,
)
from gateway.auth import IN_CHARGE, begin_session, require_in_charge
from gateway.errors import status
from gateway.pages.flash import said, say_next
from gateway.pages.forms import FormFaults, fill, read_form
from gateway.pages.sent_back import SentBack, send_back, sent_back
from gateway.pages.site import Site, go_to, home_of, signed_in
from gateway.qr import address_svg

_ABOUT = "petugas"
_ENDED = "berakhir"
_FIELDS = ("login", "staff_name", "for_role")
_OF_CODE = {"login_taken": "login"}


class InvitationOver(Refused):
    """The link is none of ours: said as of one that counts no more."""

    code = "invitation_over"


class StaffPage:
    """`/kepala/{office}/petugas`, and what is below it."""

    def __init__(self, site: Site, *, public_url: str) -> None:
        self._site = site
        self._public_url = public_url

    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """Show who works here, and the form."""
        found, access = self._own(req, office)
        listed = await self._site.backend.ask(ListStaff(office=office))
        wrong = sent_back(req, resp)
        self._site.renderer.show(
            req, resp, "head/staff.html", office=found, members=listed.members, faults=wrong.faults,
            typed=wrong.typed, refused=wrong.refused, own=access.subject,
            has_ended=said(req, resp, _ABOUT) == _ENDED,
        )  # fmt: skip

    async def on_post(self, req: Request, resp: Response, office: str) -> None:
        """Invite somebody and show the link, or lead back to the form with what is wrong."""
        found, access = self._own(req, office)
        form = await read_form(req)
        told = {"office": office, "invited_by": access.subject, "role": access.role}
        told |= {"login": form.get("login", "").lower(), "name": form.get("staff_name", "")}
        try:
            command = fill(InviteStaff, {**told, "for_role": form.get("for_role", "")})
            invitation = await self._site.backend.ask(command)
        except (FormFaults, Refused) as reason:
            typed = {name: form.get(name, "") for name in _FIELDS}
            wrong = SentBack.because(reason, typed, fields=_OF_CODE)
            faults = {"staff_name" if name == "name" else name: code for name, code in wrong.faults.items()}
            again = SentBack(typed=typed, faults=faults, refused=wrong.refused)
            send_back(resp, _page(office), again, secure=self._site.secure)
        else:
            self._show(req, resp, found, invitation)

    async def on_post_invitation(self, req: Request, resp: Response, office: str, staff_id: str) -> None:
        """Make another link and show it."""
        found, access = self._own(req, office)
        told = {"office": office, "staff_id": staff_id, "invited_by": access.subject, "role": access.role}
        try:
            invitation = await self._site.backend.ask(fill(InviteStaffAgain, told))
        except Refused as refused:
            send_back(resp, _page(office), SentBack(refused=refused), secure=self._site.secure)
        else:
            self._show(req, resp, found, invitation)

    async def on_get_invitation(self, _req: Request, resp: Response, office: str, staff_id: str) -> None:
        """Lead to the list: a link is made by nobody's opening an address."""
        go_to(resp, _page(office))

    async def on_post_end(self, req: Request, resp: Response, office: str, staff_id: str) -> None:
        """End it, and go back to the list."""
        _, access = self._own(req, office)
        told = {"office": office, "staff_id": staff_id, "ended_by": access.subject, "role": access.role}
        try:
            await self._site.backend.ask(fill(EndStaff, told))
        except Refused as refused:
            send_back(resp, _page(office), SentBack(refused=refused), secure=self._site.secure)
        else:
            say_next(resp, _ENDED, _ABOUT, secure=self._site.secure)
            go_to(resp, _page(office))

    async def on_get_end(self, _req: Request, resp: Response, office: str, staff_id: str) -> None:
        """Lead to the list: nothing is ended by opening an address."""
        go_to(resp, _page(office))

    def _own(self, req: Request, office: str) -> tuple[OfficeChanged, Access]:
        found = self._site.directory.find(office)
        signed_in(req, IN_CHARGE)
        return found, require_in_charge(req, office)

    def _show(self, req: Request, resp: Response, office: OfficeChanged, invitation: Invitation) -> None:
        address = f"{self._public_url}/undangan/{invitation.token}"
        self._site.renderer.show(
            req, resp, "head/invitation.html", office=office, invitation=invitation, address=address,
            qr=address_svg(address).decode(),
        )  # fmt: skip


class Invited:
    """`/undangan/{token}`: choose a password, and begin to work."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response, token: str) -> None:
        """Show who is invited, and the form. Raises InvitationOver."""
        await self._show(req, resp, token, SentBack())

    async def on_post(self, req: Request, resp: Response, token: str) -> None:
        """Begin a session and go to work, or show the form with what is wrong.

        At once: a form that is led back to is kept in a cookie, with its address, which is a secret here.
        """
        form = await read_form(req)
        try:
            wanted = fill(AcceptInvitation, {"token": token, "password": form.get("password", "")})
            session = await self._site.backend.ask(wanted)
        except (FormFaults, Refused) as reason:
            code = reason.code if isinstance(reason, Refused) else InvalidRequest.code
            resp.status = falcon.code_to_http_status(status(code))
            await self._show(req, resp, token, SentBack.because(reason))
        else:
            begin_session(resp, session, secure=self._site.secure)
            go_to(resp, home_of(session.role, session.office))

    async def _show(self, req: Request, resp: Response, token: str, wrong: SentBack) -> None:
        invited = await self._find(token)
        office = None if invited.office is None else self._site.directory.find(invited.office)
        self._site.renderer.show(
            req, resp, "invited.html", invited=invited, office=office, token=token, faults=wrong.faults,
            refused=wrong.refused,
        )  # fmt: skip
        resp.set_header("Cache-Control", "no-store")

    async def _find(self, token: str) -> InvitedStaff:
        try:
            return await self._site.backend.ask(fill(FindInvitation, {"token": token}))
        except FormFaults as no_token:
            raise InvitationOver from no_token


def _page(office: str) -> str:
    return f"/kepala/{office}/petugas"
