"""A service that does nothing but show what the chassis does with it.

It takes display's place in the subscriptions. Every event's effect is a row in `effect`; the display name
says what the handler does: `fail` always raises, `fail:N` raises at the first N attempts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from sqlalchemy import text

from chassis.database import Transaction
from chassis.events import handles, handles_batch
from chassis.request_batches import answers_batch
from chassis.requests import answers
from chassis.service import Settings, Transactions
from chassis.settings import ServiceSettings
from contracts.envelope import Envelope
from contracts.events import (
    SUBSCRIPTIONS,
    CounterCalled,
    CounterOpened,
    Event,
    TicketScanned,
    TicketServed,
)
from contracts.events.checkin import QueueTicketState
from contracts.refusals import Refused
from contracts.requests import Request
from contracts.words import Count, OfficeCode

TICKETS = (TicketScanned, CounterCalled, TicketServed)
OTHERS = tuple(event_type for event_type in SUBSCRIPTIONS["display"] if event_type not in TICKETS)

TABLES = """
    CREATE TABLE effect (event_id text, subject text, version bigint);
    CREATE TABLE attempt (subject text);
    CREATE TABLE said (word text);
    CREATE UNIQUE INDEX said_once ON said (word) WHERE word = 'ONE';
"""


class WordForbidden(Refused):
    """The word is not to be said."""

    code = "word_forbidden"


class ProbeFailure(Exception):
    """The handler was told to fail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """How a word was taken: in which batch size, and how many words were said before."""

    word: str
    batch: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Say(Request[Said]):
    """Say a word; `delay_seconds` passes before the answer."""

    service: ClassVar[str] = "display"
    result: ClassVar[type[Said]] = Said
    repeatable: ClassVar[bool] = False

    word: OfficeCode
    delay_seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SayTogether(Request[Said]):
    """Say a word, together with those of others; `TEL` tells everyone by an event."""

    service: ClassVar[str] = "display"
    result: ClassVar[type[Said]] = Said

    word: OfficeCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Announce(Request[Said]):
    """Emit `count` events, the first about counter office/`first`; the probe hears them itself."""

    service: ClassVar[str] = "display"
    result: ClassVar[type[Said]] = Said
    repeatable: ClassVar[bool] = False

    word: OfficeCode
    first: Count
    count: Count


def announcement(office: str, version: int) -> CounterOpened:
    """Make one of the events that `Announce` emits."""
    return CounterOpened(version=version, office=office, counter=1, state="open", services=("new",))


class ProbeService:
    """The service under the chassis' tests."""

    name = "display"
    settings_type = ServiceSettings
    settings = Settings()
    transactions = Transactions()

    @handles(*TICKETS)
    def on_ticket(self, tx: Transaction, event: QueueTicketState) -> None:
        """Do what the event's display name says."""
        name = event.display_name or ""
        _take_effect(tx, event.ticket_id, event.version)
        if name.startswith("fail"):
            _fail(self.transactions, name, event.ticket_id)

    @handles_batch(*OTHERS)
    def on_others(self, tx: Transaction, envelopes: Sequence[Envelope[Event]]) -> None:
        """Note them."""
        for envelope in envelopes:
            _take_effect(tx.part(envelope), envelope.data.event_subject, envelope.data.version)

    @answers(Say)
    def say(self, tx: Transaction, command: Say) -> Said:
        """Say one word."""
        tx.execute(text("INSERT INTO said VALUES (:word)"), {"word": command.word})
        if command.word == "BAD":
            raise WordForbidden(word=command.word)
        if command.word == "BUG":
            raise ProbeFailure
        tx.execute(text("SELECT pg_sleep(:seconds)"), {"seconds": command.delay_seconds})
        return Said(word=command.word, batch=1)

    @answers(Announce)
    def announce(self, tx: Transaction, command: Announce) -> Said:
        """Emit events through the outbox."""
        for version in range(command.first, command.first + command.count):
            tx.emit(announcement(command.word, version))
        return Said(word=command.word, batch=1)

    @answers_batch(SayTogether, up_to=64, before_events=True)
    def say_together(
        self, tx: Transaction, commands: Sequence[SayTogether]
    ) -> Sequence[Callable[[], Said] | Refused]:
        """Say many words at once, `ONE` once for all time; the results are made after the commit."""
        is_said = tx.execute(text("SELECT 1 FROM said WHERE word = 'ONE'")).scalar_one_or_none() is not None
        words = [command.word for command in commands if not (is_said and command.word == "ONE")]
        tx.execute(text("INSERT INTO said VALUES (:word)"), [{"word": word} for word in words])
        if any(command.word == "BUG" for command in commands):
            raise ProbeFailure
        for at, command in enumerate(commands):
            if command.word == "TEL":
                tx.emit(announcement(command.word, at + 1), traceparent=tx.trace_of(at))
        return [
            WordForbidden(word=command.word)
            if command.word == "BAD" or (is_said and command.word == "ONE")
            else partial(_said_after_commit, self.transactions, command.word, len(commands))
            for command in commands
        ]


def _said_after_commit(transactions: Any, word: str, batch: int) -> Said:
    if word == "ODD":
        raise ProbeFailure
    with transactions() as own:
        said = own.execute(text("SELECT count(*) FROM said WHERE word = :word"), {"word": word}).scalar_one()
    return Said(word=word, batch=batch if said >= 1 else 0)


def _take_effect(tx: Transaction, subject: str, version: int) -> None:
    effect: dict[str, Any] = {"event_id": tx.causation_id, "subject": subject, "version": version}
    tx.execute(text("INSERT INTO effect VALUES (:event_id, :subject, :version)"), effect)


def _fail(transactions: Any, instruction: str, subject: str) -> None:
    with transactions() as own:
        own.execute(text("INSERT INTO attempt VALUES (:subject)"), {"subject": subject})
        attempts = own.execute(
            text("SELECT count(*) FROM attempt WHERE subject = :subject"), {"subject": subject}
        )
        attempt = attempts.scalar_one()
    _word, _, failures = instruction.partition(":")
    if not failures or attempt <= int(failures):
        raise ProbeFailure(f"attempt {attempt}")
