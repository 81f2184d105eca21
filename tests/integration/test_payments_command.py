"""`antrean payments`: what has to go back in a real database, listed and closed."""

import base64
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from chassis import migrate
from chassis.database import Database
from cli.main import main
from services.booking.domain.refund import Refund
from services.booking.store.audit import latest
from services.booking.store.refunds import add_refunds

OWED = "01a1ff5a-fe84-742f-b2cc-e88000a2b2c2"
UNREADABLE = "01a1ff5a-fe84-742f-b2cc-e88000a2b2c3"


@pytest.fixture
def booking(database: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A database in which somebody's money waits, and something that nobody could read."""
    url = database("booking")
    migrate.upgrade("services.booking", url)
    monkeypatch.setenv("BOOKING_DATABASE_URL", url)
    monkeypatch.setenv("NIK_HMAC_KEY", base64.b64encode(bytes(32)).decode())
    found = Database(url, connections=2)
    now = datetime.now(UTC)
    owed = Refund(
        refund_id=OWED,
        reason="cancelled",
        created_at=now - timedelta(days=4, hours=1),
        amount=350_000,
        billing_code="820261124000017",
        code="TRK-7KQ2MX",
    )
    unreadable = Refund(
        refund_id=UNREADABLE, reason="unreadable", created_at=now, settlement_id="msg_1", told=b"{"
    )
    with found.transaction(now=now) as tx:
        add_refunds(tx, [owed])
        add_refunds(tx, [unreadable])
    yield found
    found.engine.dispose()


def run(*arguments: str, code: int = 0) -> str:
    done = CliRunner().invoke(main, ["payments", *arguments], catch_exceptions=False)
    assert done.exit_code == code, done.output
    return done.output


def test_what_has_to_go_back_is_listed_with_its_age_and_closed_once(booking: Database) -> None:
    """With a reference, into the audit log."""
    told = run("refunds")
    assert f"{OWED}  Rp 350.000  cancelled  for 4 d" in told
    assert "booking TRK-7KQ2MX, billing code 820261124000017" in told
    assert f"{UNREADABLE}  unknown amount  unreadable  for 0 h" in told
    assert "webhook msg_1 said b'{'" in told
    assert "Rp 350.000 closed with SP2D-118." in run(
        "refunded", OWED, "--reference", "SP2D-118", "--by", "budi"
    )
    assert "No open refund" in run("refunded", OWED, "--reference", "SP2D-119", code=1)
    assert "1 open." in run("refunds")
    with booking.transaction(now=datetime.now(UTC)) as tx:
        (entry,) = latest(tx, 9, subject=OWED)
    assert (entry.deed.action, entry.deed.actor) == ("refund_closed", "budi")


@pytest.mark.usefixtures("booking")
def test_nothing_is_closed_without_a_reference() -> None:
    """How else could anybody see later that it was given back."""
    assert "--reference" in run("refunded", OWED, code=2)
