"""Write the alerts for the Prometheus Operator: `python -m deploy.make_rules`, whenever they change."""

from pathlib import Path

import yaml

_DEPLOY = Path(__file__).parent
ALERTS = _DEPLOY / "prometheus" / "alerts.yml"
RULES = _DEPLOY / "k8s" / "monitoring" / "rules.yaml"
_HEAD = "# Written by deploy/make_rules.py from deploy/prometheus/alerts.yml.\n"


def rules() -> str:
    """Return the alerts as a resource of the cluster."""
    resource = {
        "apiVersion": "monitoring.coreos.com/v1",
        "kind": "PrometheusRule",
        "metadata": {"name": "antrean"},
        "spec": yaml.safe_load(ALERTS.read_text()),
    }
    return _HEAD + yaml.safe_dump(resource, sort_keys=False, width=110)


if __name__ == "__main__":
    RULES.write_text(rules())
