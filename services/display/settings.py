"""What display reads from its environment."""

from dataclasses import dataclass

from chassis.settings import ServiceSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class DisplaySettings(ServiceSettings):
    """Display's settings: what every service is told, and nothing more."""
