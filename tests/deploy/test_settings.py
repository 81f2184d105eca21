"""What compose and Kubernetes give a process is what its settings ask for, by the very same names."""

import dataclasses
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
import yaml

from chassis.settings import ProcessSettings, load_settings
from deploy.make_secrets import make_secrets
from gateway.client_address import networks
from gateway.settings import GatewaySettings
from sandbox.settings import SandboxSettings
from services.booking.settings import BookingSettings, SeedSettings
from services.checkin.settings import CheckinSettings
from services.display.settings import DisplaySettings
from services.notify.settings import NotifySettings
from tests.deploy.test_kubernetes import K8S, LAYERS, build

SETTINGS: dict[str, type[ProcessSettings]] = {
    "booking": BookingSettings,
    "seed": SeedSettings,
    "checkin": CheckinSettings,
    "notify": NotifySettings,
    "display": DisplaySettings,
    "gateway": GatewaySettings,
    "sandbox": SandboxSettings,
}
IN_CLUSTER = SETTINGS.keys() - {"seed", "sandbox"}
PARTS_OF_URLS = {"AMQP_USERNAME", "AMQP_PASSWORD", "DATABASE_PASSWORD"}


@pytest.mark.parametrize("process", SETTINGS)
def test_a_process_in_compose_gets_what_it_asks_for(
    compose: dict[str, Any], process: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its settings load from the made secrets, and no variable is one that it does not know."""
    make_secrets(tmp_path / "secrets")
    given = compose["services"][process]["environment"]
    of_commands = {"PUBLIC_URL"} if process == "booking" else set()
    assert {name.removesuffix("_FILE") for name in given} <= known(SETTINGS[process]) | of_commands
    for name, value in given.items():
        monkeypatch.setenv(name, value.replace("/run/secrets", str(tmp_path / "secrets")))
    settings = load_settings(SETTINGS[process])
    assert isinstance(settings, SETTINGS[process])


@pytest.mark.parametrize("process", sorted(IN_CLUSTER))
def test_a_process_in_kubernetes_gets_what_it_asks_for(process: str) -> None:
    """Every setting without a default is given, and every variable of its own is one that it knows."""
    resources = list(yaml.safe_load_all(build(K8S / "base")))
    by_kind = {(found["kind"], found["metadata"]["name"]): found for found in resources}
    (container,) = by_kind["Deployment", process]["spec"]["template"]["spec"]["containers"]
    own = {entry["name"] for entry in container["env"]}
    shared = set(by_kind["ConfigMap", "antrean"]["data"])
    assert own - PARTS_OF_URLS <= known(SETTINGS[process])
    assert required(SETTINGS[process]) <= own | shared
    assert shared <= set().union(*(known(SETTINGS[name]) for name in IN_CLUSTER))


def test_the_gateway_in_compose_believes_a_proxy_on_this_machine(compose: dict[str, Any]) -> None:
    """Behind one all would else have its address, and share one throttle of sign-ins."""
    trusted = networks(compose["services"]["gateway"]["environment"]["TRUSTED_PROXIES"])
    assert any(ip_address("172.18.0.1") in network for network in trusted)
    assert not any(network.is_global for network in trusted)


@pytest.mark.parametrize("layer", LAYERS)
def test_the_gateway_in_kubernetes_believes_the_ingress_controller(layer: str) -> None:
    """A pod of the cluster, and nobody on the Internet; an overlay says which pods."""
    resources = list(yaml.safe_load_all(build(K8S / layer)))
    by_kind = {(found["kind"], found["metadata"]["name"]): found for found in resources}
    (container,) = by_kind["Deployment", "gateway"]["spec"]["template"]["spec"]["containers"]
    assert {"configMapRef": {"name": "antrean"}} in container["envFrom"]
    trusted = networks(by_kind["ConfigMap", "antrean"]["data"]["TRUSTED_PROXIES"])
    assert any(ip_address("10.244.1.1") in network for network in trusted)
    assert not any(network.is_global for network in trusted)
    assert layer == "base" or len(trusted) == 1


def known(settings: type[ProcessSettings]) -> set[str]:
    """The variables that a process reads."""
    return {field.metadata["setting"].name for field in dataclasses.fields(settings)}


def required(settings: type[ProcessSettings]) -> set[str]:
    """The variables without which it does not start."""
    return {
        field.metadata["setting"].name
        for field in dataclasses.fields(settings)
        if field.default is dataclasses.MISSING
    }
