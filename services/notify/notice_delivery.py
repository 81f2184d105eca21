"""Take a due notice, send it, and forget it.

As with messages (`delivery.py`) the provider is asked between two transactions, so a notice is sent at
least once; a code that comes twice is the same code.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from chassis.log import get_logger, traced
from contracts.trace import child_traceparent
from contracts.words import Channel
from services.notify import metrics
from services.notify.channels import Outlet
from services.notify.delivery import Transactions
from services.notify.domain.notices import SENDER, Notice
from services.notify.domain.retries import RetryPolicy
from services.notify.errors import Unacceptable, Unavailable
from services.notify.store import notices
from services.notify.store.notices import TakenNotice
from services.notify.texts.wording import Letter

log = get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeDelivery:
    """Everything that sending needs; `chance` answers numbers in [0, 1)."""

    transactions: Transactions
    outlets: Mapping[Channel, Outlet]
    retries: RetryPolicy
    lease_seconds: float
    public_url: str
    chance: Callable[[], float]

    def deliver_next(self, channel: Channel) -> bool:
        """Send the oldest due notice of a channel; False when none is due."""
        with self.transactions() as tx:
            taken = notices.take(tx, channel, lease_seconds=self.lease_seconds)
        if taken is None:
            return False
        traceparent = child_traceparent(taken.traceparent)
        with traced(traceparent, message_id=taken.id, template=taken.notice.template, channel=channel):
            self._deliver(channel, taken)
        return True

    def _deliver(self, channel: Channel, taken: TakenNotice) -> None:
        try:
            with metrics.PROVIDER_SECONDS.labels(channel).time():
                self.outlets[channel].send(self._letter(taken.notice), message_id=taken.id)
        except Unacceptable as refused:
            self._finish(taken, "failed")
            metrics.ATTEMPTS.labels(channel, "failed").inc()
            log.error("notice_failed", reason=refused.reason)
        except Unavailable as missing:
            self._try_again(channel, taken, missing.reason)
        else:
            self._finish(taken, "delivered")
            metrics.ATTEMPTS.labels(channel, "delivered").inc()

    def _finish(self, taken: TakenNotice, outcome: str) -> None:
        with self.transactions() as tx:
            notices.done_with(tx, taken)
        log.info("notice_finished", outcome=outcome, attempts=taken.attempts)

    def _try_again(self, channel: Channel, taken: TakenNotice, reason: str) -> None:
        delay = self.retries.delay(taken.attempts, chance=self.chance())
        with self.transactions() as tx:
            notices.put_back(tx, taken, due_at=tx.now + delay)
        metrics.ATTEMPTS.labels(channel, "unavailable").inc()
        log.warning("notice_put_back", reason=reason, attempts=taken.attempts)

    def _letter(self, wanted: Notice) -> Letter:
        return Letter(
            template=wanted.template,
            facts={**wanted.facts, "link": f"{self.public_url}{wanted.facts['page']}"},
            contact=wanted.contact(),
            office=SENDER,
            public_url=self.public_url,
        )
