"""What a process is told: the settings it would start with here, with the secrets hidden."""

import os
from importlib import import_module
from typing import Any

from chassis.settings import SettingsInvalid, describe_settings, load_settings
from cli.errors import Problem
from cli.servers.postgres import Postgres
from cli.servers.rabbit_access import RabbitAccess
from cli.settings import SERVICES, UpSettings
from cli.up.databases import database_urls
from cli.up.environment import environment_with
from cli.up.keys import key_files
from cli.up.processes import common_environment

SETTINGS = {
    **{service: f"services.{service}.settings:{service.capitalize()}Settings" for service in SERVICES},
    "gateway": "gateway.settings:GatewaySettings",
    "sandbox": "sandbox.settings:SandboxSettings",
}


def describe(process: str, settings: UpSettings) -> list[tuple[str, str, str]]:
    """Answer (variable, value, help) for each setting of a process; raise Problem for a wrong one.

    On a machine where `antrean up` has run, these are the settings that it gives; elsewhere, such as in
    a container, they come from the environment alone.
    """
    if (settings.home / "keys").exists():
        environment = environment_with(_environment(process, settings))
        os.environ.clear()
        os.environ.update(environment)
    module, _, name = SETTINGS[process].partition(":")
    settings_type: Any = getattr(import_module(module), name)
    try:
        return describe_settings(load_settings(settings_type))
    except SettingsInvalid as invalid:
        raise Problem(f"{process} could not start here: {'; '.join(invalid.faults)}") from invalid


def _environment(process: str, settings: UpSettings) -> dict[str, str]:
    broker = RabbitAccess(settings.home / "rabbitmq", settings.ports.rabbitmq())
    environment = common_environment(
        settings, key_files(settings.home / "keys"), settings.amqp_url or broker.url()
    )
    environment["OPS_PORT"] = str(settings.ports.ops(process))
    if process in SERVICES:
        postgres = Postgres(settings.home / "postgres", settings.ports.postgres)
        environment["DATABASE_URL"] = database_urls(settings, postgres)[process]
    return environment
