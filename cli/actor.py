"""Who changes something from the command line: it stands in the audit log."""

import getpass

import click

_USER_OF_THE_IMAGE = "antrean"


def _signed_in() -> str:
    name = getpass.getuser()
    if name == _USER_OF_THE_IMAGE:
        raise click.UsageError("Say who you are, with --by NAME: in a container everybody is antrean.")
    return name


said_by = click.option(
    "--by", "actor", default=_signed_in, help="Who says so; left out, who is signed in on this machine."
)
"""The option of every command that the audit log has an entry of."""
