"""Booking's database as commands reach it: the one of this machine, or the one that the environment names."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy
from environs import FileAwareEnv

from cli.errors import Problem
from cli.servers.postgres import Postgres
from cli.settings import UpSettings
from cli.up.databases import database_urls
from cli.up.keys import key_files

if TYPE_CHECKING:
    from chassis.database import Database, Transaction


@contextmanager
def reading(settings: UpSettings) -> Iterator["Transaction"]:
    """Look into booking's database, and leave it as it is."""
    with _opened(settings) as (_, transaction):
        yield transaction


@contextmanager
def changing(settings: UpSettings) -> Iterator["Transaction"]:
    """Change something in booking's database, all of it or nothing."""
    with _opened(settings) as (database, transaction):
        yield transaction
        database.finish(transaction)


@contextmanager
def _opened(settings: UpSettings) -> Iterator[tuple["Database", "Transaction"]]:
    from chassis.database import Database  # noqa: PLC0415  loads the database's libraries

    url = database_urls(settings, Postgres(settings.home / "postgres", settings.ports.postgres))["booking"]
    database = Database(url, connections=1)
    transaction = database.begin()
    try:
        yield database, transaction
    except sqlalchemy.exc.OperationalError as error:
        raise Problem("Booking's database did not answer: run make doctor.") from error
    finally:
        transaction.close()
        database.engine.dispose()


def audit_key(settings: UpSettings) -> bytes:
    """The key of this machine's booking, or the one that the environment tells."""
    from services.booking.handlers.identity_vault import IdentityVault  # noqa: PLC0415  loads cryptography

    told = FileAwareEnv(strip_whitespace=True).str("NIK_HMAC_KEY", None)
    keys = settings.home / "keys"
    if told is None and keys.exists():
        told = Path(key_files(keys)["NIK_HMAC_KEY_FILE"]).read_text()
    if told is None:
        raise Problem("Set NIK_HMAC_KEY, or NIK_HMAC_KEY_FILE: the log is sealed with it.")
    try:
        key = base64.b64decode(told.strip(), validate=True)
    except ValueError as error:
        raise Problem("NIK_HMAC_KEY is not base64.") from error
    return IdentityVault(digest_key=key, cipher_key=b"").audit_key
