"""Trace context that follows a request from the gateway through requests and events.

Source: W3C Trace Context, level 1 (`traceparent`, version 00).
"""

import re
import secrets

_TRACEPARENT = re.compile(r"00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")


def new_traceparent() -> str:
    """Begin a trace."""
    return f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-01"


def child_traceparent(parent: str | None) -> str:
    """Go on with the parent's trace under a span of our own; a missing or malformed one begins anew."""
    if parent is None or not _TRACEPARENT.fullmatch(parent):
        return new_traceparent()
    version, trace_id, _span, flags = parent.split("-")
    return f"{version}-{trace_id}-{secrets.token_hex(8)}-{flags}"


def trace_id(traceparent: str) -> str:
    """Return the 32 hex digits that all spans of one trace share; of a malformed one what stands there."""
    return traceparent.partition("-")[2].partition("-")[0]
