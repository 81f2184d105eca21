"""Bring a service's database to the newest schema: `python -m chassis.migrate services.booking`.

A service keeps its migrations in `<package>/migrations` (alembic); its `env.py` calls
`run_environment` with the service's own tables.
"""

import sys
from importlib.resources import files

from alembic import command, context
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from environs import FileAwareEnv
from sqlalchemy import MetaData, create_engine, make_url, pool, text

from chassis import tables
from chassis.database_errors import tell_no_values

_LOCK = 4_201_119
_LOCK_TIMEOUT = "5s"
"""How long a migration waits for a table. While it waits behind a long statement, all others wait behind it;
so it gives up, undone, and is to be run again."""


def upgrade(package: str, database_url: str) -> None:
    """Run the migrations that the database has not seen; safe to call from several processes at once."""
    command.upgrade(_config(package, database_url), "head")


def revisions(package: str, database_url: str) -> tuple[str | None, str | None]:
    """Return the database's revision and the newest one; equal when the schema is up to date."""
    engine = create_engine(_dialect(database_url), poolclass=pool.NullPool)
    with engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    return present, ScriptDirectory.from_config(_config(package, database_url)).get_current_head()


def run_environment(own_tables: MetaData) -> None:
    """Run alembic's present command against the database of the configuration; for `env.py`."""
    engine = create_engine(context.config.attributes["url"], poolclass=pool.NullPool, hide_parameters=True)
    tell_no_values(engine)
    with engine.connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": _LOCK})
        connection.execute(text(f"SET lock_timeout = '{_LOCK_TIMEOUT}'"))
        connection.commit()
        context.configure(
            connection=connection,
            target_metadata=[own_tables, tables.metadata],
            transaction_per_migration=True,  # a lock is held no longer than its own migration
        )
        with context.begin_transaction():
            context.run_migrations()


def _config(package: str, database_url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(files(package) / "migrations"))
    config.attributes["url"] = _dialect(database_url)
    return config


def _dialect(url: str) -> str:
    parsed = make_url(url.replace("postgres://", "postgresql://", 1)).set(drivername="postgresql+psycopg")
    return parsed.render_as_string(hide_password=False)


if __name__ == "__main__":
    upgrade(sys.argv[1], FileAwareEnv(eager=True, strip_whitespace=True).str("DATABASE_URL"))
