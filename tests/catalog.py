"""The schema of a database as PostgreSQL itself describes it."""

from sqlalchemy import Connection, MetaData, create_engine, text

from chassis import migrate, tables

_COLUMNS = """
    SELECT table_name, column_name, data_type, udt_name, is_nullable, column_default, is_identity
    FROM information_schema.columns WHERE table_schema = 'public'
"""
_CONSTRAINTS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
"""
_INDEXES = "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"


def migrated(package: str, url: str) -> set[tuple[object, ...]]:
    """Describe the database that a service's migrations make."""
    migrate.upgrade(package, url)
    with _connect(url) as connection:
        return {row for row in _describe(connection) if row[0] != "alembic_version"}


def declared(metadata: MetaData, url: str) -> set[tuple[object, ...]]:
    """Describe the database that a service's tables, with the chassis's, ask for."""
    with _connect(url) as connection:
        for tables_of in (metadata, tables.metadata):
            tables_of.create_all(connection)
        return _describe(connection)


def _connect(url: str) -> Connection:
    return create_engine(url.replace("postgresql:", "postgresql+psycopg:", 1)).connect()


def _describe(connection: Connection) -> set[tuple[object, ...]]:
    return {
        tuple(row) for query in (_COLUMNS, _CONSTRAINTS, _INDEXES) for row in connection.execute(text(query))
    }
