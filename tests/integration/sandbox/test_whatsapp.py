"""The stand-in for WhatsApp's Cloud API answers as the real one does."""

from typing import Any

import pytest
import requests

from tests.integration.sandbox.provider import PHONE_NUMBER_ID, TOKEN, Sandbox


def body(to: str, /, **changes: Any) -> dict[str, Any]:
    """A call to counter 1, as notify sends it."""
    values = {"display_name": "Pak Andi", "number": "A-012", "counter": "1"}
    parameters = [{"type": "text", "parameter_name": name, "text": text} for name, text in values.items()]
    template = {
        "name": "ticket_called",
        "language": {"code": "id"},
        "components": [{"type": "body", "parameters": parameters}],
    }
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": to,
        "type": "template",
        "template": {**template, **changes.pop("template", {})},
        **changes,
    }


def post(
    sandbox: Sandbox, message: dict[str, Any], *, token: str = TOKEN, path: str = "v23.0"
) -> requests.Response:
    return requests.post(
        f"{sandbox.url}/whatsapp/{path}/{PHONE_NUMBER_ID}/messages",
        json=message,
        headers={"Authorization": f"Bearer {token}"},
        timeout=5,
    )


def values(*pairs: tuple[str, str]) -> dict[str, Any]:
    parameters = [{"type": "text", "parameter_name": name, "text": text} for name, text in pairs]
    return {"components": [{"type": "body", "parameters": parameters}]}


def test_a_template_message_is_taken_and_shown_as_the_person_sees_it(sandbox: Sandbox, phone: str) -> None:
    """The answer has the recipient's id and the message's; the phone shows the filled template."""
    answer = post(sandbox, body(phone))
    assert answer.status_code == 200
    taken = answer.json()
    assert taken["messaging_product"] == "whatsapp"
    assert taken["contacts"] == [{"input": phone, "wa_id": phone.removeprefix("+")}]
    assert taken["messages"][0]["id"].startswith("wamid.")
    [shown] = sandbox.received(phone)
    assert shown["text"] == "Giliran Anda, Pak Andi: nomor A-012, silakan ke loket 1 sekarang."
    assert (shown["channel"], shown["subject"]) == ("whatsapp", None)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"messaging_product": "sms"}, 100),
        ({"to": "0812"}, 131009),
        ({"to": None}, 100),
        ({"type": "text", "text": {"body": "halo"}}, 131051),
        ({"template": {"name": "unheard_of"}}, 132001),
        ({"template": {"language": {"code": "fr"}}}, 132001),
        ({"template": {"language": "id"}}, 100),
        ({"template": values(("display_name", "Pak Andi"))}, 132000),
        ({"template": values(("display_name", "Pak Andi"), ("number", "A-012"), ("desk", "1"))}, 132012),
        ({"template": values(("display_name", "Pak\nAndi"), ("number", "A-012"), ("counter", "1"))}, 132018),
        ({"template": values(("", "Pak Andi"))}, 100),
        ({"template": values(("display_name", "x" * 1100), ("number", "A-012"), ("counter", "1"))}, 132005),
    ],
)
def test_a_wrong_message_is_refused_with_metas_code(
    sandbox: Sandbox, phone: str, changes: dict[str, Any], code: int
) -> None:
    """HTTP 400, Meta's envelope, and nothing on the phone."""
    answer = post(sandbox, body(phone, **changes))
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert error["code"] == code
    assert error.keys() == {"message", "type", "code", "error_data", "fbtrace_id"}
    assert sandbox.received(phone) == []


def test_a_wrong_token_is_refused_before_anything_else(sandbox: Sandbox, phone: str) -> None:
    """401 and code 190, as for an expired token."""
    answer = post(sandbox, body(phone), token="stolen")
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, 190)
    assert sandbox.received(phone) == []


def test_a_body_that_is_not_json_is_refused(sandbox: Sandbox) -> None:
    """Code 100, not a server error."""
    answer = requests.post(
        f"{sandbox.url}/whatsapp/v23.0/{PHONE_NUMBER_ID}/messages",
        data=b"{",
        headers={"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"},
        timeout=5,
    )
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, 100)


@pytest.mark.parametrize(
    ("kind", "status", "code"), [("busy", 429, 130429), ("broken", 500, 1), ("refused", 400, 131026)]
)
def test_a_fault_strikes_as_often_as_it_was_told(
    sandbox: Sandbox, phone: str, kind: str, status: int, code: int
) -> None:
    """Then everything works again."""
    sandbox.fail({"channel": "whatsapp", "kind": kind, "times": 1, "to": phone})
    first, second = post(sandbox, body(phone)), post(sandbox, body(phone))
    assert (first.status_code, first.json()["error"]["code"]) == (status, code)
    assert second.status_code == 200
    assert len(sandbox.received(phone)) == 1


def test_a_fault_for_one_number_spares_the_others(sandbox: Sandbox, phone: str) -> None:
    """Faults can be aimed."""
    sandbox.fail({"channel": "whatsapp", "kind": "broken", "to": "+628111111111"})
    assert post(sandbox, body(phone)).status_code == 200


def test_faults_that_make_no_sense_are_refused(sandbox: Sandbox) -> None:
    """The old ones stay in force."""
    for wrong in (
        b"{}",
        b"[1]",
        b"not json",
        b'[{"channel": "fax", "kind": "busy"}]',
        b'[{"channel": "email"}]',
    ):
        assert requests.put(f"{sandbox.url}/faults", data=wrong, timeout=5).status_code == 400
