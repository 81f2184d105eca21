"""`antrean staff`: who has an account, in a real database; the first head and villages come and go here."""

import base64
import hashlib
import re
from collections.abc import Callable, Iterator

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from chassis import migrate
from chassis.database import Database
from cli.main import main
from services.booking.handlers.offices import change_office
from services.booking.store.audit import latest
from tests.integration.booking.desk import TARAKAN


@pytest.fixture
def booking(database: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A database that knows Tarakan's office."""
    url = database("booking")
    migrate.upgrade("services.booking", url)
    monkeypatch.setenv("BOOKING_DATABASE_URL", url)
    monkeypatch.setenv("NIK_HMAC_KEY", base64.b64encode(bytes(32)).decode())
    monkeypatch.setenv("PUBLIC_URL", "https://antrean.example")
    found = Database(url, connections=2)
    with found.transaction() as tx:
        change_office(tx, TARAKAN)
    yield found
    found.engine.dispose()


def run(*arguments: str, code: int = 0) -> str:
    done = CliRunner().invoke(main, ["staff", *arguments], catch_exceptions=False)
    assert done.exit_code == code, done.output
    return done.output


def rows(booking: Database) -> list[tuple[str, ...]]:
    """Read who is known, and by which links' digests."""
    query = """
        SELECT login, role, coalesce(office, '-'), coalesce(district, '-'), coalesce(phone, '-'),
               encode(token_digest, 'hex')
        FROM staff JOIN staff_invitation USING (staff_id) ORDER BY login
    """
    with booking.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def digest(output: str) -> str:
    """Read the link, and make of it what the database keeps."""
    link = re.search(r"https://antrean\.example/undangan/(\S{43})\n", output)
    assert link, output
    return hashlib.sha256(link[1].encode()).hexdigest()


def test_a_first_head_and_a_village_are_invited(booking: Database) -> None:
    """Each gets a link; the audit log has who invited them."""
    head = run("invite", "trk", "ratna.trk", "Bu Ratna", "--by", "operations")
    told = ("--district", "Kabupaten Malinau", "--phone", "0811 5550 101", "--by", "operations")
    village = run("village", "desa.malinau", "Desa Malinau", *told)
    assert "Bu Ratna signs in as ratna.trk" in head
    assert rows(booking) == [
        ("desa.malinau", "village", "-", "Kabupaten Malinau", "+628115550101", digest(village)),
        ("ratna.trk", "head", "TRK", "-", "-", digest(head)),
    ]
    with booking.transaction() as tx:
        entries = [(entry.deed.action, entry.deed.actor) for entry in latest(tx, 9, subject=None)]
    assert entries == 2 * [("staff_invited", "operations")]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("invite", "XXX", "ratna.xxx", "Bu Ratna"), "There is no office XXX"),
        (("invite", "Tarakan", "ratna.trk", "Bu Ratna"), "named by its three letters"),
        (("invite", "TRK", "Bu Ratna", "Bu Ratna"), "A login has 3 to 40"),
        (("invite", "TRK", "ratna.trk", "B" * 25), "A name has 1 to 24 letters"),
        (
            ("village", "desa.x", "Desa", "--district", "Kabupaten Malinau", "--phone", "12345678"),
            "like 0812 3456 7890",
        ),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(
    booking: Database, arguments: tuple[str, ...], said: str
) -> None:
    """And nothing is kept."""
    assert said in run(*arguments, code=1)
    assert rows(booking) == []


def test_a_login_is_given_once(booking: Database) -> None:
    """The first keeps it, and the link."""
    first = digest(run("invite", "TRK", "ratna.trk", "Bu Ratna"))
    assert "Somebody has the login ratna.trk" in run("invite", "TRK", "ratna.trk", "Bu Dewi", code=1)
    assert [row[-1] for row in rows(booking)] == [first]


def test_the_only_head_and_a_village_are_ended_and_come_back(booking: Database) -> None:
    """By operations alone, under their name; every session is told to be over."""
    run("invite", "TRK", "ratna.trk", "Bu Ratna")
    run(
        "village", "desa.malinau", "Desa Malinau", "--district", "Kabupaten Malinau", "--phone", "08115550101"
    )
    for login, name in (("ratna.trk", "Bu Ratna"), ("desa.malinau", "Desa Malinau")):
        assert f"{name} ({login}) has no account now." in run("end", login, "--by", "operations")
        assert f"{name} ({login}) had ended before." in run("end", login, "--by", "operations")
    assert rows(booking) == []
    again = run("again", "desa.malinau", "--by", "operations")
    assert [(row[0], row[-1]) for row in rows(booking)] == [("desa.malinau", digest(again))]
    with booking.transaction() as tx:
        entries = latest(tx, 3, subject=None)
    assert [(entry.deed.action, entry.deed.actor) for entry in entries] == [
        ("staff_ended", "operations"),
        ("staff_ended", "operations"),
        ("staff_invited", "operations"),
    ]
    with booking.engine.connect() as connection:
        told = connection.execute(text("SELECT routing_key FROM outbox ORDER BY id"))
        assert [row.routing_key for row in told][1:] == 2 * ["-.booking.SessionsRevoked"]


def test_who_has_an_account_is_listed(booking: Database) -> None:
    """An office's people, or the villages, with what became of them."""
    assert run("list") == run("list", "trk") == "Nobody yet.\n"
    run("invite", "TRK", "ratna.trk", "Bu Ratna")
    run("invite", "TRK", "dewi.trk", "Bu Dewi", "--role", "officer")
    run(
        "village", "desa.malinau", "Desa Malinau", "--district", "Kabupaten Malinau", "--phone", "08115550101"
    )
    run("end", "dewi.trk")
    assert run("list", "trk").splitlines() == [
        "dewi.trk                  officer   inactive  Bu Dewi",
        "ratna.trk                 head      invited   Bu Ratna",
    ]
    assert run("list").splitlines() == ["desa.malinau              village   invited   Desa Malinau"]


def test_in_a_container_who_does_it_says_so(booking: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody there is the image's user, and the audit log would not tell them apart."""
    monkeypatch.setenv("LOGNAME", "antrean")
    assert "Say who you are, with --by NAME" in run("invite", "TRK", "ratna.trk", "Bu Ratna", code=2)
    assert rows(booking) == []
    run("invite", "TRK", "ratna.trk", "Bu Ratna", "--by", "dewi")
    assert [row[0] for row in rows(booking)] == ["ratna.trk"]


@pytest.mark.parametrize("deed", ["again", "end"])
def test_a_login_that_nobody_has_is_said(booking: Database, deed: str) -> None:
    """With where to look."""
    assert "Nobody has the login ratna.trk: see antrean staff list." in run(deed, "ratna.trk", code=1)


def test_an_office_that_is_none_has_no_list(booking: Database) -> None:
    """An empty list would say that nobody works there."""
    assert "There is no office XXX" in run("list", "XXX", code=1)
