"""`antrean audit`: the log of a real database, walked along and read."""

import base64
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from chassis import migrate
from chassis.database import Database
from cli.main import main
from cli.servers.ports import free_port
from services.booking.domain.audit import Deed
from services.booking.handlers.audit import record
from services.booking.handlers.identity_vault import IdentityVault

KEY = bytes(range(32))
HEAD = "0199a1b2-0000-7000-8000-0000000000f1"


@pytest.fixture
def booking(database: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A database with three entries, and a command line that knows it and its key."""
    url = database("booking")
    migrate.upgrade("services.booking", url)
    monkeypatch.setenv("BOOKING_DATABASE_URL", url)
    monkeypatch.setenv("NIK_HMAC_KEY", base64.b64encode(KEY).decode())
    found = Database(url, connections=2)
    key = IdentityVault(digest_key=KEY, cipher_key=b"").audit_key
    for office in ("TRK", "SKW", "TRK"):
        deed = Deed(
            actor=HEAD, role="head", office=office, action="plan_changed", subject=office, details={"a": "b"}
        )
        with found.transaction(now=datetime(2026, 11, 23, tzinfo=UTC)) as tx:
            record(tx, deed, key=key)
    yield found
    found.engine.dispose()


def run(*arguments: str, code: int = 0) -> str:
    done = CliRunner().invoke(main, ["audit", *arguments], catch_exceptions=False)
    assert done.exit_code == code, done.output
    return done.output


def tamper(booking: Database, statement: str) -> None:
    with booking.engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text(statement))


@pytest.mark.usefixtures("booking")
def test_a_log_that_holds_prints_the_head_to_note() -> None:
    """And the next run takes it."""
    told = run("verify")
    assert "3 entries hold." in told
    head = told.split()[-1]
    assert head.startswith("3:")
    assert "3 entries hold." in run("verify", "--noted", head)


def test_the_first_broken_entry_is_named(booking: Database) -> None:
    """With exit code 1, for the timer that runs it."""
    tamper(booking, "UPDATE audit_entry SET actor = 'nobody' WHERE sequence >= 2")
    told = run("verify", code=1)
    assert "Entry 2 was changed" in told
    assert "The 1 entries before it hold." in told


def test_an_end_that_is_gone_is_found_by_the_noted_head(booking: Database) -> None:
    """Without it the rest would hold."""
    head = run("verify").split()[-1]
    tamper(booking, "DELETE FROM audit_entry WHERE sequence = 3")
    run("verify")
    assert "Entry 3 is missing." in run("verify", "--noted", head, code=1)


@pytest.mark.usefixtures("booking")
def test_entries_are_shown_of_one_subject_or_of_all() -> None:
    """When, what, to what, by whom."""
    assert run("show").count("plan_changed") == 3
    told = run("show", "--subject", "SKW")
    assert "2026-11-23 00:00:00 UTC  plan_changed SKW a=b" in told
    assert f"by head {HEAD} of SKW" in told
    assert run("show", "--last", "1").count("plan_changed") == 1


@pytest.mark.usefixtures("booking")
def test_a_head_that_is_none_is_one_sentence() -> None:
    """It is not taken for "nothing noted"."""
    assert "--noted takes a head" in run("verify", "--noted", "3:abc", code=1)


@pytest.mark.usefixtures("booking")
def test_a_key_that_is_none_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """No traceback."""
    monkeypatch.setenv("NIK_HMAC_KEY", "no base64!")
    assert "NIK_HMAC_KEY is not base64." in run("verify", code=1)


@pytest.mark.usefixtures("booking")
def test_a_database_that_is_away_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """No traceback, no password."""
    monkeypatch.setenv("BOOKING_DATABASE_URL", f"postgresql://u:geheim@127.0.0.1:{free_port()}/booking")
    told = run("verify", code=1)
    assert "did not answer" in told
    assert "geheim" not in told
