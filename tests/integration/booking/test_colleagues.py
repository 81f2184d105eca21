"""Who works at an office's counters: invited, choosing a password themselves, and leaving."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
import uuid_utils
from sqlalchemy import func, select, text

from chassis.database import Transaction
from contracts.events import SessionsRevoked
from contracts.refusals import Refused
from contracts.requests.accounts import OpenSession, Session
from contracts.requests.staff import (
    AcceptInvitation,
    EndStaff,
    FindInvitation,
    Invitation,
    InviteStaff,
    InviteStaffAgain,
    ListStaff,
    StaffMember,
)
from services.booking.errors import SignInFailed, UnknownOffice
from services.booking.handlers import colleagues, sessions
from services.booking.staff_errors import InvitationOver, LoginTaken, OwnAccount, UnknownStaff
from services.booking.store.accounts import StaffRecord
from services.booking.store.audit import latest
from services.booking.store.colleagues import add as add_staff
from services.booking.store.identity_tables import staff_invitation
from tests.contention import at_once, overlap
from tests.integration.booking.desk import NOW, PASSWORDS, Desk

PASSWORD, NEW_PASSWORD = "sepuluh huruf", "sebelas huruf"


@pytest.fixture
def head(desk: Desk) -> str:
    """The head of Tarakan's office, who is there already."""
    desk.add_office()
    staff_id = str(uuid_utils.uuid7())
    record = StaffRecord(
        staff_id=staff_id, login="ratna.trk", display_name="Bu Ratna", role="head", office="TRK",
        password_hash=PASSWORDS.hash(PASSWORD),
    )  # fmt: skip
    desk.do(add_staff, record)
    desk.heard()
    return staff_id


def invite(desk: Desk, head: str, login: str = "dewi.trk", **more: Any) -> Invitation:
    told = {"office": "TRK", "invited_by": head, "role": "head", "name": "Bu Dewi", **more}
    return desk.do(colleagues.invite_staff, InviteStaff(login=login, **told), key=desk.vault.audit_key)


def invite_again(desk: Desk, head: str, staff_id: str, *, office: str = "TRK") -> Invitation:
    command = InviteStaffAgain(office=office, staff_id=staff_id, invited_by=head, role="head")
    return desk.do(colleagues.invite_staff_again, command, key=desk.vault.audit_key)


def accept(desk: Desk, token: str, password: str = PASSWORD, *, after: timedelta = timedelta(0)) -> Session:
    command = AcceptInvitation(token=token, password=password)
    return desk.do(colleagues.accept_invitation, command, sign_in=desk.sign_in(), now=NOW + after)


def end(desk: Desk, head: str, staff_id: str, *, office: str = "TRK") -> None:
    command = EndStaff(office=office, staff_id=staff_id, ended_by=head, role="head")
    desk.do(colleagues.end_staff, command, key=desk.vault.audit_key)


def member(desk: Desk, login: str = "dewi.trk", *, after: timedelta = timedelta(0)) -> StaffMember:
    listed = desk.do(colleagues.list_staff, ListStaff(office="TRK"), now=NOW + after).members
    (found,) = [one for one in listed if one.login == login]
    return found


def sign_in(desk: Desk, login: str, password: str) -> Session:
    command = OpenSession(login=login, password=password)
    return desk.do(sessions.open_session, command, sign_in=desk.sign_in())


def deeds(desk: Desk, subject: str) -> Sequence[tuple[str, str]]:
    return [(entry.deed.action, entry.deed.actor) for entry in desk.do(latest, 9, subject=subject)]


def test_who_is_invited_chooses_the_password_and_works(desk: Desk, head: str) -> None:
    """The head never knows it; what each of them did is in the audit log under their own name."""
    invitation = invite(desk, head)
    assert invitation.expires_at == NOW + colleagues.LASTS
    assert (member(desk).state, member(desk).invited_until) == ("invited", invitation.expires_at)
    invited = desk.do(colleagues.find_invitation, FindInvitation(token=invitation.token))
    assert (invited.login, invited.name, invited.role, invited.office) == (
        "dewi.trk", "Bu Dewi", "officer", "TRK",
    )  # fmt: skip
    access = desk.accesses.verify(accept(desk, invitation.token).token, now=NOW)
    assert (access.subject, access.role, access.office) == (invitation.staff_id, "officer", "TRK")
    assert (member(desk).state, member(desk).invited_until) == ("active", None)
    assert sign_in(desk, "dewi.trk", PASSWORD).subject == invitation.staff_id
    assert deeds(desk, invitation.staff_id)[:2] == [
        ("staff_invited", head), ("invitation_accepted", invitation.staff_id),
    ]  # fmt: skip


def test_a_head_may_invite_another_head(desk: Desk, head: str) -> None:
    """So that an office always has one more."""
    invitation = invite(desk, head, for_role="head")
    assert desk.accesses.verify(accept(desk, invitation.token).token, now=NOW).role == "head"


def test_nobody_signs_in_before_choosing_a_password(desk: Desk, head: str) -> None:
    """An empty one neither."""
    invite(desk, head)
    for password in ("", PASSWORD):
        with pytest.raises(SignInFailed):
            sign_in(desk, "dewi.trk", password)


def test_an_invitation_counts_once_and_three_days(desk: Desk, head: str) -> None:
    """Used, replaced, too old, or none at all: the refusal is the same."""
    used, replaced = invite(desk, head), invite(desk, head, "hasan.trk")
    accept(desk, used.token)
    present = invite_again(desk, head, replaced.staff_id)
    for token in (used.token, replaced.token, "A" * 43):
        with pytest.raises(InvitationOver):
            accept(desk, token)
        with pytest.raises(InvitationOver):
            desk.do(colleagues.find_invitation, FindInvitation(token=token))
    with pytest.raises(InvitationOver):
        accept(desk, present.token, after=colleagues.LASTS)
    assert member(desk, "hasan.trk", after=colleagues.LASTS).state == "inactive"
    assert accept(desk, present.token).subject == replaced.staff_id


def test_of_two_who_hold_a_link_one_gets_the_account(desk: Desk, head: str) -> None:
    """At the same moment, too."""
    token = invite(desk, head).token
    calls: list[Callable[[], Session | Refused]] = [
        partial(_tried, desk, token, f"kata sandi {number}") for number in range(4)
    ]
    outcomes = at_once(calls)
    assert sorted(isinstance(outcome, Session) for outcome in outcomes) == [False, False, False, True]


def _tried(desk: Desk, token: str, password: str) -> Session | Refused:
    try:
        return accept(desk, token, password)
    except InvitationOver as over:
        return over


def test_who_forgot_the_password_chooses_another(desk: Desk, head: str) -> None:
    """The old one counts until then; afterwards no other session does."""
    first = accept(desk, invite(desk, head).token)
    again = invite_again(desk, head, first.subject)
    assert member(desk).state == "active"
    assert sign_in(desk, "dewi.trk", PASSWORD).subject == first.subject
    desk.heard()
    accept(desk, again.token, NEW_PASSWORD)
    (revoked,) = [event for event in desk.heard() if isinstance(event, SessionsRevoked)]
    assert revoked.version > desk.accesses.verify(first.token, now=NOW).session_version
    with pytest.raises(SignInFailed):
        sign_in(desk, "dewi.trk", PASSWORD)
    assert sign_in(desk, "dewi.trk", NEW_PASSWORD).subject == first.subject


def test_who_has_left_signs_in_no_more(desk: Desk, head: str) -> None:
    """Their sessions end at once, and a link that was on its way counts no more; ending twice is one end."""
    dewi = accept(desk, invite(desk, head).token)
    pending = invite_again(desk, head, dewi.subject)
    desk.heard()
    end(desk, head, dewi.subject)
    end(desk, head, dewi.subject)
    assert len([event for event in desk.heard() if isinstance(event, SessionsRevoked)]) == 1
    assert member(desk).state == "inactive"
    with pytest.raises(SignInFailed):
        sign_in(desk, "dewi.trk", PASSWORD)
    with pytest.raises(InvitationOver):
        accept(desk, pending.token)
    assert [action for action, _ in deeds(desk, dewi.subject)].count("staff_ended") == 1


def test_who_comes_back_is_the_same_member(desk: Desk, head: str) -> None:
    """With another password."""
    dewi = accept(desk, invite(desk, head).token)
    end(desk, head, dewi.subject)
    again = invite_again(desk, head, dewi.subject)
    assert member(desk).state == "invited"
    assert accept(desk, again.token, NEW_PASSWORD).subject == dewi.subject
    assert member(desk).state == "active"


def test_what_cannot_be_is_refused(desk: Desk, head: str) -> None:
    """Nothing is kept of it."""
    dewi = invite(desk, head)
    with pytest.raises(LoginTaken):
        invite(desk, head)
    with pytest.raises(UnknownOffice):
        invite(desk, head, "siapa.xxx", office="XXX")
    with pytest.raises(OwnAccount):
        end(desk, head, head)
    nobody = str(uuid_utils.uuid7())
    for office, staff_id in (("TRK", nobody), ("SKW", dewi.staff_id), ("TRK", "no id at all")):
        with pytest.raises(UnknownStaff):
            invite_again(desk, head, staff_id, office=office)
        with pytest.raises(UnknownStaff):
            end(desk, head, staff_id, office=office)


def test_a_device_is_no_colleague(desk: Desk, head: str) -> None:
    """Nobody is invited to be a kiosk, or ends one here."""
    kiosk = StaffRecord(
        staff_id=str(uuid_utils.uuid7()), login="kios.trk", display_name="Kios TRK", role="kiosk",
        office="TRK", password_hash="x",
    )  # fmt: skip
    desk.do(add_staff, kiosk)
    with pytest.raises(UnknownStaff):
        end(desk, head, kiosk.staff_id)


def test_no_token_is_kept(desk: Desk, head: str) -> None:
    """Who reads the database, or its copies, chooses nobody's password; what is too old is dropped."""
    token = invite(desk, head).token
    with desk.database.engine.connect() as connection:
        rows = connection.execute(text("SELECT staff_invitation::text FROM staff_invitation")).scalars().all()
    assert len(rows) == 1
    assert token not in rows[0]
    desk.do(colleagues.forget_expired_invitations, now=NOW + colleagues.LASTS)
    with desk.database.engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(staff_invitation)).scalar_one() == 0


def test_an_invitation_to_come_back_can_be_withdrawn(desk: Desk, head: str) -> None:
    """The link went to the wrong person, or was not meant."""
    dewi = invite(desk, head)
    accept(desk, dewi.token)
    end(desk, head, dewi.staff_id)
    again = invite_again(desk, head, dewi.staff_id)
    end(desk, head, dewi.staff_id)
    with pytest.raises(InvitationOver):
        accept(desk, again.token)
    assert member(desk).state == "inactive"
    assert [action for action, _ in deeds(desk, dewi.staff_id)].count("staff_ended") == 2


def test_two_heads_who_end_each_other_leave_one(desk: Desk, head: str) -> None:
    """Nobody would be left to invite anybody."""
    other = invite(desk, head, for_role="head")
    accept(desk, other.token)
    outcomes = at_once([partial(end, desk, head, other.staff_id), partial(end, desk, other.staff_id, head)])
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["LastHead", "NoneType"]


def test_an_old_link_never_uses_up_the_new_one(desk: Desk, head: str) -> None:
    """Its account waits for the new one's transaction, and then finds itself replaced."""
    old = invite(desk, head)

    def replace_it(tx: Transaction) -> Invitation:
        command = InviteStaffAgain(office="TRK", staff_id=old.staff_id, invited_by=head, role="head")
        return colleagues.invite_staff_again(tx, command, key=desk.vault.audit_key)

    new, refused = overlap(
        desk.database, replace_it, partial(_refused, desk, old.token), second_waits=True, now=NOW
    )
    assert refused == "invitation_over"
    assert accept(desk, new.token).subject == old.staff_id


def _refused(desk: Desk, token: str) -> str:
    with pytest.raises(InvitationOver) as refused:
        accept(desk, token)
    return refused.value.code


def test_who_was_ended_does_not_sign_in_whatever_the_row_says(desk: Desk, head: str) -> None:
    """A password that somebody puts there opens nothing."""
    dewi = invite(desk, head)
    accept(desk, dewi.token)
    end(desk, head, dewi.staff_id)
    with desk.database.engine.begin() as connection:
        forced = {"hash": PASSWORDS.hash(PASSWORD), "id": dewi.staff_id}
        connection.execute(text("UPDATE staff SET password_hash = :hash WHERE staff_id = :id"), forced)
    with pytest.raises(SignInFailed):
        sign_in(desk, "dewi.trk", PASSWORD)
