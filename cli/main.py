"""The command `antrean` and its subcommands."""

import sys
import warnings
from pathlib import Path

import click

from cli.audit import audit
from cli.configuration import SETTINGS, describe
from cli.doctor.examine import examine
from cli.events import events
from cli.offices import offices
from cli.payments import payments
from cli.settings import read_settings, variables
from cli.simulate.command import simulate
from cli.staff import staff
from cli.terminal import Terminal
from cli.up.run import run
from cli.up.servers_only import run_servers

# Known, decided (one room can replace eventlet), and alarming to who reads it.
warnings.filterwarnings("ignore", message="(?s).*Eventlet is deprecated", category=Warning)


@click.group()
def main() -> None:
    """Run and look after Antrean."""


main.add_command(audit)
main.add_command(events)
main.add_command(offices)
main.add_command(payments)
main.add_command(simulate)
main.add_command(staff)


class WithSettings(click.Command):
    """A command whose help lists the environment variables that it reads."""

    def format_epilog(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write them behind the options."""
        with formatter.section("Environment variables (NAME_FILE names a file that holds NAME)"):
            formatter.write_dl(list(variables()))


@main.command(cls=WithSettings)
def up() -> None:
    """Start everything on this machine: servers, databases, services, gateway, sandbox.

    `make run` does it too. A single process has more settings: antrean config show PROCESS.
    """
    run(read_settings(), Terminal())


@main.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def servers(folder: Path) -> None:
    """Start PostgreSQL and RabbitMQ alone, on free ports, for tests and experiments."""
    run_servers(folder, Terminal())


@main.command()
def doctor() -> None:
    """Say for each part whether it is healthy, and what to do; exit code 1 when one is not."""
    healthy = True
    for finding in examine(read_settings()):
        healthy = healthy and finding.healthy
        mark = click.style("✓", fg="green") if finding.healthy else click.style("✗", fg="red")
        click.echo(f"{mark} {finding.part}: {finding.state}")
        if not finding.healthy:
            click.echo(f"    {finding.advice}")
    sys.exit(0 if healthy else 1)


@main.group()
def config() -> None:
    """Look at the settings of processes."""


@config.command()
@click.argument("process", type=click.Choice(sorted(SETTINGS)))
def show(process: str) -> None:
    """Print every setting of a process with its meaning; secrets are hidden."""
    for variable, value, meaning in describe(process, read_settings()):
        click.echo(f"{variable}={value}")
        click.echo(click.style(f"    {meaning}", dim=True))
