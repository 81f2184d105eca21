"""What an operation of the API says of itself, written at its responder and read by `openapi.py`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from contracts.words import Role

Responder = TypeVar("Responder", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A query parameter or header, in the form of a contract's field."""

    contract: type[Any]
    field: str
    required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One method at one address.

    `takes` is the contract that the body fills, without its `given` fields, which come from the path,
    the headers and the token. `refusals` are the codes of its own, beside those that follow from the
    rest. Without `roles` anybody may ask.
    """

    answers: type[Any] | None = None
    status: int = 200
    media_type: str = "application/json"
    takes: type[Any] | None = None
    given: tuple[str, ...] = ()
    body_required: bool = True
    query: Mapping[str, Parameter] = field(default_factory=dict)
    headers: Mapping[str, Parameter] = field(default_factory=dict)
    roles: tuple[Role, ...] = ()
    refusals: tuple[str, ...] = ()
    asks_service: bool = True

    def __call__(self, responder: Responder) -> Responder:
        """Attach this to a responder."""
        responder.operation = self  # type: ignore[attr-defined]  # a function takes any attribute
        return responder
