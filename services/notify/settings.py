"""What notify is told by its environment."""

from dataclasses import dataclass
from email.headerregistry import Address
from email.utils import parseaddr

from chassis.settings import ServiceSettings, positive, setting
from services.notify.channels.smtp import MailServer


def address(text: str) -> str:
    """Accept an e-mail address, with a name (`Antrean <antrean@imigrasi.example>`) or without."""
    name, spec = parseaddr(text)
    if not Address(name, addr_spec=spec).domain:
        raise ValueError("not an e-mail address")
    return text


def base_url(text: str) -> str:
    """Accept an http or https URL; a slash at its end is dropped."""
    if not text.startswith(("http://", "https://")):
        raise ValueError("use http:// or https://")
    return text.rstrip("/")


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifySettings(ServiceSettings):
    """Providers, retries and retention."""

    smtp_server: MailServer = setting(
        "SMTP_URL", parse=MailServer.from_url, help="Mail server: smtp://, smtp+starttls:// or smtps://"
    )
    smtp_from: str = setting("SMTP_FROM", parse=address, help="Address that e-mails come from")
    whatsapp_api_url: str = setting(
        "WHATSAPP_API_URL",
        parse=base_url,
        default="https://graph.facebook.com",
        help="WhatsApp Cloud API, without its version",
    )
    whatsapp_token: str = setting(
        "WHATSAPP_TOKEN", secret=True, help="Token of the WhatsApp business account"
    )
    whatsapp_phone_number_id: str = setting("WHATSAPP_PHONE_NUMBER_ID", help="Id of the sending number")
    public_url: str = setting("PUBLIC_URL", parse=base_url, help="Address of the pages, for links")
    stale_after_seconds: int = setting(
        "STALE_AFTER_SECONDS", parse=positive, default=300, help="A call older than this is not sent any more"
    )
    most_lost: int = setting(
        "MOST_LOST",
        parse=positive,
        default=5,
        help="Senders that may die with a message before it is given up",
    )
    lease_seconds: int = setting(
        "LEASE_SECONDS",
        parse=positive,
        default=60,
        help="How long an attempt may take before another process tries",
    )
    senders: int = setting("SENDERS", parse=positive, default=8, help="Messages sent at once on each channel")
    retention_days: int = setting(
        "RETENTION_DAYS", parse=positive, default=30, help="How long finished messages are kept"
    )
