"""`antrean up` and its companions after a fresh start, as a person runs them."""

import re

import httpx
import pytest

from tests.stack import Stack

pytestmark = pytest.mark.timeout(300)


def test_one_command_serves_every_page(stack: Stack) -> None:
    """Pages, board, kiosk and the phone of the sandbox answer once it says so."""
    addresses = re.findall(r"http://\S+", stack.said())
    assert len(addresses) >= 6
    for address in addresses:
        assert httpx.get(address, follow_redirects=True, timeout=30).status_code == 200, address


def test_messages_leave_the_processor_to_the_hall(stack: Stack) -> None:
    """On a small machine whoever waits at a counter comes before who gets a message."""
    niceness = {process.cmdline()[-1].rpartition(":")[2]: process.nice() for process in stack.processes()}
    assert niceness["NotifyService"] == niceness["sandbox"] > niceness["CheckinService"]


def test_doctor_finds_a_fresh_start_healthy(stack: Stack) -> None:
    """Every line is ticked and the exit code is 0."""
    report = stack.command("doctor")
    assert report.returncode == 0, report.stdout
    assert "✗" not in report.stdout


def test_a_second_start_says_in_one_sentence_that_the_first_runs(stack: Stack) -> None:
    """Nobody starts two of everything by mistake."""
    second = stack.command("up")
    assert second.returncode == 1
    assert second.stderr.startswith(f"Error: Antrean runs already (process {stack.up.pid}")
    assert second.stderr.count("\n") == 1


def test_the_settings_of_a_process_are_shown_without_its_secrets(stack: Stack) -> None:
    """An operator sees what booking is told, and no key and no password."""
    shown = stack.command("config", "show", "booking").stdout
    password = (stack.folder / "postgres" / "password").read_text()
    assert "NIK_CIPHER_KEY=•••" in shown
    assert f"{stack.ports.postgres}/booking" in shown
    assert password not in shown
