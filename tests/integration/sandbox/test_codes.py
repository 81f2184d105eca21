"""What brings a code is worded by WhatsApp: it takes the code twice, and nothing else."""

from typing import Any

import pytest

from sandbox.registered_templates import RegisteredTemplates
from services.notify.domain.notices import SENDER
from services.notify.domain.people import Contact
from services.notify.texts.wording import Letter
from tests.integration.sandbox.provider import Sandbox
from tests.integration.sandbox.test_whatsapp import body, post

CODE = [{"type": "text", "text": "407318"}]
BODY: dict[str, Any] = {"type": "body", "parameters": CODE}
BUTTON: dict[str, Any] = {"type": "button", "sub_type": "url", "index": "0", "parameters": CODE}


def code_message(phone: str, *components: dict[str, Any]) -> dict[str, Any]:
    return body(phone, template={"name": "one_time_code", "components": list(components)})


@pytest.mark.parametrize("template", ["one_time_code", "recovery_code", "contact_code"])
def test_every_code_is_sent_as_whatsapp_wants_it(sandbox: Sandbox, phone: str, template: Any) -> None:
    """Whatever it is for: the page that asks for it says that."""
    letter = Letter(
        template=template,
        facts={"one_time_code": "407318", "page": "/daftar", "link": "https://antrean.example/daftar"},
        contact=Contact(display_name="", phone=phone, email="", locale="id"),
        office=SENDER,
        public_url="https://antrean.example",
    )
    sandbox.whatsapp().send(letter, message_id="m-1")
    [shown] = sandbox.received(phone)
    assert shown["text"] == (
        "407318 adalah kode verifikasi Anda. Demi keamanan, jangan bagikan kode ini."
        "\n\nKode ini kedaluwarsa dalam 10 menit."
    )


@pytest.mark.parametrize(
    ("components", "code"),
    [
        ([BODY], 131008),
        ([BUTTON], 131008),
        ([BODY, BUTTON | {"parameters": [{"type": "text", "text": "407319"}]}], 132012),
        ([BODY, BUTTON | {"sub_type": "quick_reply"}], 132012),
        ([BODY, BUTTON | {"index": "1"}], 132012),
        ([BODY, BUTTON, {"type": "header", "parameters": CODE}], 132012),
        ([BODY | {"parameters": CODE * 2}, BUTTON], 131008),
        ([BODY | {"parameters": [{"type": "text", "text": "1" * 16}]}, BUTTON], 131009),
        ([BODY | {"parameters": [{"type": "text"}]}, BUTTON], 100),
    ],
)
def test_a_code_in_another_form_is_refused(
    sandbox: Sandbox, phone: str, components: list[dict[str, Any]], code: int
) -> None:
    """As Meta refuses it, and nothing is on the phone."""
    answer = post(sandbox, code_message(phone, *components))
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, code)
    assert sandbox.received(phone) == []


def registration(**changes: Any) -> dict[str, Any]:
    components = {
        "BODY": {"add_security_recommendation": True},
        "FOOTER": {"code_expiration_minutes": 10},
        "BUTTONS": {"buttons": [{"type": "OTP", "otp_type": "COPY_CODE"}]},
        **changes,
    }
    return {
        "name": "one_time_code",
        "language": "id",
        "category": "AUTHENTICATION",
        "components": [{"type": kind, **rest} for kind, rest in components.items()],
    }


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"BODY": {"text": "Kode Anda {{code}}"}}, "WhatsApp words what brings a code"),
        ({"BUTTONS": {"buttons": [{"type": "URL", "otp_type": "-"}]}}, "cannot be sent"),
        ({"FOOTER": {"code_expiration_minutes": 91}}, "1 to 90 minutes"),
    ],
)
def test_what_whatsapp_would_not_register_is_not_registered_here(changes: dict[str, Any], said: str) -> None:
    """The sandbox does not start with it."""
    RegisteredTemplates([registration()])
    with pytest.raises(ValueError, match=said):
        RegisteredTemplates([registration(**changes)])
