"""A service that answers what it is asked: what a request costs when the work behind it costs nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from chassis.database import Transaction
from chassis.request_batches import answers_batch
from chassis.settings import ServiceSettings
from contracts.requests import Request
from contracts.words import Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Echoed:
    """The answer."""

    number: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Echo(Request[Echoed]):
    """The question."""

    service: ClassVar[str] = "display"
    result: ClassVar[type[Echoed]] = Echoed

    number: Count


class EchoService:
    """Answers in batches, as the hot paths do."""

    name = "display"
    settings_type = ServiceSettings

    @answers_batch(Echo, up_to=64)
    def echo(self, _tx: Transaction, commands: Sequence[Echo]) -> Sequence[Echoed]:
        """Say it again."""
        return [Echoed(number=command.number) for command in commands]
