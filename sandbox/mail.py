"""The mail server: takes every letter and shows it in the mailbox."""

import asyncio
from email import message_from_bytes
from email.policy import default as modern
from typing import cast
from weakref import WeakKeyDictionary

from aiosmtpd.smtp import SMTP, Envelope, Session

from contracts.words import Channel
from sandbox.faults import Faults
from sandbox.phone import Phone

_CHANNEL: Channel = "email"
_FAULT_ANSWERS = {
    "busy": "451 4.7.1 Too many messages, try again later",
    "broken": "451 4.3.0 Local error in processing",
    "refused": "550 5.1.1 No such mailbox here",
}


class Mailbox:
    """Answers the SMTP commands; aiosmtpd calls a method for each."""

    def __init__(self, phone: Phone, faults: Faults) -> None:
        self._phone = phone
        self._faults = faults
        self._late_seconds: WeakKeyDictionary[Envelope, float] = WeakKeyDictionary()

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Accept a recipient, or meet the fault that waits for it."""
        fault = await self._faults.meet(_CHANNEL, address)
        if fault is not None and fault.kind in _FAULT_ANSWERS:
            return _FAULT_ANSWERS[fault.kind]
        if fault is not None:
            self._late_seconds[envelope] = fault.seconds
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take a letter and show it."""
        letter = message_from_bytes(cast(bytes, envelope.content), policy=modern)
        plain = letter.get_body(("plain", "html"))
        if plain is None:
            return "554 5.6.0 No text in this message"
        for address in envelope.rcpt_tos:
            self._phone.receive(
                _CHANNEL,
                address,
                plain.get_content().replace("\r\n", "\n"),
                subject=letter["Subject"],
                reference=letter["Message-ID"],
            )
        await asyncio.sleep(self._late_seconds.get(envelope, 0.0))
        return "250 2.0.0 Taken"


async def serve_mail(host: str, port: int, mailbox: Mailbox) -> asyncio.Server:
    """Listen for SMTP; the server accepts connections until it is closed."""
    loop = asyncio.get_running_loop()
    return await loop.create_server(
        lambda: SMTP(mailbox, hostname="sandbox.antrean.test", ident="Antrean sandbox", loop=loop), host, port
    )
