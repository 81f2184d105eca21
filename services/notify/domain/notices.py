"""What is told to an address, whoever it belongs to: a one-time code, or what became of an account.

It is about no booking and no office, and nobody's contact is looked up: the event names the address.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from contracts.events.accounts import (
    AddressTold,
    CodeIssued,
    DeclinedWhy,
    ProofCodeIssued,
    ProofDeclined,
    ProofPurpose,
    RegistrationRepeated,
    RepeatedAbout,
    SignInChanged,
    SignInPart,
)
from contracts.words import Channel, Locale
from services.notify.domain.messages import Template
from services.notify.domain.people import Contact, Office

SENDER = Office(code="-", name="Antrean", timezone="Asia/Jakarta")
"""Who speaks: no office, but the system itself."""


_OF_REPEATED: Mapping[RepeatedAbout, Template] = {
    "account": "account_exists",
    "claimed": "account_claimed",
    "family": "account_of_family",
}
_OF_CODE: Mapping[ProofPurpose, Template] = {"recovery": "recovery_code", "contact": "contact_code"}
_OF_DECLINED: Mapping[DeclinedWhy, Template] = {
    "unknown": "recovery_without_account",
    "taken": "contact_taken",
}
_OF_CHANGE: Mapping[SignInPart, Template] = {"password": "password_changed", "contact": "contact_changed"}
_PAGE_OF_CODE: Mapping[ProofPurpose, str] = {"recovery": "/lupa-sandi/kode", "contact": "/akun/kontak/kode"}
_PAGE_OF_CHANGE: Mapping[SignInPart, str] = {"password": "/lupa-sandi", "contact": "/akun"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One thing to tell one address; a later version of the same subject takes its place."""

    subject: str
    version: int
    template: Template
    channel: Channel
    address: str
    locale: Locale
    facts: Mapping[str, str | int]
    expires_at: datetime

    def contact(self) -> Contact:
        """Return the address as the channels take it. No name: whoever registers could write anything."""
        phone, email = (self.address, "") if self.channel == "whatsapp" else ("", self.address)
        return Contact(display_name="", phone=phone, email=email, locale=self.locale)


def of_address(event: AddressTold) -> Notice:
    """Make the notice that an event asks for; of use as long as the event says."""
    code = event.code if isinstance(event, CodeIssued | ProofCodeIssued) else None
    return Notice(
        subject=_subject(event),
        version=event.version,
        template=_template(event),
        channel=event.channel,
        address=event.address,
        locale=event.locale,
        facts={"page": _page(event), **({} if code is None else {"one_time_code": code})},
        expires_at=event.expires_at,
    )


def _subject(event: AddressTold) -> str:
    """Return whose place a notice takes: a warning may go to another address, and takes no code's."""
    if isinstance(event, RegistrationRepeated):
        return f"{event.event_subject}/{event.about}"
    return event.event_subject


def _page(event: AddressTold) -> str:
    """Return where the notice leads to: to where the code is typed, or to sign in, if nowhere else."""
    match event:
        case ProofCodeIssued(purpose=purpose, proof_id=proof_id):
            return f"{_PAGE_OF_CODE[purpose]}/{proof_id}"
        case SignInChanged(what=what):
            return _PAGE_OF_CHANGE[what]
    return "/masuk"


def _template(event: AddressTold) -> Template:
    match event:
        case CodeIssued():
            return "one_time_code"
        case RegistrationRepeated(about=about):
            return _OF_REPEATED[about]
        case ProofCodeIssued(purpose=purpose):
            return _OF_CODE[purpose]
        case ProofDeclined(why=why):
            return _OF_DECLINED[why]
        case SignInChanged(what=what):
            return _OF_CHANGE[what]
    raise TypeError(f"no text for {type(event).__name__}")
