"""`antrean audit`: read booking's audit log, and prove that nothing in it was changed."""

import base64
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
import sqlalchemy
from environs import FileAwareEnv

from cli.errors import Problem
from cli.servers.postgres import Postgres
from cli.settings import UpSettings, read_settings
from cli.up.databases import database_urls
from cli.up.keys import key_files

if TYPE_CHECKING:
    from chassis.database import Transaction

_WHY = {
    "missing": "is missing",
    "digest": "was changed, or stands in another's place",
    "not_the_noted_one": "is another one than was noted",
}
_HEAD = re.compile(r"([0-9]+):([0-9a-f]{64})")


@click.group()
def audit() -> None:
    """Read the audit log, and prove that nothing in it was changed."""


@audit.command()
@click.option("--noted", metavar="HEAD", help="A head that an earlier run printed; it must still be there.")
def verify(noted: str | None) -> None:
    """Walk along the log and name the first broken entry; exit code 1 when there is one."""
    from services.booking.domain.audit import Head  # noqa: PLC0415  loads contracts
    from services.booking.handlers import audit as log  # noqa: PLC0415  loads the database's libraries

    settings, head = read_settings(), None
    if noted is not None:
        match = _HEAD.fullmatch(noted)
        if match is None:
            raise Problem("--noted takes a head as `antrean audit verify` prints it: 17:9f86d0…")
        head = Head(sequence=int(match[1]), digest=bytes.fromhex(match[2]))
    with _reading(settings) as tx:
        verdict = log.verify(tx, key=_key(settings), noted=head)
    if verdict.broken is not None:
        click.echo(f"Entry {verdict.broken.sequence} {_WHY[verdict.broken.reason]}.")
        click.echo(f"The {verdict.head.sequence} entries before it hold.")
        sys.exit(1)
    click.echo(f"{verdict.head.sequence} entries hold. Note the head elsewhere:")
    click.echo(f"{verdict.head.sequence}:{verdict.head.digest.hex()}")


@audit.command()
@click.option(
    "--last", "most", type=click.IntRange(1, 10_000), default=50, show_default=True, help="How many."
)
@click.option("--subject", help="Only what was done to this id or code.")
def show(most: int, subject: str | None) -> None:
    """Print the latest entries, the oldest of them first."""
    from services.booking.store.audit import latest  # noqa: PLC0415  loads the database's libraries

    with _reading(read_settings()) as tx:
        entries = latest(tx, most, subject=subject)
    for entry in entries:
        deed = entry.deed
        details = "".join(f" {name}={value}" for name, value in deed.details.items())
        who = f"{deed.role} {deed.actor}" + (f" of {deed.office}" if deed.office else "")
        click.echo(
            f"{entry.sequence:>6}  {entry.at:%Y-%m-%d %H:%M:%S} UTC  {deed.action} {deed.subject}{details}"
        )
        click.echo(f"        by {who}")


@contextmanager
def _reading(settings: UpSettings) -> Iterator["Transaction"]:
    from chassis.database import Database  # noqa: PLC0415  loads the database's libraries

    url = database_urls(settings, Postgres(settings.home / "postgres", settings.ports.postgres))["booking"]
    database = Database(url, connections=1)
    transaction = database.begin()
    try:
        yield transaction
    except sqlalchemy.exc.OperationalError as error:
        raise Problem("Booking's database did not answer: run antrean doctor.") from error
    finally:
        transaction.close()
        database.engine.dispose()


def _key(settings: UpSettings) -> bytes:
    """The key of this machine's booking, or the one that the environment tells."""
    from services.booking.handlers.identity_vault import IdentityVault  # noqa: PLC0415  loads cryptography

    told = FileAwareEnv(strip_whitespace=True).str("NIK_HMAC_KEY", None)
    keys = settings.home / "keys"
    if told is None and keys.exists():
        told = Path(key_files(keys)["NIK_HMAC_KEY_FILE"]).read_text()
    if told is None:
        raise Problem("Set NIK_HMAC_KEY, or NIK_HMAC_KEY_FILE: the log is sealed with it.")
    try:
        key = base64.b64decode(told.strip(), validate=True)
    except ValueError as error:
        raise Problem("NIK_HMAC_KEY is not base64.") from error
    return IdentityVault(digest_key=key, cipher_key=b"").audit_key
