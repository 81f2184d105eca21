"""Checks of PostgreSQL: it answers, every database has the newest schema, and its clock is ours."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import psycopg
import sqlalchemy.exc

from chassis.migrate import revisions
from cli.doctor.finding import Finding

MOST_CLOCK_SECONDS = 2.0


def check_databases(urls: Mapping[str, str]) -> Iterator[Finding]:
    """One finding a database, and one for the clock."""
    for service, url in urls.items():
        try:
            yield _check_schema(service, url)
        except (psycopg.OperationalError, sqlalchemy.exc.OperationalError) as error:
            reason = str(error).strip().splitlines()[0]
            yield Finding(part=f"database {service}", state=reason, advice="start it: make run")
            return
    yield from _check_clock(urls[service])


def _check_schema(service: str, url: str) -> Finding:
    present, newest = revisions(f"services.{service}", url)
    behind = f"restart with make run, or: python -m chassis.migrate services.{service}"
    return Finding(
        part=f"database {service}",
        state=f"schema {present or 'none'} of {newest}",
        advice="" if present == newest else behind,
    )


def _check_clock(url: str) -> Iterator[Finding]:
    with psycopg.connect(url, connect_timeout=5) as connection:
        for (theirs,) in connection.execute("SELECT clock_timestamp()"):
            seconds = abs((datetime.now(UTC) - theirs).total_seconds())
            wrong = "set both clocks by NTP: tickets and sessions are checked against the time"
            yield Finding(
                part="clock",
                state=f"{seconds:.1f} s from PostgreSQL's",
                advice=wrong if seconds > MOST_CLOCK_SECONDS else "",
            )
