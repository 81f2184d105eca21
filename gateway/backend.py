"""The services, as the rest of the gateway sees them: something that can be asked."""

from typing import Any, Protocol, TypeVar

from contracts.refusals import Refused, ServiceUnavailable
from contracts.requests import Request

__all__ = ["Backend", "NoAnswer", "Overloaded", "ServiceUnavailable"]

R = TypeVar("R")


class Backend(Protocol):
    """Puts a request to the one service that owns it."""

    async def ask(self, request: Request[R]) -> R:
        """Return the service's answer.

        Raises Refused: a RemoteRefusal with the service's own code, OutcomeUnknown, NoAnswer, Overloaded
        or ServiceUnavailable.
        """
        ...

    async def ask_plain(self, request: Request[Any]) -> dict[str, Any]:
        """Return the answer as the plain data that travelled; else the same as `ask`.

        The hot path passes answers on as JSON, and saves building an object only to take it apart.
        """
        ...


class NoAnswer(Refused):
    """The service took longer than the request's deadline."""

    code = "no_answer"


class Overloaded(ServiceUnavailable):
    """More wait than the service could answer in time; nothing was begun. Data: `retry_seconds`."""

    code = "overloaded"
