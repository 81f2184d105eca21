"""The demonstration's phone and bank show what the sandbox's providers took, as it comes."""

import smtplib
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest
import requests
from playwright.sync_api import Page, expect

from cli.servers.ports import free_port
from tests.e2e.accessibility import findings
from tests.e2e.browser import DESK, PHONE
from tests.processes import Process


class Sandbox:
    """A running sandbox, as the senders see it."""

    def __init__(self, process: Callable[..., Process]) -> None:
        self.port, self.smtp_port = free_port(), free_port()
        ports = {"SANDBOX_PORT": str(self.port), "SANDBOX_SMTP_PORT": str(self.smtp_port)}
        account = {"WHATSAPP_TOKEN": "token", "WHATSAPP_PHONE_NUMBER_ID": "1"}
        nobody = {"PAYMENT_WEBHOOK_URL": f"http://127.0.0.1:{free_port()}/webhooks/payments"}
        process(("-m", "sandbox"), ports | account | nobody).start()

    @property
    def url(self) -> str:
        """The phone page."""
        return f"http://127.0.0.1:{self.port}/"

    def call(self, to: str, display_name: str = "Pak Andi") -> None:
        """Send the WhatsApp message of a call."""
        values = {"display_name": display_name, "number": "A-012", "counter": "1"}
        parameters = [{"type": "text", "parameter_name": name, "text": text} for name, text in values.items()]
        body: dict[str, Any] = {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": to,
            "type": "template",
            "template": {
                "name": "ticket_called",
                "language": {"code": "id"},
                "components": [{"type": "body", "parameters": parameters}],
            },
        }
        address = f"{self.url}whatsapp/v23.0/1/messages"
        answer = requests.post(address, json=body, headers={"Authorization": "Bearer token"}, timeout=5)
        assert answer.status_code == 200, answer.text

    def mail(self, to: str, subject: str, text: str) -> None:
        """Send an e-mail."""
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = "antrean@contoh.id", to, subject
        message.set_content(text)
        with smtplib.SMTP("127.0.0.1", self.smtp_port) as server:
            server.send_message(message)


@pytest.fixture
def sandbox(process: Callable[..., Process]) -> Sandbox:
    """The providers that are not ours."""
    return Sandbox(process)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_messages_appear_as_they_come(
    sandbox: Sandbox, new_page: Callable[..., Page], size: dict[str, int]
) -> None:
    """WhatsApp in the phone, e-mail in the mailbox; axe finds nothing before and after."""
    page = new_page(viewport=size, reduced_motion="reduce")
    page.goto(sandbox.url)
    expect(page.locator(".chat-none")).to_be_visible()
    assert findings(page) == []
    sandbox.call("6281234567890")
    sandbox.mail("andi@contoh.id", "Pemesanan Anda", "Tiket: http://127.0.0.1:8080/tiket/TRK-7H3K9Q")
    expect(page.locator(".bubble")).to_contain_text("Pak Andi: nomor A-012, silakan ke loket 1")
    page.get_by_text("Pemesanan Anda").click()
    link = page.get_by_role("link", name="tiket/TRK-7H3K9Q")
    expect(link).to_have_attribute("href", "http://127.0.0.1:8080/tiket/TRK-7H3K9Q")
    assert findings(page) == []


def test_the_numbers_can_be_told_apart(sandbox: Sandbox, desk: Page) -> None:
    """Each number has its own chat; a number is found as people write it."""
    sandbox.call("6281234567890")
    sandbox.call("6285299887766", display_name="Bu Sari")
    desk.goto(sandbox.url)
    expect(desk.locator(".person")).to_have_count(2)
    desk.get_by_label("Saring nomor atau surel").fill("0812")
    expect(desk.locator(".person")).to_have_count(1)
    expect(desk.locator(".bubble")).to_contain_text("Pak Andi")


def test_the_phone_speaks_the_browsers_language(sandbox: Sandbox, new_page: Callable[..., Page]) -> None:
    """English where the browser asks for it; a third language gets Indonesian."""
    for locale, title, lang in (("en-GB", "Demonstration phone", "en"), ("fr-FR", "Ponsel peragaan", "id")):
        page = new_page(viewport=DESK, locale=locale)
        page.goto(sandbox.url)
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        assert page.title() == f"{title} – Antrean"
        assert page.evaluate("() => document.documentElement.lang") == lang
        assert "undefined" not in page.locator("body").inner_text()
        assert findings(page) == []


def test_a_message_is_never_markup(sandbox: Sandbox, desk: Page) -> None:
    """What a stranger wrote is shown as it is written."""
    sandbox.mail("andi@contoh.id", "<img src=x onerror=alert(1)>", "<script>alert(1)</script>")
    desk.goto(sandbox.url)
    expect(desk.locator(".mail b")).to_have_text("<img src=x onerror=alert(1)>")
    expect(desk.locator(".mails img, .mails script")).to_have_count(0)


def test_the_bank_tells_by_itself_what_came_of_a_payment(sandbox: Sandbox, desk: Page) -> None:
    """It is under way until there is an answer (here: that nobody listens); what is being typed stays."""
    desk.goto(f"{sandbox.url}bank?code=820261124000017&amount=Rp 350.000")
    desk.get_by_label("Yang terjadi").select_option("late")
    desk.get_by_label("Terlambat berapa detik").fill("1.5")
    desk.get_by_role("button", name="Bayar").click()
    payment = desk.locator("#payments li").first
    expect(payment).to_contain_text("diproses…")
    desk.get_by_label("Kode billing").fill("8202")
    expect(payment).to_contain_text("ConnectError")
    expect(desk.get_by_label("Kode billing")).to_have_value("8202")
