"""The command `antrean` and its subcommands."""

import click

from cli.settings import read_settings
from cli.up.run import up as run_up
from cli.up.terminal import Terminal


@click.group()
def main() -> None:
    """Run and look after Antrean."""


@main.command()
def up() -> None:
    """Start everything on this machine: servers, databases, services, gateway, sandbox."""
    run_up(read_settings(), Terminal())
