"""What operations watch of booking."""

from typing import get_args

from prometheus_client import Counter, Gauge

from contracts.words import RefundReason

REFUNDS_DUE = Counter(
    "antrean_refunds_due_total", "Money that has to go back, or that nobody could read", ("reason",)
)
REFUNDS_OPEN = Gauge("antrean_refunds_open", "Money that nobody has given back yet", ("reason",))
REFUNDS_OLDEST_SECONDS = Gauge(
    "antrean_refunds_oldest_seconds",
    "For how long the oldest of it waits; 0 where there is none",
    ("reason",),
)
HOME_VISITS_OLDEST_SECONDS = Gauge(
    "antrean_home_visits_oldest_seconds",
    "For how long the oldest request for a visit at home waits that the office has not answered",
    ("office",),
)
DAYS_TOLD = Counter(
    "antrean_availability_told_total", "Days of an office and a service whose places were told"
)
SLOTS_UNTOLD = Gauge("antrean_availability_untold_slots", "Changed slots that wait for their turn to be told")
REASONS: tuple[RefundReason, ...] = get_args(RefundReason)

for _reason in REASONS:  # or the first one of a reason would be no increase
    REFUNDS_DUE.labels(_reason)
