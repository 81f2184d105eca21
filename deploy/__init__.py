"""How Antrean is put on machines: compose, Kubernetes, Prometheus, Grafana."""
