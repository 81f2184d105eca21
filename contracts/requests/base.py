"""What every request says of itself, beside its data."""

from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

R_co = TypeVar("R_co", covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request(Generic[R_co]):
    """A command or a query to exactly one service; named in the imperative.

    `service` owns the method and its queue. `result` is the type of the answer. `repeatable` says that
    doing it twice is the same as doing it once (a query, or a command with an idempotency key), so the
    broker may hand it out again when a service died over it. `deadline_seconds` is how long the asker
    waits; after that the request is never worked on.
    """

    service: ClassVar[str]
    result: ClassVar[type[Any]]
    repeatable: ClassVar[bool] = True
    deadline_seconds: ClassVar[float] = 5.0

    @classmethod
    def queue(cls) -> str:
        """Name the durable queue on which the service takes this request."""
        return f"antrean.{cls.service}.{cls.__name__}"
