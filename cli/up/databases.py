"""The four databases: where each is, and bringing all of them to the newest schema."""

import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from chassis.migrate import revisions
from cli.errors import Problem
from cli.servers.postgres import Postgres, create_databases
from cli.servers.process import Child, Program
from cli.settings import SERVICES, UpSettings
from cli.up.environment import environment_with

TASK_SECONDS = 120


def database_urls(settings: UpSettings, embedded: Postgres) -> dict[str, str]:
    """Where each service's database is: told one by one, on a told server, or on ours."""
    told = settings.service_database_urls

    def place(service: str) -> str:
        if settings.database_url:
            return _on_server(settings.database_url, service)
        return embedded.url(service)

    return {service: told.get(service) or place(service) for service in SERVICES}


def make_databases(settings: UpSettings, embedded: Postgres) -> None:
    """Make the databases that are missing; those that were told one by one are not ours to make."""
    ours = [service for service in SERVICES if service not in settings.service_database_urls]
    if not ours:
        return
    try:
        create_databases(settings.database_url or embedded.url(), ours)
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[0]
        raise Problem(f"The databases could not be made ({reason}): check DATABASE_URL.") from error


def migrate(urls: Mapping[str, str], home: Path) -> None:
    """Run the migrations of those services whose database is not at the newest schema, all at once."""
    children = [
        _run(f"migrate-{service}", ("chassis.migrate", f"services.{service}"), {"DATABASE_URL": url}, home)
        for service, url in urls.items()
        if _is_behind(service, url)
    ]
    for child in children:
        child.wait_for_success(seconds=TASK_SECONDS)


def seed(environment: Mapping[str, str], home: Path) -> None:
    """Write offices, slots and demo accounts; what is there already stays."""
    _run("seed", ("services.booking.seed",), environment, home).wait_for_success(seconds=TASK_SECONDS)


def _is_behind(service: str, url: str) -> bool:
    present, newest = revisions(f"services.{service}", url)
    return present != newest


def _run(name: str, arguments: tuple[str, ...], environment: Mapping[str, str], home: Path) -> Child:
    return Child(
        Program(
            name=name,
            command=(sys.executable, "-m", *arguments),
            state=home,
            log=home / "log" / f"{name}.log",
            environment=environment_with(environment),
        )
    )


def _on_server(url: str, database: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))
