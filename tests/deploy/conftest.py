"""The compose file, resolved once."""

from typing import Any

import pytest
import yaml

from tests.deploy.tools import PROJECT, run, tool


@pytest.fixture(scope="session")
def compose() -> dict[str, Any]:
    """The whole file as docker-compose reads it: anchors, merges and defaults resolved, every profile on."""
    profiles = ["--profile", "demo", "--profile", "observe"]
    file = PROJECT / "docker-compose.yml"
    resolved = run(tool("docker-compose"), "--file", file, *profiles, "config")
    assert resolved.returncode == 0, resolved.stderr
    document: dict[str, Any] = yaml.safe_load(resolved.stdout)
    return document
