"""What happens to accounts. What names an address is private: only booking writes it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar, Literal

from contracts.events.base import Event, Exchange
from contracts.words import Channel, Instant, Locale, OneTimeCode

RepeatedAbout = Literal["account", "claimed", "family"]
ProofPurpose = Literal["recovery", "contact"]
SignInPart = Literal["password", "contact"]
DeclinedWhy = Literal["unknown", "taken"]

ERASED_REMEMBERED = timedelta(days=365)
"""How long services know the ids of erased people, so that events which come late bring no name back.

Longer than an office is without a link, or an event stays parked before it is replayed.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressTold(Event):
    """What one address is to be told, whoever it belongs to; after `expires_at` it is of no use.

    `address` is a phone number or an e-mail address, by the channel.
    """

    producer: ClassVar[str] = "booking"
    exchange: ClassVar[Exchange] = "antrean.private"

    channel: Channel
    address: str
    locale: Locale
    expires_at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationState(AddressTold):
    """What somebody who registers is to be told over one channel; `version` counts the codes sent."""

    registration_id: str

    @property
    def event_subject(self) -> str:
        """The registration and the channel: each has a code of its own."""
        return f"{self.registration_id}/{self.channel}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeIssued(RegistrationState):
    """A code was made that proves that an address is one's own."""

    code: OneTimeCode


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationRepeated(RegistrationState):
    """Somebody registers with an address, or a NIK, that is known; who it belongs to is told, nobody else.

    `account` has one; `claimed` they got what an officer had booked for the NIK, by the code on the paper:
    who gave their phone at the desk is told; `family` it is the NIK of somebody for whom the told one books.
    """

    about: RepeatedAbout = "account"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofState(AddressTold):
    """What an address is told that somebody proves to be theirs; `version` counts how often codes were sent.

    They forgot their account's password (`recovery`), or want to be reached there from now on (`contact`).
    """

    proof_id: str
    purpose: ProofPurpose

    @property
    def event_subject(self) -> str:
        """The proof and the channel: each has a code of its own."""
        return f"{self.proof_id}/{self.channel}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofCodeIssued(ProofState):
    """A code was made that proves that an address is that of an account's owner."""

    code: OneTimeCode


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofDeclined(ProofState):
    """An address was written that is of no use; it is told so, and nobody else.

    `unknown`: no account has it, where one is looked for. `taken`: another account has it.
    """

    why: DeclinedWhy


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInChanged(AddressTold):
    """What an account is signed in to with is another now; its owner is told where they were reached before.

    `version` is that of the account's sessions where the password changed, of its contact otherwise.
    """

    person_id: str
    what: SignInPart

    @property
    def event_subject(self) -> str:
        """The person, which change of what, and the channel: each is told, also to other addresses."""
        return f"{self.person_id}/{self.what}/{self.version}/{self.channel}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonErased(Event):
    """A person's data were erased; every service forgets what it keeps of them (law 27/2022, article 8).

    `people` are the ids of the person and of those for whom they booked, `bookings` the ids of all their
    bookings, which are those of their tickets in the hall too.
    """

    producer: ClassVar[str] = "booking"
    exchange: ClassVar[Exchange] = "antrean.private"

    person_id: str
    people: tuple[str, ...]
    bookings: tuple[str, ...]

    @property
    def event_subject(self) -> str:
        """The person's id."""
        return self.person_id


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionsRevoked(Event):
    """All sessions of a subject ended; tokens whose session version is lower than `version` count no more."""

    producer: ClassVar[str] = "booking"

    subject: str

    @property
    def event_subject(self) -> str:
        """Whose sessions they were: a person's, an officer's or a device's id."""
        return self.subject


__all__ = [
    "ERASED_REMEMBERED",
    "AddressTold",
    "CodeIssued",
    "PersonErased",
    "ProofCodeIssued",
    "ProofDeclined",
    "ProofState",
    "RegistrationRepeated",
    "RegistrationState",
    "SessionsRevoked",
    "SignInChanged",
]
