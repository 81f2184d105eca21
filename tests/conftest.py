"""What every test may ask for: see `servers.py`, `processes.py` and `wire.py`."""

pytest_plugins = ["tests.servers", "tests.processes", "tests.wire"]
