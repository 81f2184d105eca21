"""`antrean staff`: who has an account; an office's first head and villages are invited, and ended, here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

import click
import uuid_utils

from cli.actor import said_by
from cli.booking_database import audit_key, changing, reading
from cli.errors import Problem
from cli.settings import UpSettings, read_settings
from contracts.words import DisplayName, OfficeCode, PersonName, Phone, Role, StaffLogin

if TYPE_CHECKING:
    from chassis.database import Transaction
    from contracts.requests.staff import Invitation
    from services.booking.store.accounts import StaffRecord
    from services.booking.store.colleagues import Colleague

_ADVICE: Mapping[str, str] = {
    "login": "A login has 3 to 40 small letters, digits, dots and dashes, the first a letter: dewi.trk.",
    "name": "A name has 1 to 24 letters, as it is known at the office: Bu Dewi.",
    "office": "An office is named by its three letters: TRK.",
    "district": "A district is named as the offices name those that they cover: Kabupaten Malinau.",
    "phone": "A phone number is written like 0812 3456 7890.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Invited:
    """Who is to be invited, as it is written on the command line."""

    login: StaffLogin
    name: DisplayName
    role: Role
    office: OfficeCode | None = None
    district: PersonName | None = None
    phone: Phone | None = None


@click.group()
def staff() -> None:
    """See who has an account, invite an office's first head and villages, end an account."""


@staff.command("list")
@click.argument("office", required=False)
def show_members(office: str | None) -> None:
    """List the officers and heads of an office; without one, the villages."""
    from services.booking.handlers.colleagues import state_of  # noqa: PLC0415  loads the database's libraries
    from services.booking.store import colleagues  # noqa: PLC0415

    with reading(read_settings()) as tx:
        if office is None:
            found = colleagues.villages(tx)
        else:
            _check_office(tx, office.upper())
            found = colleagues.at_counters(tx, office.upper())
        for one in found:
            click.echo(f"{one.login:<24}  {one.role:<8}  {state_of(tx, one):<8}  {one.display_name}")
    if not found:
        click.echo("Nobody yet.")


@staff.command("invite")
@click.argument("office")
@click.argument("login")
@click.argument("name")
@click.option(
    "--role", type=click.Choice(["officer", "head"]), default="head", show_default=True, help="What they do."
)
@said_by
def invite_member(office: str, login: str, name: str, role: str, actor: str) -> None:
    """Invite somebody to work at an office; the link is printed this once.

    Heads invite their officers themselves, on the page of the office's staff.
    """
    _invite({"login": login, "name": name, "role": role, "office": office.upper()}, actor)


@staff.command("village")
@click.argument("login")
@click.argument("name")
@click.option("--district", required=True, help="Whose people it books for, e.g. Kabupaten Malinau.")
@click.option("--phone", required=True, help="Who has no phone is told there.")
@said_by
def invite_village(login: str, name: str, district: str, phone: str, actor: str) -> None:
    """Invite a village's office, which books for its people; the link is printed this once."""
    told = {"login": login, "name": name, "role": "village", "district": district, "phone": phone}
    _invite(told, actor)


@staff.command("again")
@click.argument("login")
@said_by
def invite_again(login: str, actor: str) -> None:
    """Let somebody choose another password, or come back; the link is printed this once.

    The present password counts until the link is used.
    """
    from services.booking.handlers import colleagues  # noqa: PLC0415  loads the database's libraries

    settings = read_settings()
    key = audit_key(settings)
    with changing(settings) as tx:
        member = _lock(tx, login)
        invitation = colleagues.invite_again(tx, member, by=(actor, "admin"), key=key)
    _tell(settings, invitation)


@staff.command("end")
@click.argument("login")
@said_by
def end_account(login: str, actor: str) -> None:
    """End an account, a village's or an office's only head's too: nobody is signed in as it any more."""
    from services.booking.handlers import colleagues  # noqa: PLC0415  loads the database's libraries

    settings = read_settings()
    key = audit_key(settings)
    with changing(settings) as tx:
        member = _lock(tx, login)
        has_ended = colleagues.end(tx, member, by=(actor, "admin"), key=key)
    click.echo(
        f"{member.display_name} ({login}) {'has no account now' if has_ended else 'had ended before'}."
    )


def _lock(tx: "Transaction", login: str) -> "Colleague":
    from services.booking.handlers import colleagues  # noqa: PLC0415  loads the database's libraries
    from services.booking.staff_errors import UnknownStaff  # noqa: PLC0415

    try:
        return colleagues.lock_login(tx, login)
    except UnknownStaff as unknown:
        raise Problem(f"Nobody has the login {login}: see antrean staff list.") from unknown


def _check_office(tx: "Transaction", office: str) -> None:
    from services.booking.store.offices import find_office  # noqa: PLC0415  loads the database's libraries

    if find_office(tx, office) is None:
        raise Problem(f"There is no office {office}: see data/offices.csv.")


def _tell(settings: UpSettings, invitation: "Invitation") -> None:
    click.echo(f"{invitation.name} signs in as {invitation.login}, after choosing a password here:")
    click.echo(f"  {settings.public_url}/undangan/{invitation.token}")
    until = invitation.expires_at.astimezone(UTC)
    click.echo(f"The link counts once, until {until:%Y-%m-%d %H:%M} UTC, and is shown nowhere again.")


def _invite(told: Mapping[str, str], actor: str) -> None:
    from services.booking.handlers import colleagues  # noqa: PLC0415  loads the database's libraries
    from services.booking.staff_errors import LoginTaken  # noqa: PLC0415

    record = _record(told)
    settings = read_settings()
    key = audit_key(settings)
    with changing(settings) as tx:
        if record.office is not None:
            _check_office(tx, record.office)
        try:
            invitation = colleagues.invite(tx, record, by=(actor, "admin"), key=key)
        except LoginTaken as taken:
            raise Problem(f"Somebody has the login {record.login}: choose another.") from taken
    _tell(settings, invitation)


def _record(told: Mapping[str, str]) -> "StaffRecord":
    from contracts.schema import InvalidMessage, load  # noqa: PLC0415  loads marshmallow
    from services.booking.handlers.contact import PhoneInvalid, phone_number  # noqa: PLC0415
    from services.booking.store.accounts import StaffRecord  # noqa: PLC0415

    try:
        invited = load(_Invited, told)
        phone = None if invited.phone is None else phone_number(invited.phone)
    except InvalidMessage as invalid:
        raise Problem(_ADVICE[invalid.faults[0].pointer.strip("/")]) from invalid
    except PhoneInvalid as invalid:
        raise Problem(_ADVICE["phone"]) from invalid
    return StaffRecord(
        staff_id=str(uuid_utils.uuid7()),
        login=invited.login,
        display_name=invited.name,
        role=invited.role,
        office=invited.office,
        password_hash="",
        district=invited.district,
        phone=phone,
    )
