"""The probe, which subscribes anew after half a second without events: its tests need not wait for it."""

from chassis import events
from tests.integration.chassis.probe import ProbeService

events.IDLE_SECONDS = 0.5

__all__ = ["ProbeService"]
