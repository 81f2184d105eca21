"""What every event says of itself, beside its data."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar, Literal

from contracts.words import Version

Exchange = Literal["antrean.events", "antrean.private"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(ABC):
    """The state of a subject after something happened to it; `version` grows with every change."""

    producer: ClassVar[str]
    exchange: ClassVar[Exchange] = "antrean.events"
    durable: ClassVar[bool] = True
    schema_version: ClassVar[int] = 1

    version: Version

    @property
    def event_office(self) -> str | None:
        """The office the event belongs to, if it belongs to one."""
        return getattr(self, "office", None)

    @property
    @abstractmethod
    def event_subject(self) -> str:
        """The id of what the event is about; `version` counts its changes."""
