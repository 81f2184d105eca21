"""The ways out of the house: one module a provider, all used alike."""

from typing import Protocol

from services.notify.texts.wording import Letter


class Outlet(Protocol):
    """Something that takes a letter to a person."""

    def send(self, letter: Letter, *, message_id: str) -> str:
        """Hand a letter to the provider and return the provider's id of it.

        `message_id` is ours and the same for every attempt, so that a letter sent twice can be known.
        Raises Unavailable when a later attempt may succeed, Unacceptable when none will.
        """
        ...
