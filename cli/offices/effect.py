"""Plans put into effect in booking's database; the running services and pages follow by its events."""

import sqlalchemy
from rich.console import Console
from rich.table import Table

from chassis.database import Database, Transaction
from cli.errors import Problem
from cli.offices.files import Plans
from cli.servers.postgres import Postgres
from cli.settings import read_settings
from cli.up.databases import database_urls
from contracts.refusals import Refused
from services.booking.handlers.plans import Applied, apply_holidays, apply_plan


def put_into_effect(plans: Plans, console: Console, *, dry_run: bool) -> None:
    """Apply all plans in one transaction, and print who is affected; a dry run is undone at its end."""
    settings = read_settings()
    url = database_urls(settings, Postgres(settings.home / "postgres", settings.ports.postgres))["booking"]
    database = Database(url, connections=1)
    transaction = database.begin()
    try:
        applied = _apply(transaction, plans)
        if not dry_run:
            database.finish(transaction)
    except Refused as refused:
        raise Problem(f"Nothing was changed: {refused.code} {refused.data}.") from refused
    except sqlalchemy.exc.OperationalError as error:
        raise Problem("Booking's database did not answer: run make doctor.") from error
    finally:
        transaction.close()
        database.engine.dispose()
    _print(applied, console, dry_run=dry_run)


def _apply(transaction: Transaction, plans: Plans) -> list[Applied]:
    if plans.holidays is not None:
        apply_holidays(transaction, plans.holidays)
    return [apply_plan(transaction, file.plan) for file in plans.offices]


def _print(applied: list[Applied], console: Console, *, dry_run: bool) -> None:
    for one in applied:
        console.print(f"[bold]{one.office.code}[/bold] {one.office.status}: {len(one.affected)} affected")
    table = Table(box=None)
    for column in ("booking", "service", "office's clock", "name"):
        table.add_column(column, no_wrap=True)
    for one in applied:
        for booking in one.affected:
            begins = booking.starts_at.astimezone(one.office.zone)
            table.add_row(booking.code, booking.service, f"{begins:%a %d %b %Y %H.%M}", booking.display_name)
    if table.row_count:
        console.print(table)
    if dry_run:
        console.print("Nothing was changed: this was a dry run.")
