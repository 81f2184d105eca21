"""The probe with the inbox taken off: for showing that the tests would notice."""

from chassis import inbox
from tests.integration.chassis.probe import ProbeService

inbox.remember = lambda connection, event_ids: set(event_ids)  # noqa: ARG005  the real names

__all__ = ["ProbeService"]
