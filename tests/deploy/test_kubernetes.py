"""The Kubernetes files: they build, every field is one that Kubernetes knows, and nothing is left open."""

import shutil
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from chassis.settings import ServiceSettings
from chassis.topology import queue_of
from contracts.events import SUBSCRIPTIONS
from deploy.make_rules import RULES, rules
from tests.deploy.tools import PROJECT, run, tool

SCRAPED = PROJECT / "deploy" / "prometheus" / "prometheus.yml"
K8S = PROJECT / "deploy" / "k8s"
LAYERS = ("base", "overlays/staging", "overlays/production")
PROCESSES = {"booking", *SUBSCRIPTIONS, "gateway"}
OPERATORS = {
    *("RabbitmqCluster", "Cluster", "Database", "ScheduledBackup", "ObjectStore"),
    *("ScaledObject", "TriggerAuthentication", "PodMonitor", "PrometheusRule"),
}


def build(folder: Path) -> str:
    """Render a layer as `kubectl apply --kustomize` would."""
    built = run(tool("kubectl"), "kustomize", folder)
    assert built.returncode == 0, built.stderr
    return built.stdout


def validate(tmp_path: Path, rendered: str) -> Any:
    """Check against the schemas of Kubernetes, unknown fields being faults."""
    path = tmp_path / "rendered.yaml"
    path.write_text(rendered)
    return run(tool("kubernetes-validate"), "--strict", path)


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_builds_and_is_valid(tmp_path: Path, layer: str) -> None:
    """Only the operators' own kinds have no schema to be checked against."""
    verdict = validate(tmp_path, build(K8S / layer))
    assert verdict.returncode == 0, verdict.stdout + verdict.stderr
    warnings = [
        line for line in (verdict.stdout + verdict.stderr).splitlines() if "Couldn't find schema" in line
    ]
    assert {line.split(" kind ")[1].split(" ")[0] for line in warnings} <= OPERATORS


@pytest.mark.parametrize(
    ("file", "good", "bad"),
    [
        ("patches/process.yaml", "readinessProbe:", "readynessProbe:"),
        ("patches/process.yaml", "periodSeconds: 5", "periodSeconds: often"),
        ("budgets.yaml", "maxUnavailable: 1", "maxUnavailabel: 1"),
        ("network.yaml", "policyTypes: [Ingress, Egress]", "policyType: [Ingress, Egress]"),
        ("kustomization.yaml", "booking.yaml", "bookings.yaml"),
    ],
)
def test_a_broken_file_is_noticed(tmp_path: Path, file: str, good: str, bad: str) -> None:
    """Negative control: a mistyped field, value or file name fails."""
    broken = tmp_path / "base"
    shutil.copytree(K8S / "base", broken)
    text = (broken / file).read_text()
    assert good in text
    (broken / file).write_text(text.replace(good, bad))
    built = run(tool("kubectl"), "kustomize", broken)
    assert built.returncode != 0 or validate(tmp_path, built.stdout).returncode != 0


@pytest.fixture(scope="module", params=LAYERS)
def resources(request: pytest.FixtureRequest) -> list[dict[str, Any]]:
    """Every resource of a layer."""
    return list(yaml.safe_load_all(build(K8S / request.param)))


def test_every_process_is_there_with_its_budget(resources: list[dict[str, Any]]) -> None:
    """One deployment and one disruption budget for each process, one migration for each service."""
    assert set(_named(resources, "Deployment")) == PROCESSES
    assert set(_named(resources, "PodDisruptionBudget")) == {*PROCESSES, "rabbitmq"}
    migrations = {f"migrate-{name}" for name in PROCESSES - {"gateway"}}
    assert set(_named(resources, "Job")) == {*migrations, "seed-offices"}


def test_no_process_has_rights_it_does_not_need(resources: list[dict[str, Any]]) -> None:
    """The pod security standard `restricted`, a read-only file system, no token of the cluster."""
    for resource in [*_named(resources, "Deployment").values(), *_named(resources, "Job").values()]:
        pod = resource["spec"]["template"]["spec"]
        assert pod["automountServiceAccountToken"] is False
        assert pod["securityContext"]["runAsNonRoot"] is True
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        for container in pod["containers"]:
            assert container["securityContext"] == {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            }
            assert container["resources"]["limits"]["memory"]


def test_no_pod_is_told_of_services_by_variables(resources: list[dict[str, Any]]) -> None:
    """For the service `gateway` Kubernetes would set GATEWAY_PORT to an address, over the image's port."""
    for resource in [*_named(resources, "Deployment").values(), *_named(resources, "Job").values()]:
        assert resource["spec"]["template"]["spec"]["enableServiceLinks"] is False


def test_every_process_is_probed(resources: list[dict[str, Any]]) -> None:
    """Started, alive and ready are asked on the operations port."""
    for deployment in _named(resources, "Deployment").values():
        (container,) = deployment["spec"]["template"]["spec"]["containers"]
        paths = {
            probe: container[probe]["httpGet"]["path"]
            for probe in ("startupProbe", "livenessProbe", "readinessProbe")
        }
        assert paths == {"startupProbe": "/livez", "livenessProbe": "/livez", "readinessProbe": "/readyz"}


def test_each_service_gets_its_own_database_and_private_keys_go_to_booking(
    resources: list[dict[str, Any]],
) -> None:
    """No pod is given another service's password; who verifies has no private key."""
    for name, deployment in _named(resources, "Deployment").items():
        (container,) = deployment["spec"]["template"]["spec"]["containers"]
        sources = {
            entry["valueFrom"]["secretKeyRef"]["name"] for entry in container["env"] if "valueFrom" in entry
        }
        databases = {source for source in sources if source.endswith("-database")}
        assert databases == (set() if name == "gateway" else {f"{name}-database"})
        assert ("booking-keys" in sources) == (name == "booking")


def test_every_pod_of_ours_is_under_a_network_policy(resources: list[dict[str, Any]]) -> None:
    """What no rule allows is refused, in both directions; the gateway alone is open, to the ingress."""
    policies = _named(resources, "NetworkPolicy")
    ours = {"app.kubernetes.io/part-of": "antrean"}
    assert policies["processes"]["spec"]["podSelector"]["matchLabels"] == ours
    assert policies["processes"]["spec"]["policyTypes"] == ["Ingress", "Egress"]
    for resource in [*_named(resources, "Deployment").values(), *_named(resources, "Job").values()]:
        assert ours.items() <= resource["spec"]["template"]["metadata"]["labels"].items()
    opened = {name for name, policy in policies.items() if {"port": 8080} in _ingress_ports(policy)}
    assert opened == {"ingress-to-gateway"}


def test_production_leaves_replicas_to_the_autoscalers() -> None:
    """A number in the deployment would undo their work at every release."""
    resources = list(yaml.safe_load_all(build(K8S / "overlays/production")))
    scaled = {"gateway": _named(resources, "HorizontalPodAutoscaler")["gateway"]} | _named(
        resources, "ScaledObject"
    )
    assert set(scaled) == PROCESSES
    for deployment in _named(resources, "Deployment").values():
        assert "replicas" not in deployment["spec"]


def test_every_autoscaler_can_be_reached_by_what_it_measures() -> None:
    """Only events pile up in queues, and one process of Python uses one processor at most."""
    resources = list(yaml.safe_load_all(build(K8S / "overlays/production")))
    deployments = _named(resources, "Deployment")
    for name, scaled in _named(resources, "ScaledObject").items():
        (container,) = deployments[name]["spec"]["template"]["spec"]["containers"]
        for trigger in scaled["spec"]["triggers"]:
            if trigger["type"] == "cpu":
                assert int(trigger["metadata"]["value"]) / 100 * _cores(container) < 1
            else:
                assert trigger["metadata"]["queueName"] == queue_of(name).name


def test_the_database_has_a_connection_for_every_process_there_can_be() -> None:
    """While all are replaced and a migration runs, too; and no service can take another one's."""
    resources = list(yaml.safe_load_all(build(K8S / "overlays/production")))
    cluster = _named(resources, "Cluster")["antrean-postgres"]["spec"]
    limits = {role["name"]: role["connectionLimit"] for role in cluster["managed"]["roles"]}
    of_process = next(one.default for one in fields(ServiceSettings) if one.name == "database_connections")
    for name, scaled in _named(resources, "ScaledObject").items():
        processes = scaled["spec"]["maxReplicaCount"] + 1
        assert (processes + 1) * of_process <= limits[name]
    for_others = 20
    assert sum(limits.values()) + for_others <= int(cluster["postgresql"]["parameters"]["max_connections"])


def test_the_cluster_has_the_alerts_of_compose_and_the_jobs_that_they_name() -> None:
    """Written by `python -m deploy.make_rules`; with jobs of other names the alerts would be silent."""
    assert RULES.read_text() == rules()
    resources = list(yaml.safe_load_all(build(K8S / "overlays/production")))
    monitors = _named(resources, "PodMonitor")
    (ours,) = monitors["antrean"]["spec"]["selector"]["matchExpressions"]
    assert monitors["antrean"]["spec"]["jobLabel"] == ours["key"] == "app.kubernetes.io/name"
    assert set(ours["values"]) == PROCESSES
    endpoints = monitors["rabbitmq"]["spec"]["podMetricsEndpoints"]
    scraped = {job["job_name"]: job for job in yaml.safe_load(SCRAPED.read_text())["scrape_configs"]}
    for endpoint in endpoints:
        (relabeling,) = endpoint["relabelings"]
        job = scraped[relabeling["replacement"]]
        assert endpoint["path"] == job.get("metrics_path", "/metrics")
        assert endpoint.get("params") == job.get("params")


def _cores(container: dict[str, Any]) -> float:
    return float(container["resources"]["requests"]["cpu"].removesuffix("m")) / 1000


def _named(resources: list[dict[str, Any]], kind: str) -> dict[str, dict[str, Any]]:
    return {resource["metadata"]["name"]: resource for resource in resources if resource["kind"] == kind}


def _ingress_ports(policy: dict[str, Any]) -> list[dict[str, Any]]:
    return [port for rule in policy["spec"].get("ingress", []) for port in rule.get("ports", [])]
