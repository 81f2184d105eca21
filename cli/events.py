"""`antrean events`: look at events that were given up, and put them back."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import click

from cli.errors import Problem
from cli.servers.rabbit_access import RabbitAccess
from cli.settings import read_settings
from contracts.events import SUBSCRIPTIONS

CONSUMER = click.Choice(sorted(SUBSCRIPTIONS))


@click.group()
def events() -> None:
    """Look at events that a service gave up, and put them back."""


@events.command("parked")
@click.argument("consumer", type=CONSUMER)
def show_parked(consumer: str) -> None:
    """List the parked events of a consumer, and why each was given up."""
    from chassis.parking import parked  # noqa: PLC0415  loads eventlet, which only this command needs

    with _broker_faults_in_a_sentence():
        found = parked(_amqp_url(), consumer)
    for event in found:
        when = datetime.fromtimestamp(event.parked_at, UTC)
        click.echo(f"{event.event_id}  {event.event_type or 'unreadable'}  {when:%Y-%m-%d %H:%M:%S} UTC")
        click.echo(f"    after {event.attempts} attempts: {event.reason}")
    click.echo(f"{len(found)} parked for {consumer}.")


@events.command("replay")
@click.argument("consumer", type=CONSUMER)
@click.option("--id", "event_id", help="Only the event with this id; all of them when left out.")
def replay_parked(consumer: str, event_id: str | None) -> None:
    """Put parked events back into the consumer's queue, as if they were new."""
    from chassis.parking import replay  # noqa: PLC0415  loads eventlet, which only this command needs

    with _broker_faults_in_a_sentence():
        moved = replay(_amqp_url(), consumer, event_id)
    click.echo(f"{moved} put back for {consumer}.")


@contextmanager
def _broker_faults_in_a_sentence() -> Iterator[None]:
    from chassis.broker import Broken, broken_means_broken  # noqa: PLC0415  loads eventlet too

    try:
        with broken_means_broken():
            yield
    except Broken as broken:
        raise Problem(f"RabbitMQ did not do it ({broken.__cause__}): run make doctor.") from broken


def _amqp_url() -> str:
    settings = read_settings()
    return settings.amqp_url or RabbitAccess(settings.home / "rabbitmq", settings.ports.rabbitmq()).url()
