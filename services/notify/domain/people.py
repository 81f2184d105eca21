"""Whom to tell and where it happens: a person's contact and an office, as their latest events told them."""

from dataclasses import dataclass

from contracts.words import Channel, Locale


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """How to reach a person, and in which language."""

    display_name: str
    phone: str
    email: str
    locale: Locale

    def has(self, channel: Channel) -> bool:
        """Say whether there is an address for a channel."""
        return bool(self.phone if channel == "whatsapp" else self.email)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The place a message speaks of; `timezone` is an IANA name."""

    code: str
    name: str
    timezone: str
