"""What the environment tells the command line, and what it tells our own processes."""

import dataclasses
import inspect
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.console import Console

from cli import settings
from cli.errors import Problem
from cli.main import main
from cli.servers.ports import free_port
from cli.settings import read_settings
from cli.terminal import Terminal
from cli.up.environment import environment_with
from cli.up.processes import common_environment
from cli.up.run import show_addresses


def _file(folder: Path, text: str) -> str:
    path = folder / "told"
    path.write_text(text)
    return str(path)


def test_an_address_can_lie_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As for every process: compose and vaults give files."""
    monkeypatch.delenv("AMQP_URL", raising=False)
    monkeypatch.setenv("AMQP_URL_FILE", _file(tmp_path, "amqp://user:secret@broker/antrean\n"))
    settings = read_settings()
    assert settings.amqp_url == "amqp://user:secret@broker/antrean"
    assert not settings.embedded_rabbitmq


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DATABASE_URL_FILE", "/nowhere/at/all", "DATABASE_URL_FILE"),
        ("GATEWAY_PORT", "eighty", "GATEWAY_PORT"),
    ],
)
def test_what_cannot_be_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    """It names the variable."""
    monkeypatch.setenv(name, value)
    with pytest.raises(Problem) as refused:
        read_settings()
    assert said in refused.value.message
    assert refused.value.message.endswith(".")
    assert not refused.value.message.endswith("..")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgres:/antrean:s3cret@host/x"),
        ("BOOKING_DATABASE_URL", "mysql://antrean:s3cret@host/x"),
        ("AMQP_URL", "amqp://antrean:s3cret/half@host"),
        ("AMQP_MANAGEMENT_URL", "antrean:s3cret@host:15672"),
    ],
)
def test_an_address_that_cannot_be_is_refused_without_its_password(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """A slip of the pen does not print a password."""
    monkeypatch.setenv(name, value)
    with pytest.raises(Problem) as refused:
        read_settings()
    assert refused.value.message.startswith(f"{name} is not of the form ")
    assert "s3cret" not in refused.value.message


def test_an_empty_address_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """`DATABASE_URL= make run` starts our own server."""
    monkeypatch.setenv("DATABASE_URL", "")
    assert read_settings().embedded_postgres


def test_a_service_gets_its_own_database_though_the_servers_address_lies_in_a_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A process reads the file first, so it must not be handed on."""
    monkeypatch.setenv("DATABASE_URL_FILE", "/run/secrets/server")
    monkeypatch.setenv("SMTP_URL", "smtp://theirs")
    given = environment_with({"DATABASE_URL": "postgresql://x/booking"})
    assert given["DATABASE_URL"] == "postgresql://x/booking"
    assert "DATABASE_URL_FILE" not in given
    assert given["SMTP_URL"] == "smtp://theirs"


def test_a_setting_of_the_users_own_wins_in_a_file_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ours would hide it."""
    monkeypatch.setenv("WHATSAPP_API_URL", "https://theirs")
    monkeypatch.setenv("SMTP_URL_FILE", "/run/secrets/smtp")
    chosen = common_environment(read_settings(), {}, "amqp://x")
    assert chosen["WHATSAPP_API_URL"] == "https://theirs"
    assert "SMTP_URL" not in chosen
    assert environment_with(chosen)["SMTP_URL_FILE"] == "/run/secrets/smtp"


def test_the_help_of_up_lists_every_setting() -> None:
    """Each port, and each variable that is read, with what it is otherwise."""
    shown = CliRunner().invoke(main, ["up", "--help"], terminal_width=110).output
    read = set(re.findall(r'"([A-Z_]{5,})"', inspect.getsource(settings.read_settings)))
    ports = {f"{port.name.upper()}_PORT" for port in dataclasses.fields(settings.Ports)}
    assert {"ANTREAN_HOME", "PUBLIC_URL", "DEMO_HOURS"} <= read
    assert [name for name in read | ports if f"  {name} " not in shown] == []
    assert "else 8080" in shown


def test_an_answer_is_not_preceded_by_a_warning() -> None:
    """What a library says of its own future is nothing for who asks at night."""
    command = [sys.executable, "-m", "cli", "events", "parked", "display"]
    environment = os.environ | {"AMQP_URL": f"amqp://guest:guest@127.0.0.1:{free_port()}"}
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert told.returncode == 1
    assert told.stdout == ""
    assert told.stderr.startswith("Error: RabbitMQ did not do it")
    assert told.stderr.count("\n") == 1


@pytest.mark.parametrize(("hours", "told"), [(None, True), ("always", True), ("office", False)])
def test_the_demonstrations_hours_are_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, hours: str | None, *, told: bool
) -> None:
    """Who compares the pages with data/offices is not left to wonder about Sundays."""
    monkeypatch.setenv("ANTREAN_HOME", str(tmp_path))
    monkeypatch.delenv("DEMO_HOURS", raising=False)
    if hours:
        monkeypatch.setenv("DEMO_HOURS", hours)
    out = io.StringIO()
    show_addresses(read_settings(), Terminal(Console(file=out, highlight=False)))
    assert ("DEMO_HOURS=office" in out.getvalue()) is told


def test_no_address_is_cut_on_a_narrow_terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Of eighty columns; the head finds their page there, too."""
    monkeypatch.setenv("ANTREAN_HOME", str(tmp_path))
    out = io.StringIO()
    show_addresses(read_settings(), Terminal(Console(file=out, highlight=False, width=80)))
    shown = out.getvalue()
    for address in (":8080/kepala/TRK/hari-ini", ":8080/tunggu/TRK", ":8080/transparansi", ":8081/bank"):
        assert f"{address} " in shown or f"{address}\n" in shown


def test_the_phones_messages_are_kept_with_the_other_data(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """In the folder that the next start uses again."""
    monkeypatch.setenv("ANTREAN_HOME", str(tmp_path))
    kept = common_environment(read_settings(), {}, "amqp://x")["SANDBOX_MESSAGES"]
    assert Path(kept).parent == tmp_path
