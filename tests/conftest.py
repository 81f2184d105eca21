"""What every test may ask for: see `servers.py`, `processes.py`, `wire.py`, `proxy.py`, `stack.py`."""

from collections import Counter
from pathlib import Path

import pytest
from xdist.scheduler import LoadFileScheduling  # type: ignore[import-untyped]

pytest_plugins = [
    "tests.processes",
    "tests.shared_servers",
    "tests.servers",
    "tests.wire",
    "tests.proxy",
    "tests.stack",
]

_ON_THE_STACK = (
    "test_up.py",
    "test_journey.py",
    "test_office_plan_journey.py",
    "test_own_data_journey.py",
    "test_recovery_journey.py",
    "test_device_journey.py",
    "test_payment_journey.py",
    "test_bad_input.py",
    "test_release_rush.py",
    "test_crashes.py",
)
"""The files whose tests share the one running system: those that leave it in peace come first."""
_LONG = {"test_event_loss.py", "test_state_machine.py", "test_other_starts.py"}
_WAITING = {"fragile_broker", "fragile_postgres", "process"}
"""Fixtures of tests that wait for servers and processes more than they work."""


class WholeFiles(LoadFileScheduling):  # type: ignore[misc]  # xdist's schedulers have no types
    """Gives a worker whole files, and all files that are on the running system to the same one."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return "stack" if Path(file).name in _ON_THE_STACK else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> WholeFiles:
    """Say which tests stay together."""
    return WholeFiles(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest or waits: with it at the end, the processors would idle."""
    items.sort(key=_turn)
    shared = [nodeid for nodeid, count in Counter(item.nodeid for item in items).items() if count > 1]
    if shared:
        raise pytest.UsageError(f"{shared} are names of several tests: one of each would run")
    strangers = {item.path.name for item in items if "stack" in _fixtures(item)}.difference(_ON_THE_STACK)
    if strangers:
        raise pytest.UsageError(f"{sorted(strangers)} use the one stack: list them in conftest.py")


def _turn(item: pytest.Item) -> tuple[int, int]:
    if item.path.name in _ON_THE_STACK:
        return 0, _ON_THE_STACK.index(item.path.name)
    if item.path.name in _LONG:
        return 1, 0
    return 2 + _WAITING.isdisjoint(_fixtures(item)), 0


def _fixtures(item: pytest.Item) -> list[str]:
    return getattr(item, "fixturenames", [])
