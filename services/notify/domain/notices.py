"""What is told to an address before anybody is known at it: a one-time code, or that it has an account.

It is about no booking and no office, and nobody's contact is looked up: the event names the address.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from contracts.events.accounts import CodeIssued, RegistrationRepeated, RegistrationState, RepeatedAbout
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


def of_registration(event: RegistrationState) -> Notice:
    """Tell a code, or that there is an account, or who got it; of use as long as the codes count."""
    code = event.code if isinstance(event, CodeIssued) else None
    return Notice(
        subject=event.event_subject,
        version=event.version,
        template=_template(event),
        channel=event.channel,
        address=event.address,
        locale=event.locale,
        facts={} if code is None else {"one_time_code": code},
        expires_at=event.expires_at,
    )


def _template(event: RegistrationState) -> Template:
    if isinstance(event, CodeIssued):
        return "one_time_code"
    about = event.about if isinstance(event, RegistrationRepeated) else "account"
    return _OF_REPEATED[about]
