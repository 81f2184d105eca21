"""Take a due message, send it, and write down what became of it.

    transaction: take with a lease ──▶ provider, outside any transaction ──▶ transaction: outcome + event

A process that dies between the provider's yes and the second commit leaves the message `sending`;
when its lease is over another sender takes it, so it is sent **at least once**. The e-mail then has
the same Message-ID, the WhatsApp message the same `biz_opaque_callback_data`.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from chassis.database import Transaction
from chassis.log import get_logger, traced
from contracts.trace import child_traceparent
from contracts.words import Channel
from services.notify import metrics
from services.notify.channels import Outlet
from services.notify.domain.retries import RetryPolicy
from services.notify.errors import Unacceptable, Unavailable
from services.notify.store import intake, outgoing
from services.notify.store.outgoing import Taken
from services.notify.texts.wording import Letter

log = get_logger(__name__)


class Transactions(Protocol):
    """Opens transactions; `chassis.database.Database.transaction` is one."""

    def __call__(
        self, *, traceparent: str | None = None, causation_id: str | None = None
    ) -> AbstractContextManager[Transaction]:
        """Open a transaction that commits at the end of its block."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Everything that sending needs; `chance` answers numbers in [0, 1)."""

    transactions: Transactions
    outlets: Mapping[Channel, Outlet]
    retries: RetryPolicy
    lease_seconds: float
    most_lost: int
    public_url: str
    chance: Callable[[], float]

    def deliver_next(self, channel: Channel) -> bool:
        """Send the most urgent due message of a channel; False when none is due."""
        with self.transactions() as tx:
            taken = outgoing.take(tx, channel, lease_seconds=self.lease_seconds, most_lost=self.most_lost)
        if taken is None:
            return False
        traceparent = child_traceparent(taken.traceparent)
        with traced(traceparent, message_id=taken.id, template=taken.template, channel=channel):
            self._deliver(channel, taken, traceparent)
        return True

    def _deliver(self, channel: Channel, taken: Taken, traceparent: str) -> None:
        if not taken.contact.has(channel):
            with self._outcome(taken, traceparent) as tx:
                outgoing.mark_without_address(tx, taken)
            return
        try:
            with metrics.PROVIDER_SECONDS.labels(channel).time():
                provider_id = self.outlets[channel].send(self._letter(taken), message_id=taken.id)
        except Unacceptable as refused:
            with self._outcome(taken, traceparent) as tx:
                self._give_up(tx, channel, taken, refused.reason)
        except Unavailable as missing:
            with self._outcome(taken, traceparent) as tx:
                self._try_again(tx, channel, taken, missing.reason)
        else:
            with self._outcome(taken, traceparent) as tx:
                outgoing.mark_delivered(tx, taken, provider_id)
                seconds = (tx.now - taken.asked_at).total_seconds()
            metrics.DELIVERY_SECONDS.labels(taken.template, channel).observe(seconds)
            metrics.ATTEMPTS.labels(channel, "delivered").inc()
            log.info("message_delivered", attempts=taken.attempts)

    def _outcome(self, taken: Taken, traceparent: str) -> AbstractContextManager[Transaction]:
        return self.transactions(traceparent=traceparent, causation_id=taken.causation_id)

    def _try_again(self, tx: Transaction, channel: Channel, taken: Taken, reason: str) -> None:
        delay = self.retries.delay(taken.attempts, chance=self.chance())
        outgoing.put_back(tx, taken, reason, due_at=tx.now + delay)
        intake.supersede_older(tx, taken.topic)
        metrics.ATTEMPTS.labels(channel, "unavailable").inc()
        log.warning("message_put_back", reason=reason, attempts=taken.attempts, seconds=delay.total_seconds())

    def _give_up(self, tx: Transaction, channel: Channel, taken: Taken, reason: str) -> None:
        outgoing.mark_failed(tx, taken, reason)
        metrics.ATTEMPTS.labels(channel, "failed").inc()
        log.error("message_failed", reason=reason, attempts=taken.attempts)

    def _letter(self, taken: Taken) -> Letter:
        return Letter(
            template=taken.template,
            facts=taken.facts,
            contact=taken.contact,
            office=taken.office,
            public_url=self.public_url,
        )
