"""`antrean audit`: read booking's audit log, and prove that nothing in it was changed."""

import re
import sys

import click

from cli.booking_database import audit_key, reading
from cli.errors import Problem
from cli.settings import read_settings

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
    with reading(settings) as tx:
        verdict = log.verify(tx, key=audit_key(settings), noted=head)
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

    with reading(read_settings()) as tx:
        entries = latest(tx, most, subject=subject)
    for entry in entries:
        deed = entry.deed
        details = "".join(f" {name}={value}" for name, value in deed.details.items())
        who = f"{deed.role} {deed.actor}" + (f" of {deed.office}" if deed.office else "")
        click.echo(
            f"{entry.sequence:>6}  {entry.at:%Y-%m-%d %H:%M:%S} UTC  {deed.action} {deed.subject}{details}"
        )
        click.echo(f"        by {who}")
