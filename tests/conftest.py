"""What every test may ask for: see `servers.py`, `processes.py`, `wire.py`, `proxy.py`, `stack.py`."""

import pytest

pytest_plugins = ["tests.servers", "tests.processes", "tests.wire", "tests.proxy", "tests.stack"]

_SERVERS_OF_ONES_OWN = {"stack", "antrean", "fragile_broker", "fragile_postgres"}
_LONG = {"test_state_machine.py", "test_accessibility_variants.py"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest: with one of them at the end, the other worker would idle."""
    longest = {
        item.path
        for item in items
        if item.path.name in _LONG or _SERVERS_OF_ONES_OWN.intersection(getattr(item, "fixturenames", ()))
    }
    items.sort(key=lambda item: item.path not in longest)
