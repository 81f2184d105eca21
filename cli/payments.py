"""`antrean payments`: see which money has to go back, and close what was given back."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

import click

from cli.actor import said_by
from cli.booking_database import audit_key, changing, reading
from cli.errors import Problem
from cli.settings import read_settings

if TYPE_CHECKING:
    from services.booking.domain.refund import Refund

_HOURS_A_DAY = 24


@click.group()
def payments() -> None:
    """See which money has to go back, and close what was given back."""


@payments.command("refunds")
@click.option("--most", type=click.IntRange(1, 10_000), default=100, show_default=True, help="How many.")
def show_refunds(most: int) -> None:
    """List money that nobody has given back yet, or could read, the oldest first."""
    from services.booking.store.refunds import list_open  # noqa: PLC0415  loads the database's libraries

    with reading(read_settings()) as tx:
        found = list_open(tx, most=most)
    now = datetime.now(UTC)
    for refund in found:
        click.echo(f"{refund.refund_id}  {_amount(refund)}  {refund.reason}  for {_age(refund, now)}")
        click.echo(f"    {_about(refund)}")
    click.echo(f"{len(found)} open.")


@payments.command("refunded")
@click.argument("refund_id", metavar="ID", type=click.UUID)
@click.option("--reference", required=True, help="The bank's or the treasury's number of it.")
@said_by
def close_refund(refund_id: UUID, reference: str, actor: str) -> None:
    """Close what was given back; it stands in the audit log."""
    from services.booking.handlers import refunds  # noqa: PLC0415  loads the database's libraries

    settings = read_settings()
    key = audit_key(settings)
    with changing(settings) as tx:
        closed = refunds.close_refund(tx, str(refund_id), reference, actor=actor, key=key)
    if closed is None:
        raise Problem(f"No open refund is called {refund_id}: see antrean payments refunds.")
    click.echo(f"{_amount(closed)} closed with {reference}.")


def _amount(refund: "Refund") -> str:
    return "unknown amount" if refund.amount is None else f"Rp {refund.amount:,}".replace(",", ".")


def _age(refund: "Refund", now: datetime) -> str:
    hours = int((now - refund.created_at).total_seconds()) // 3600
    return f"{hours // _HOURS_A_DAY} d" if hours >= _HOURS_A_DAY else f"{hours} h"


def _about(refund: "Refund") -> str:
    if refund.told is not None:
        return f"webhook {refund.settlement_id} said {refund.told!r}"
    about = {"booking": refund.code, "billing code": refund.billing_code, "settlement": refund.settlement_id}
    return ", ".join(f"{name} {value}" for name, value in about.items() if value is not None)
