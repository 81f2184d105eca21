"""`antrean staff`: invite an office's first head, other staff, and villages."""

import getpass
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

import click
import uuid_utils

from cli.booking_database import audit_key, changing
from cli.errors import Problem
from cli.settings import read_settings
from contracts.words import DisplayName, OfficeCode, PersonName, Phone, Role, StaffLogin

if TYPE_CHECKING:
    from services.booking.store.accounts import StaffRecord

_ADVICE: Mapping[str, str] = {
    "login": "A login has 3 to 40 small letters, digits, dots and dashes, the first a letter: dewi.trk.",
    "name": "A name has 1 to 24 letters, as it is known at the office: Bu Dewi.",
    "office": "An office is named by its three letters: TRK.",
    "district": "A district is named as the offices name those that they cover: Kabupaten Malinau.",
    "phone": "A phone number is written like 0812 3456 7890.",
}
_ACTOR = click.option(
    "--by", "actor", default=getpass.getuser, help="Who says so; left out, who is signed in here."
)


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
    """Invite an office's first head, other staff, and villages."""


@staff.command("invite")
@click.argument("office")
@click.argument("login")
@click.argument("name")
@click.option(
    "--role", type=click.Choice(["officer", "head"]), default="head", show_default=True, help="What they do."
)
@_ACTOR
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
@_ACTOR
def invite_village(login: str, name: str, district: str, phone: str, actor: str) -> None:
    """Invite a village's office, which books for its people; the link is printed this once."""
    told = {"login": login, "name": name, "role": "village", "district": district, "phone": phone}
    _invite(told, actor)


def _invite(told: Mapping[str, str], actor: str) -> None:
    from services.booking.handlers import colleagues  # noqa: PLC0415  loads the database's libraries
    from services.booking.staff_errors import LoginTaken  # noqa: PLC0415
    from services.booking.store.offices import find_office  # noqa: PLC0415

    record = _record(told)
    settings = read_settings()
    key = audit_key(settings)
    with changing(settings) as tx:
        if record.office is not None and find_office(tx, record.office) is None:
            raise Problem(f"There is no office {record.office}: see data/offices.csv.")
        try:
            invitation = colleagues.invite(tx, record, by=(actor, "admin"), key=key)
        except LoginTaken as taken:
            raise Problem(f"Somebody has the login {record.login}: choose another.") from taken
    click.echo(f"{record.display_name} signs in as {record.login}, after choosing a password here:")
    click.echo(f"  {settings.public_url}/undangan/{invitation.token}")
    until = invitation.expires_at.astimezone(UTC)
    click.echo(f"The link counts once, until {until:%Y-%m-%d %H:%M} UTC, and is shown nowhere again.")


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
