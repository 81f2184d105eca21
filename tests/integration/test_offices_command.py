"""`antrean offices apply`: plans put into effect in booking's database."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy
from click.testing import CliRunner

from chassis import migrate
from chassis.database import Database
from cli.main import main
from cli.servers.ports import free_port
from services.booking.seed import seed
from services.booking.settings import SeedSettings

CLOSURE = "closures:\n  - {from_date: 2020-01-01, to_date: 2120-01-01, reason: Banjir}\n"
ALL_DAY = """\
office: {office}
services: [new]
counters: 4
observes_holidays: false
hours:
  - valid_from: 2020-01-01
    week:
      - {{days: [monday, tuesday, wednesday, thursday, friday, saturday, sunday], open: 00.00-24.00}}
"""


@pytest.fixture
def booking(database: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A seeded booking database that the command line is told of."""
    url = database("booking")
    migrate.upgrade("services.booking", url)
    monkeypatch.setenv("BOOKING_DATABASE_URL", url)
    found = Database(url, connections=2)
    seed(found, SeedSettings(database_url=url, demo_password=""))
    yield found
    found.engine.dispose()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Plans of the two pilots, open day and night."""
    for office in ("TRK", "SKW"):
        (tmp_path / f"{office}.yaml").write_text(ALL_DAY.format(office=office))
    return tmp_path


def apply(*arguments: object, code: int = 0) -> str:
    done = CliRunner().invoke(main, ["offices", "apply", *map(str, arguments)], catch_exceptions=False)
    assert done.exit_code == code, done.output
    return done.output


def slots(booking: Database, office: str, *, withdrawn: bool = False) -> int:
    query = (
        "SELECT count(*) FROM slot WHERE office = :office AND service = 'new' AND is_withdrawn = :withdrawn"
    )
    with booking.engine.connect() as connection:
        found = connection.execute(sqlalchemy.text(query), {"office": office, "withdrawn": withdrawn})
        return int(found.scalar_one())


def test_plans_of_a_folder_are_put_into_effect(booking: Database, folder: Path) -> None:
    """Both offices get the slots of their hours; again, nothing changes."""
    for _ in range(2):
        assert apply(folder).splitlines() == ["SKW pilot: 0 affected", "TRK pilot: 0 affected"]
        assert slots(booking, "TRK") >= 14 * 24
        assert slots(booking, "SKW") >= 14 * 24


def test_a_mistake_in_one_file_changes_none(booking: Database, folder: Path) -> None:
    """The good file before it in the order is not applied either."""
    before = slots(booking, "SKW")
    (folder / "TRK.yaml").write_text("office: TRK\n")
    assert "TRK.yaml:1: counters: is missing" in apply(folder, code=1)
    assert slots(booking, "SKW") == before


def test_a_dry_run_says_who_would_be_affected(booking: Database, folder: Path) -> None:
    """And changes nothing; then the same without it does."""
    apply(folder)
    code = _book(booking)
    plan = folder / "TRK.yaml"
    plan.write_text(plan.read_text() + CLOSURE)
    for option, withdrawn in (("--dry-run", 0), (None, slots(booking, "TRK"))):
        told = apply(plan, *filter(None, [option]))
        assert "TRK pilot: 1 affected" in told
        assert code in told
        assert "Pak Andi" in told
        assert ("this was a dry run" in told) is (option is not None)
        assert slots(booking, "TRK", withdrawn=True) >= withdrawn
        assert (slots(booking, "TRK") == 0) is (option is None)


def test_holidays_are_applied_with_the_offices(booking: Database, folder: Path) -> None:
    """They lie in the same folder, and count for every office."""
    (folder / "holidays.yaml").write_text(
        "holidays:\n  - {date: 2030-01-02, name: Cuti Bersama, is_holiday: true, decree: SKB 1/2029}\n"
    )
    apply(folder)
    with booking.engine.connect() as connection:
        found = connection.execute(sqlalchemy.text("SELECT name, decree FROM holiday_override")).all()
    assert [tuple(row) for row in found] == [("Cuti Bersama", "SKB 1/2029")]


def test_a_database_that_is_away_is_one_sentence(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No traceback, no password."""
    monkeypatch.setenv("BOOKING_DATABASE_URL", f"postgresql://u:geheim@127.0.0.1:{free_port()}/booking")
    told = apply(folder, code=1)
    assert "Booking's database did not answer: run make doctor." in told
    assert "geheim" not in told


_TAKE_PLACE = """
    UPDATE slot SET booked = 1 WHERE slot_id = (
        SELECT slot_id FROM slot WHERE office = 'TRK' AND service = 'new' ORDER BY starts_at DESC LIMIT 1
    ) RETURNING slot_id, date, starts_at, ends_at
"""
_ADD_ACCOUNT = """
    INSERT INTO account VALUES (
        gen_random_uuid(), 'Andi', 'Pak Andi', '+62811', 'a@b.id', 'id', '', '', '', '', 1, now()
    )
"""
_ADD_BOOKING = """
    INSERT INTO booking SELECT
        gen_random_uuid(), 'TRK-7K3M9P', person_id, :slot_id, 'key-0001', 'Pak Andi', 'TRK', 'new', 'regular',
        :date, :starts_at, :ends_at, 'booked', true, 1, now()
    FROM account
"""


def _book(booking: Database) -> str:
    """Take a place in Tarakan's last slot, past the handlers; return the booking's code."""
    with booking.engine.begin() as connection:
        slot = connection.execute(sqlalchemy.text(_TAKE_PLACE)).one()
        connection.execute(sqlalchemy.text(_ADD_ACCOUNT))
        connection.execute(sqlalchemy.text(_ADD_BOOKING), dict(slot._mapping))
    return "TRK-7K3M9P"
