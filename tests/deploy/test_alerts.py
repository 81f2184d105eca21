"""Alerts and dashboard: valid, tested, and about metrics that exist."""

import dataclasses
import json
import re
import shutil
from pathlib import Path

import httpx
import prometheus_client
import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

import chassis.metrics
import gateway.metrics
import services.booking.metrics
import services.notify.metrics
from chassis.precedence import LONGEST_SECONDS
from chassis.settings import ServiceSettings
from cli.servers.rabbitmq import RabbitMQ
from contracts.events import EVENT_TYPES, consumers
from tests.deploy.tools import PROJECT, promtool, run

PROMETHEUS = PROJECT / "deploy" / "prometheus"
DASHBOARD = PROJECT / "deploy" / "grafana" / "dashboards" / "antrean.json"
OURS = (chassis.metrics, gateway.metrics, services.booking.metrics, services.notify.metrics)
"""Importing them registers what they define."""
NAME = re.compile(r"\b(?:antrean|rabbitmq)_[a-z_]+")


def expressions() -> list[str]:
    """Every PromQL expression of the alerts and of the dashboard."""
    rules = yaml.safe_load((PROMETHEUS / "alerts.yml").read_text())
    panels = json.loads(DASHBOARD.read_text())["panels"]
    return [rule["expr"] for group in rules["groups"] for rule in group["rules"]] + [
        target["expr"] for panel in panels for target in panel["targets"]
    ]


def names(*prefixes: str) -> set[str]:
    """Every metric that an expression names."""
    return {name for text in expressions() for name in NAME.findall(text) if name.startswith(prefixes)}


def test_promtool_accepts_the_rules_and_the_configuration() -> None:
    """Syntax, templates and the references between the files."""
    for command in (["check", "rules", "alerts.yml"], ["check", "config", "prometheus.yml"]):
        verdict = run(promtool(), *command, cwd=PROMETHEUS)
        assert verdict.returncode == 0, verdict.stdout + verdict.stderr


def test_the_alerts_fire_when_they_should_and_not_before() -> None:
    """Made-up histories are played against the rules."""
    verdict = run(promtool(), "test", "rules", "alerts_test.yml", cwd=PROMETHEUS)
    assert verdict.returncode == 0, verdict.stdout + verdict.stderr


@pytest.mark.parametrize(
    ("good", "bad", "command"),
    [
        ("== 0\n        for: 1m", "=== 0\n        for: 1m", ["check", "rules", "alerts.yml"]),
        ("{{ $labels.job }} does", "{{ $label.job }} does", ["check", "rules", "alerts.yml"]),
        ("oldest_seconds > 30", "oldest_seconds > 3000", ["test", "rules", "alerts_test.yml"]),
        ('{job="display"}', "", ["test", "rules", "alerts_test.yml"]),
        ("> 10\n", "> 3\n", ["test", "rules", "alerts_test.yml"]),
        ("for: 1m", "for: 10m", ["test", "rules", "alerts_test.yml"]),
    ],
)
def test_a_broken_rule_is_noticed(tmp_path: Path, good: str, bad: str, command: list[str]) -> None:
    """Negative control: wrong syntax, a wrong template, a wrong threshold, a wrong duration."""
    folder = shutil.copytree(PROMETHEUS, tmp_path / "prometheus")
    rules = folder / "alerts.yml"
    assert good in rules.read_text()
    rules.write_text(rules.read_text().replace(good, bad))
    assert run(promtool(), *command, cwd=folder).returncode != 0


def test_every_metric_of_ours_that_is_named_exists() -> None:
    """An alert on a metric that was renamed would never fire again."""
    exposed = {
        sample
        for family in prometheus_client.REGISTRY.collect()
        for sample in (family.name, *_samples(family.name, family.type))
    }
    assert names("antrean_") <= exposed
    assert names("antrean_"), "no expression was read"


def test_every_metric_of_rabbitmq_that_is_named_exists(broker: RabbitMQ) -> None:
    """Asked of a real node, in the very families that prometheus.yml asks for."""
    base = f"http://127.0.0.1:{broker.ports.prometheus}"
    jobs = {
        job["job_name"]: job
        for job in yaml.safe_load((PROMETHEUS / "prometheus.yml").read_text())["scrape_configs"]
    }
    families = jobs["rabbitmq-queues"]["params"]["family"]
    queues = httpx.get(f"{base}/metrics/detailed", params={"family": families, "vhost": "/"})
    plain = httpx.get(f"{base}/metrics")
    helped = {
        family.name for text in (queues.text, plain.text) for family in text_string_to_metric_families(text)
    }
    assert names("rabbitmq_") <= helped


def test_every_alert_leads_to_a_page_that_exists() -> None:
    """A runbook that cannot be found helps nobody at night."""
    rules = yaml.safe_load((PROMETHEUS / "alerts.yml").read_text())["groups"][0]["rules"]
    for rule in rules:
        page, _, section = rule["annotations"]["runbook"].partition("#")
        text = (PROJECT / page).read_text()
        headings = {
            re.sub(r"[^\w -]", "", line.lstrip("# ").lower()).replace(" ", "-")
            for line in text.splitlines()
            if line[:1] == "#"
        }
        assert not section or section in headings


def test_events_that_nobody_wants_may_reach_nobody() -> None:
    """The alert on lost events leaves out exactly those without a consumer."""
    (expression,) = (text for text in expressions() if "outbox_unrouted" in text)
    left_out = set(re.findall(r'event!~"([^"]+)"', expression)[0].split("|"))
    assert left_out == {name for name, event_type in EVENT_TYPES.items() if not consumers(event_type)}


def test_events_that_wait_for_a_rush_and_a_retry_are_not_late() -> None:
    """What the chassis does on purpose is no alert, and one rush is forgotten before it could be one."""
    rules = yaml.safe_load((PROMETHEUS / "alerts.yml").read_text())["groups"][0]["rules"]
    (rule,) = (rule for rule in rules if rule["alert"] == "EventsLate")
    waits = {field.name: field.default for field in dataclasses.fields(ServiceSettings)}["retry_seconds"]
    assert isinstance(waits, tuple)
    assert float(rule["expr"].rpartition(">")[2]) > LONGEST_SECONDS + waits[0]
    (window,) = re.findall(r"\[(\d+)m\]", rule["expr"])
    assert int(rule["for"].removesuffix("m")) > int(window)


def _samples(name: str, kind: str) -> list[str]:
    endings = {
        "counter": ["_total"],
        "histogram": ["_bucket", "_count", "_sum"],
        "summary": ["_count", "_sum"],
    }
    return [name + ending for ending in endings.get(kind, [])]
