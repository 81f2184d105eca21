"""What operations watch in the gateway; the chassis has the names that all processes share."""

from prometheus_client import Counter, Gauge, Histogram

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

HTTP_SECONDS = Histogram(
    "antrean_http_request_seconds",
    "Time from a request's headers to its answer, without the streams",
    ("method", "route", "status"),
    buckets=_SECONDS,
)
STREAMS = Gauge("antrean_http_streams", "Boards that follow now")
REQUESTS_PENDING = Gauge(
    "antrean_gateway_requests_pending", "Requests that wait for a service's answer", ("request",)
)
REQUESTS_REFUSED = Counter(
    "antrean_gateway_requests_refused_total",
    "Requests that a service refused or did not answer",
    ("request", "code"),
)
REQUESTS_IN_ONE_MESSAGE = Histogram(
    "antrean_gateway_batch_size",
    "Requests that left in one message",
    ("request",),
    buckets=(1, 2, 4, 8, 16, 32, 64),
)
EVENTS_RECEIVED = Counter("antrean_gateway_events_total", "Board and office changes taken in", ("event",))
AVAILABILITY_COPIES = Gauge("antrean_gateway_availability_copies", "Days whose places are in memory")
AVAILABILITY_READS = Counter(
    "antrean_gateway_availability_reads_total",
    "Reads of a day's places: answered from the copy, or waited for booking",
    ("from",),
)
AVAILABILITY_FROM_COPY = AVAILABILITY_READS.labels("copy")
AVAILABILITY_WAITED = AVAILABILITY_READS.labels("booking")
AVAILABILITY_EVENTS = Counter(
    "antrean_gateway_availability_events_total",
    "What became of the places that booking told: taken, older than the copy, or of a day that nobody reads",
    ("effect",),
)
AVAILABILITY_AGE_SECONDS = Histogram(
    "antrean_gateway_availability_age_seconds",
    "How old a day's copy was when the next one took its place",
    buckets=(*_SECONDS, 60.0),
)
