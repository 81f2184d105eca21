"""E-mail through the office's own mail server.

The server is named by a URL:

    smtp://host:25                           in the clear; for a server on the same machine
    smtp+starttls://user:password@host:587   submission (RFC 6409), refused when the server has no TLS
    smtps://user:password@host:465           TLS from the first byte (RFC 8314)
"""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import localtime, parseaddr
from typing import Self
from urllib.parse import unquote, urlsplit

from services.notify.errors import Unacceptable, Unavailable
from services.notify.texts.letters import email
from services.notify.texts.wording import Letter

_DEFAULT_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
_SECONDS = 10.0
_ENHANCED_CODE = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """A mail server and how to speak to it."""

    scheme: str
    host: str
    port: int
    user: str | None
    password: str | None

    @classmethod
    def from_url(cls, url: str) -> Self:
        """Read a server from its URL; raises ValueError."""
        parts = urlsplit(url)
        if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
            raise ValueError(
                "use smtp://host, smtp+starttls://user:password@host or smtps://user:password@host"
            )
        return cls(
            scheme=parts.scheme,
            host=parts.hostname,
            port=parts.port or _DEFAULT_PORTS[parts.scheme],
            user=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
        )

    def __repr__(self) -> str:
        return f"MailServer({self.scheme}://{self.host}:{self.port})"


class Smtp:
    """Sends letters as e-mail from one address, a connection for each."""

    def __init__(self, *, server: MailServer, sender: str) -> None:
        self._server = server
        # Reading the machine's certificates takes some 20 ms, so it is done once, and not at all for smtp://.
        self._trusted = None if server.scheme == "smtp" else ssl.create_default_context()
        name, address = parseaddr(sender)
        self._sender = Address(name, addr_spec=address)

    def send(self, letter: Letter, *, message_id: str) -> str:
        """Hand a letter to the mail server and return its Message-ID; raises Unavailable, Unacceptable."""
        message = self._message(letter, message_id)
        try:
            with self._connected() as connection:
                connection.send_message(message)
        except smtplib.SMTPRecipientsRefused as refused:
            [(code, answer)] = refused.recipients.values()
            raise _refusal(code, answer) from refused
        except smtplib.SMTPDataError as refused:
            raise _refusal(refused.smtp_code, refused.smtp_error) from refused
        except smtplib.SMTPResponseException as refused:  # of our login or our sender address
            raise Unavailable(f"SMTP {refused.smtp_code}: {type(refused).__name__}") from refused
        except (smtplib.SMTPException, OSError) as reason:
            raise Unavailable(f"SMTP: {type(reason).__name__}") from reason
        return str(message["Message-ID"])

    def _message(self, letter: Letter, message_id: str) -> EmailMessage:
        written = email(letter)
        message = EmailMessage()
        try:
            message["To"] = Address(letter.contact.display_name, addr_spec=letter.contact.email)
        except (ValueError, LookupError) as reason:
            raise Unacceptable("not an e-mail address") from reason
        message["From"] = self._sender
        message["Subject"] = written.subject
        message["Date"] = localtime()
        message["Message-ID"] = f"<{message_id}@{self._sender.domain}>"
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers, please
        message.set_content(written.text)
        message.add_alternative(written.html, subtype="html")
        return message

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        server = self._server
        if server.scheme == "smtps":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=_SECONDS, context=self._trusted
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=_SECONDS)
        try:
            if server.scheme == "smtp+starttls":
                connection.starttls(context=self._trusted)
            if server.user is not None:
                connection.login(server.user, server.password or "")
            yield connection
            with suppress(smtplib.SMTPException, OSError):  # it has the letter, whatever it says to our QUIT
                connection.quit()
        finally:
            connection.close()


def _refusal(code: int, answer: bytes | str) -> Unacceptable | Unavailable:
    """Sort an SMTP answer (RFC 5321, 4.2.1): 5xx for good, 4xx for now.

    The answer's text often repeats the address, so only its codes are kept.
    """
    enhanced = _ENHANCED_CODE.search(answer if isinstance(answer, str) else answer.decode(errors="replace"))
    reason = f"SMTP {code}" + (f" {enhanced.group()}" if enhanced else "")
    return Unacceptable(reason) if 500 <= code < 600 else Unavailable(reason)
