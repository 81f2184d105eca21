"""What the sandbox is told by its environment."""

from dataclasses import dataclass
from pathlib import Path

from chassis.settings import ProcessSettings, port, setting
from sandbox.faults import Fault, read_faults
from sandbox.kept import IN_MEMORY

_PROJECT = Path(__file__).parent.parent


def folder(text: str) -> Path:
    """Accept a folder that exists."""
    path = Path(text)
    if not path.is_dir():
        raise ValueError("no such folder")
    return path


def file(text: str) -> Path:
    """Accept a file that exists."""
    path = Path(text)
    if not path.is_file():
        raise ValueError("no such file")
    return path


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxSettings(ProcessSettings):
    """Ports, and the accounts that the stand-ins know."""

    ops_port: int = setting("OPS_PORT", parse=port, default=9105, help="Port of /livez, /readyz and /metrics")
    host: str = setting(
        "SANDBOX_HOST", default="127.0.0.1", help="Address of the phone page and of both providers"
    )
    http_port: int = setting(
        "SANDBOX_PORT", parse=port, default=8081, help="Port of the phone page and WhatsApp"
    )
    smtp_port: int = setting("SANDBOX_SMTP_PORT", parse=port, default=2525, help="Port of the mail server")
    whatsapp_token: str = setting(
        "WHATSAPP_TOKEN", secret=True, default="sandbox-token", help="Access token that WhatsApp accepts"
    )
    whatsapp_phone_number_id: str = setting(
        "WHATSAPP_PHONE_NUMBER_ID", default="100000000000001", help="Id of the business number that may send"
    )
    whatsapp_templates: Path = setting(
        "WHATSAPP_TEMPLATES",
        parse=file,
        default=_PROJECT / "services" / "notify" / "texts" / "whatsapp.json",
        help="Templates registered with WhatsApp: a JSON list of message_templates bodies",
    )
    payment_webhook_url: str = setting(
        "PAYMENT_WEBHOOK_URL",
        default="http://127.0.0.1:8080/v1/payments/settlements",
        help="Where the bank tells that a billing code was paid",
    )
    payment_webhook_secret: str = setting(
        "PAYMENT_WEBHOOK_SECRET",
        secret=True,
        default="whsec_c2FuZGJveC1zYW5kYm94LXNhbmRib3gtc2FuZGJveC0=",
        help="Secret (whsec_ and base64) with which the bank signs",
    )
    messages: str = setting(
        "SANDBOX_MESSAGES",
        default=IN_MEMORY,
        help="SQLite file that keeps the last messages for the next start; by default they are not kept",
    )
    web_folder: Path = setting(
        "SANDBOX_WEB_FOLDER",
        parse=folder,
        default=_PROJECT / "web",
        help="Folder of the page and its static files",
    )
    faults: tuple[Fault, ...] = setting(
        "SANDBOX_FAULTS",
        parse=read_faults,
        default=(),
        help="Faults to begin with, as PUT /faults takes them",
    )
