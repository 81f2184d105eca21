"""Migrations keep nobody waiting: one that cannot have its table soon is undone, and run again later."""

from collections.abc import Callable

import psycopg
import pytest
from alembic import command
from sqlalchemy.exc import OperationalError

from chassis import migrate


def test_a_migration_that_waits_for_a_table_gives_up_and_is_run_again(
    database: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A long report holds the table; whoever writes to it would queue behind the migration."""
    url = database("notify")
    migrate.upgrade("services.notify", url)
    command.downgrade(migrate._config("services.notify", url), "0200")
    monkeypatch.setattr(migrate, "_LOCK_TIMEOUT", "100ms")
    with psycopg.connect(url) as reader:
        reader.execute("SELECT count(*) FROM message")
        with pytest.raises(OperationalError, match="lock timeout"):
            migrate.upgrade("services.notify", url)
        assert migrate.revisions("services.notify", url)[0] == "0200"
    migrate.upgrade("services.notify", url)
    present, newest = migrate.revisions("services.notify", url)
    assert present == newest
