"""Why a message could not be delivered.

    DeliveryFailed
    ├── Unavailable    the provider could not take it now: try again later
    └── Unacceptable   the provider will never take it: give up at once

No request reaches notify, so it refuses none.
"""


class DeliveryFailed(Exception):
    """A provider did not take a message; `reason` is the provider's own, with no address in it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Unavailable(DeliveryFailed):
    """The provider is away, busy or failing, or our account with it is: the same message may go later."""


class Unacceptable(DeliveryFailed):
    """The provider refused this message or this address for good."""
