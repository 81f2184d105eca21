"""What operations watch of display: how well waits were told, over a week."""

from prometheus_client import Gauge

WAITS_TOLD = Gauge("antrean_waits_told", "People called in a week who had been told a wait", ("office",))
WAITS_KEPT = Gauge(
    "antrean_waits_kept", "Those of them whose wait was within the range that they were told", ("office",)
)
WAIT_ERROR_MINUTES = Gauge(
    "antrean_wait_error_minutes",
    "How far the middle of these ranges was from the wait, on average",
    ("office",),
)
