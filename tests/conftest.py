"""What every test may ask for: see `tests/servers.py` for the servers."""

pytest_plugins = ["tests.servers"]
