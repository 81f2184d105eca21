"""`antrean offices`: what offices decide, from YAML files: checked, shown, put into effect."""

from datetime import datetime
from pathlib import Path

import click
from rich.console import Console

from cli.errors import Problem
from cli.offices.files import HOLIDAYS_FILE, read_plans
from services.booking.office_directory import OFFICE_PLANS

PATHS = click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))


@click.group()
def offices() -> None:
    """Check, preview and apply what offices decide about themselves, from YAML files."""


@offices.command()
@PATHS
def check(paths: tuple[Path, ...]) -> None:
    """Say of every mistake in which file, line and field it is; without PATHS look at data/offices."""
    plans = read_plans(paths or (OFFICE_PLANS,))
    click.echo(f"{plans.files} files are good.")


@offices.command()
@PATHS
@click.option("--dry-run", is_flag=True, help="Only say who would be affected.")
def apply(paths: tuple[Path, ...], dry_run: bool) -> None:
    """Put plans into effect, all of them or none, and list the bookings that are affected."""
    from cli.offices.effect import put_into_effect  # noqa: PLC0415  loads the database's libraries

    put_into_effect(read_plans(paths or (OFFICE_PLANS,)), Console(highlight=False), dry_run=dry_run)


@offices.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--days", type=click.IntRange(1, 366), default=14, show_default=True, help="How many.")
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), help="The first day, else today.")
def preview(file: Path, days: int, first: datetime | None) -> None:
    """Show the coming days of an office as its file has them: hours, slots, release, and why."""
    from cli.offices.preview import coming_days  # noqa: PLC0415  loads the holidays of the country

    beside = file.with_name(HOLIDAYS_FILE)
    plans = read_plans((file, beside) if beside.exists() else (file,))
    if not plans.offices:
        raise Problem(f"{file} is about no office.")
    coming_days(plans, Console(highlight=False), days=days, first=first)
