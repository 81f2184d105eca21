"""What operations watch; every name begins with `antrean_`, units are in the name."""

from prometheus_client import Counter, Gauge, Histogram

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

REQUEST_SECONDS = Histogram(
    "antrean_request_seconds",
    "Time from taking a request to its answer",
    ("request", "outcome"),
    buckets=_SECONDS,
)
REQUEST_BATCH_SIZE = Histogram(
    "antrean_request_batch_size",
    "Requests handled in one transaction",
    ("request",),
    buckets=(1, 2, 4, 8, 16, 32, 64),
)
REQUESTS_EXPIRED = Counter(
    "antrean_requests_expired_total", "Requests whose deadline was over on arrival", ("request",)
)
EVENT_SECONDS = Histogram(
    "antrean_event_seconds", "Time from taking an event to its commit", ("event", "outcome"), buckets=_SECONDS
)
EVENT_LAG_SECONDS = Histogram(
    "antrean_event_lag_seconds",
    "Time from an event's commit to its effect",
    ("event",),
    buckets=(*_SECONDS, 60.0, 300.0),
)
EVENTS_RETRIED = Counter("antrean_events_retried_total", "Events put back to try later", ("event",))
EVENTS_PARKED = Counter(
    "antrean_events_parked_total", "Events given up and kept for the operator", ("reason",)
)
OUTBOX_WAITING = Gauge("antrean_outbox_waiting", "Messages committed and not yet confirmed by the broker")
OUTBOX_OLDEST_SECONDS = Gauge("antrean_outbox_oldest_seconds", "Age of the oldest message that waits")
OUTBOX_PUBLISHED = Counter("antrean_outbox_published_total", "Messages confirmed by the broker")
OUTBOX_UNROUTED = Counter("antrean_outbox_unrouted_total", "Messages that no queue took", ("event",))
DATABASE_CONNECTED = Gauge("antrean_database_connected", "1 while the database answers")
BROKER_CONNECTED = Gauge(
    "antrean_broker_connected", "1 while this part is connected to the broker", ("part",)
)
