"""The probe, which subscribes anew after half a second without events: its tests need not wait for it."""

from chassis import event_consumer
from tests.integration.chassis.probe import ProbeService

event_consumer.IDLE_SECONDS = 0.5

__all__ = ["ProbeService"]
