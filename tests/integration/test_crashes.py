"""Parts of the running system are killed, and all of it: what is left starts again with the same data."""

import pytest

from tests.processes import wait_until
from tests.stack import Stack

pytestmark = pytest.mark.timeout(300)


def test_a_killed_service_is_started_again(stack: Stack) -> None:
    """The supervisor says that a service died, and starts it until it is ready."""
    stack.process("CheckinService").kill()
    wait_until(lambda: "checkin is ready again" in stack.said(), why=stack.said)
    assert "checkin ended (signal 9); it is started again in 0.5 s" in stack.said()


def test_a_killed_database_server_is_started_again(stack: Stack) -> None:
    """The servers are looked after like the services."""
    stack.process("postgres -D").kill()
    wait_until(lambda: "PostgreSQL is ready again" in stack.said(), why=stack.said)


def test_a_crash_leaves_nothing_that_stops_the_next_start(stack: Stack) -> None:
    """After SIGKILL, what is left over is ended, the keys and data are kept, and Ctrl-C leaves nothing.

    The last test of all on this system, for it ends what the others look at.
    """
    keys = {file.name: file.read_bytes() for file in (stack.folder / "keys").iterdir()}
    stack.up.kill()
    stack.up.wait()
    assert stack.processes()

    stack.start()

    assert "that an earlier run left behind" in stack.said()
    assert {file.name: file.read_bytes() for file in (stack.folder / "keys").iterdir()} == keys
    assert stack.stop() == 0, stack.said()
    assert stack.processes() == []
