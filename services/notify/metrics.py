"""What operations watch of notify."""

from prometheus_client import Counter, Histogram

ATTEMPTS = Counter("antrean_message_attempts_total", "Messages handed to a provider", ("channel", "outcome"))
PROVIDER_SECONDS = Histogram(
    "antrean_message_provider_seconds",
    "Time that a provider took to take or refuse a message",
    ("channel",),
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0),
)
DELIVERY_SECONDS = Histogram(
    "antrean_message_delivery_seconds",
    "Time from the event that asked for a message until the provider took it",
    ("template", "channel"),
    buckets=(0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 60.0, 300.0, 3600.0),
)
