"""`antrean simulate OFFICE`: play a morning, so that anyone can watch kiosk, counters and boards live."""

import asyncio
import random
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import click

from cli.errors import Problem
from cli.settings import read_settings
from cli.simulate.morning import MORNING_SECONDS, draw_morning, percentile
from cli.simulate.office import Office, Refused
from cli.simulate.play import Play, Tally, choose_closed
from cli.terminal import Terminal

MOST_PEOPLE = 2000


@click.command()
@click.argument("office", default="TRK")
@click.option(
    "--people", type=click.IntRange(1, MOST_PEOPLE), default=60, show_default=True, help="How many come."
)
@click.option(
    "--speed",
    type=click.FloatRange(1, 3600),
    default=20.0,
    show_default=True,
    help="How many seconds of the office pass in one.",
)
@click.option(
    "--counters", type=click.IntRange(1, 99), help="How many counters open; else all that are closed."
)
@click.option("--seed", type=int, help="Draws the same people again; else a new one is drawn, and told.")
@click.option("--url", help="Where the gateway is; else the one of `antrean up` on this machine.")
def simulate(office: str, url: str | None, seed: int | None, **asked: Any) -> None:
    """Play a morning at OFFICE through the public API: people book, come, are called and served.

    The demo accounts of the office are used, and the counters where nobody sits. Open the hall board beside
    it. Ctrl-C ends the play; whoever is before a counter then stays there.
    """
    settings = read_settings()
    where = url or f"http://127.0.0.1:{settings.ports.gateway}"
    place = Office(where, office.upper(), password=settings.demo_password)
    drawn = random.randrange(10**6) if seed is None else seed  # noqa: S311  a play, no secret
    try:
        asyncio.run(_play(place, Asked(seed=drawn, **asked), Terminal()))
    except* Refused as refused:
        raise Problem(f"The play had to stop: {refused.exceptions[0]}") from refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the person at the terminal asked for."""

    people: int
    speed: float
    counters: int | None
    seed: int


async def _play(office: Office, asked: Asked, terminal: Terminal) -> None:
    async with office:
        about = await office.about()
        zone = about["timezone"]
        today = datetime.now(ZoneInfo(zone)).date()
        free = await choose_closed(office, asked.counters or about["counters"], of=about["counters"])
        if not free:
            raise Problem(
                f"No counter of {office.code} is closed; the play uses none where an officer sits. Close one."
            )
        visitors = draw_morning(asked.people, about["services"], seed=asked.seed, today=today)
        terminal.say(f"{about['name']}: {asked.people} people at speed {asked.speed:g}, seed {asked.seed}.")
        minutes = MORNING_SECONDS / asked.speed / 60
        terminal.say(f"People come for {minutes:.0f} minutes of yours; then the last of them are served.")
        terminal.say(f"Watch it: {office.url}/papan/{office.code}")
        terminal.say(f"Counters of the play: {', '.join(map(str, free))}.")
        play = Play(office, visitors, speed=asked.speed, seed=asked.seed, say=terminal.say)
        await play.run(counters=free, zone=zone)
        terminal.table("The morning", _rows(play.tally, asked.speed))


def _rows(tally: Tally, speed: float) -> list[tuple[str, str]]:
    """Show waits in the office's minutes."""
    refused = ", ".join(f"{count} {code}" for code, count in sorted(tally.refused.items()))
    waits = [speed * wait / 60 for wait in tally.waits]
    return [
        ("admitted", f"{tally.came} ({tally.booked} with a booking)"),
        ("not admitted", refused or "nobody"),
        ("served", str(tally.served)),
        ("did not come when called", str(tally.absent)),
        (
            "waited, in the office's minutes",
            f"half up to {percentile(waits, 0.5):.0f}, 9 of 10 up to {percentile(waits, 0.9):.0f}",
        ),
    ]
