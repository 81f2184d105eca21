"""Everything that the gateway can ask a service, with what comes back."""

from contracts.requests.base import Request

__all__ = ["Request"]
