"""The running sandbox, as tests see it."""

import base64
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import requests

from cli.servers.ports import free_port
from services.notify.channels.smtp import MailServer, Smtp
from services.notify.channels.whatsapp import WhatsApp
from tests.processes import Process

TOKEN = "token-of-the-tests"
PHONE_NUMBER_ID = "123456789"
WEBHOOK_SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sandbox:
    """Where its parts are, what they took, and how to make them fail."""

    process: Process
    http_port: int
    smtp_port: int
    webhook_port: int = 0

    @property
    def url(self) -> str:
        """The phone page."""
        return f"http://127.0.0.1:{self.http_port}"

    def environment(self) -> dict[str, str]:
        """Return what notify must be told to use it."""
        return {
            "SMTP_URL": f"smtp://127.0.0.1:{self.smtp_port}",
            "SMTP_FROM": "Antrean <antrean@imigrasi.example>",
            "WHATSAPP_API_URL": f"{self.url}/whatsapp",
            "WHATSAPP_TOKEN": TOKEN,
            "WHATSAPP_PHONE_NUMBER_ID": PHONE_NUMBER_ID,
            "PUBLIC_URL": "https://antrean.example",
        }

    def whatsapp(self, *, token: str = TOKEN) -> WhatsApp:
        """Return notify's adapter, pointed at the sandbox."""
        return WhatsApp(
            api_url=f"{self.url}/whatsapp", phone_number_id=PHONE_NUMBER_ID, token=token, connections=4
        )

    def smtp(self) -> Smtp:
        """Return notify's adapter, pointed at the sandbox."""
        server = MailServer.from_url(f"smtp://127.0.0.1:{self.smtp_port}")
        return Smtp(server=server, sender="Antrean <antrean@imigrasi.example>")

    def fail(self, *faults: dict[str, Any]) -> None:
        """Replace the faults in force."""
        answer = requests.put(f"{self.url}/faults", json=list(faults), timeout=30)
        assert answer.status_code == 200, answer.text

    def faults(self) -> list[dict[str, Any]]:
        """List the faults in force, with the times that are left."""
        listed: list[dict[str, Any]] = requests.get(f"{self.url}/faults", timeout=30).json()
        return listed

    def received(self, to: str) -> list[dict[str, Any]]:
        """List what one phone number or mailbox got, oldest first."""
        messages = requests.get(f"{self.url}/messages", timeout=30).json()
        return [message for message in messages if message["to"] == to]


@pytest.fixture(scope="session")
def running_sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """One sandbox for all tests; each test uses addresses of its own."""
    ports = free_port(), free_port(), free_port()
    environment = {
        "SANDBOX_PORT": str(ports[0]),
        "SANDBOX_SMTP_PORT": str(ports[1]),
        "WHATSAPP_TOKEN": TOKEN,
        "WHATSAPP_PHONE_NUMBER_ID": PHONE_NUMBER_ID,
        "PAYMENT_WEBHOOK_URL": f"http://127.0.0.1:{ports[2]}/settlements",
        "PAYMENT_WEBHOOK_SECRET": WEBHOOK_SECRET,
    }
    log_file = tmp_path_factory.mktemp("sandbox") / "sandbox.log"
    process = Process(command=("-m", "sandbox"), environment=environment, log_file=log_file)
    process.start()
    yield Sandbox(process=process, http_port=ports[0], smtp_port=ports[1], webhook_port=ports[2])
    assert process.stop() == 0, process.log()


@pytest.fixture
def sandbox(running_sandbox: Sandbox) -> Iterator[Sandbox]:
    """The sandbox, with nothing going wrong."""
    yield running_sandbox
    running_sandbox.fail()


@pytest.fixture
def phone() -> str:
    """A phone number that no other test uses."""
    return f"+62812{uuid.uuid4().int % 10**8:08}"


@pytest.fixture
def mailbox() -> str:
    """An e-mail address that no other test uses."""
    return f"{uuid.uuid4().hex}@example.com"
