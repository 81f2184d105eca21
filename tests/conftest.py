"""What every test may ask for: see `servers.py`, `processes.py`, `wire.py`, `proxy.py`, `stack.py`."""

pytest_plugins = ["tests.servers", "tests.processes", "tests.wire", "tests.proxy", "tests.stack"]
