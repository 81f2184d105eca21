"""What the runbook has an operator run at night: statements that the databases of today understand."""

import re
from collections.abc import Callable

import psycopg
import pytest

from chassis import migrate
from tests.deploy.tools import PROJECT

RUNBOOK = PROJECT / "docs" / "runbooks" / "database-down.md"


def statements() -> dict[str, list[str]]:
    """Each service's statements, as they stand below its name."""
    found: dict[str, list[str]] = {}
    service = ""
    for line in RUNBOOK.read_text().splitlines():
        if named := re.match(r"`(\w+)`[,;:]", line):
            service = named[1]
        if line.startswith("    UPDATE "):
            found.setdefault(service, []).append(line.strip())
    return found


@pytest.mark.parametrize("service", ["checkin", "booking", "display"])
def test_what_a_restored_database_is_told_can_be_run(service: str, database: Callable[[str], str]) -> None:
    """Raised versions are heard by those who kept what was newer."""
    url = database(service)
    migrate.upgrade(f"services.{service}", url)
    with psycopg.connect(url) as connection:
        for statement in statements()[service]:
            connection.execute(statement.encode())


def test_every_service_that_tells_versions_is_named() -> None:
    """Control: notify alone tells of nothing that others keep."""
    assert set(statements()) == {"checkin", "booking", "display"}
