"""The entrypoint of hot paths: `@answers_batch(BookSlot, up_to=64)`.

messages ─▶ all that wait ─▶ one transaction ─▶ commit ─▶ results are made ─▶ replies, together
                 ▲                                 │
                 └──── the next batch begins ◀─────┘
"""

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from typing import Any, TypeVar

import eventlet
from eventlet.event import Event as Signal
from eventlet.semaphore import Semaphore

from chassis import metrics
from chassis.asked import Asked
from chassis.database import Transaction
from chassis.database_errors import came_second
from chassis.log import get_logger, traced
from chassis.requests import ATTEMPTS, Answers
from contracts.refusals import InternalFault
from contracts.requests import Request

log = get_logger(__name__)

F = TypeVar("F", bound=Callable[..., object])

_MADE_IN_A_ROW = 8
_SECOND: Sequence[object] = ("came second",)


class _Message:
    """Requests that came together; `answered` is sent when the last of them has its answer."""

    def __init__(self, count: int) -> None:
        self._unanswered = count
        self.answered = Signal()

    def count_answer(self) -> None:
        """One more has its answer."""
        self._unanswered -= 1
        if not self._unanswered:
            self.answered.send()


class AnswersBatch(Answers):
    """A method called with (transaction, commands) that returns a result or refusal for each, in order.

    In place of a result it may return a function that makes it once the transaction has taken effect. What it
    emits for one command goes on with that one's trace: `transaction.trace_of(at)`.
    One batch is worked on after the other; what comes meanwhile, in whichever message, is the next one. So
    batches grow with the load. While one commits the next one begins, and may have to wait for its locks; the
    results of a batch are made while the next one waits for the database.

    Where requests go `before_events`, the process publishes nothing while they are in hand (`precedence.py`):
    not where people also wait for its events.
    """

    def __init__(
        self, request_type: type[Request[Any]], *, up_to: int, before_events: bool, **options: Any
    ) -> None:
        self.up_to = up_to
        self._before_events = before_events
        self._waiting: deque[tuple[Asked, _Message]] = deque()
        self._came = self._begun = 0
        self._turn = Semaphore(1)
        super().__init__(request_type, **options)

    def answer(self, asked: Sequence[Asked]) -> None:
        """Return when these are answered: up to `up_to` in one transaction, each alone when that fails."""
        if not asked:
            return
        message = _Message(len(asked))
        self._waiting.extend((one, message) for one in asked)
        self._came += len(asked)
        last = self._came
        with self.platform.precedence.of_requests() if self._before_events else nullcontext():
            while self._begun < last:
                self._answer_next(last)
            message.answered.wait()

    def _answer_next(self, last: int) -> None:
        """Answer the batch that is next, unless others did so up to the last of ours while we waited."""
        begun = time.perf_counter()
        with self._next_turn() as turn:
            if self._begun >= last:
                return
            batch = [self._waiting.popleft() for _ in range(min(self.up_to, len(self._waiting)))]
            self._begun += len(batch)
            in_time = [asked for asked, _ in batch if not asked.is_overdue()]
            outcomes = self._outcomes_of(in_time, turn) if in_time else []
        for _ in range(ATTEMPTS - 1):
            if outcomes is _SECOND:
                with self._next_turn() as turn:
                    outcomes = self._outcomes_of(in_time, turn)
        try:
            self._reply_each(in_time, None if outcomes is _SECOND else outcomes, begun)
        finally:
            for _, message in batch:
                message.count_answer()

    @contextmanager
    def _next_turn(self) -> Iterator[ExitStack]:
        """Hold the turn until it is closed, and one of the platform's until the end of the block."""
        with ExitStack() as turn:
            turn.enter_context(self._turn)
            with self.platform.turns:
                yield turn

    def _reply_each(self, batch: Sequence[Asked], outcomes: Sequence[object] | None, begun: float) -> None:
        """Send what came of a batch, together; where the batch failed, work on each alone."""
        if outcomes is None:
            for asked in batch:
                self._answer_one(asked)
            return
        for asked, outcome in zip(batch, list(_made(batch, outcomes)), strict=True):
            self._reply(asked, outcome, begun)

    def _outcomes_of(self, batch: Sequence[Asked], turn: ExitStack) -> Sequence[object] | None:
        """Work on a batch in one transaction, in the trace of its first; None when that fails.

        `_SECOND` where another transaction came first: all is to be decided anew.
        """
        metrics.REQUEST_BATCH_SIZE.labels(self.request_type.__name__).observe(len(batch))
        first = batch[0].traceparent
        with traced(first, request=self.request_type.__name__):
            try:
                with self.platform.database.transaction(traceparent=first) as transaction:
                    transaction.traces = [asked.traceparent for asked in batch]
                    commands = [asked.command for asked in batch]
                    outcomes: Sequence[object] = self.platform.call(self, transaction, commands)
                    turn.close()  # while this one commits, the next batch can begin
            except Exception as error:
                if came_second(error):
                    log.info("batch_came_second", size=len(batch))
                    return _SECOND
                log.exception("batch_failed", size=len(batch))
                return None
        return outcomes

    def _outcome_of(self, asked: Asked) -> object:
        return _made_of(asked, super()._outcome_of(asked))

    def _call(self, transaction: Transaction, command: Any) -> Any:
        return self.platform.call(self, transaction, [command])[0]


def _made(batch: Sequence[Asked], outcomes: Sequence[object]) -> Iterator[object]:
    """Make the results that were left to be made, and let others go on in between."""
    for number, (asked, outcome) in enumerate(zip(batch, outcomes, strict=True)):
        if number and number % _MADE_IN_A_ROW == 0:
            eventlet.sleep(0)
        yield _made_of(asked, outcome)


def _made_of(asked: Asked, outcome: object) -> object:
    """Make what was left to be made; what was committed stays so, and a repeated request finds it."""
    if not callable(outcome):
        return outcome
    try:
        return outcome()
    except Exception:  # the others of the batch get their answers, and the log has the rest
        with traced(asked.traceparent, request=type(asked.command).__name__):
            log.exception("result_not_made")
        return InternalFault()


def answers_batch(
    request_type: type[Request[Any]], *, up_to: int, before_events: bool = False
) -> Callable[[F], F]:
    """Let a service's method answer requests of this type together, up to so many in one transaction."""
    return AnswersBatch.decorator(  # type: ignore[no-any-return]
        request_type, up_to=up_to, before_events=before_events
    )
