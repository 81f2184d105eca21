"""WhatsApp through Meta's Cloud API: `POST {base}/v23.0/{phone-number-id}/messages`.

Source: WhatsApp Cloud API, "Messages", "Template messages" and "Error codes" (v23.0). What a refusal
means is decided by the error's code, as Meta advises, never by the HTTP status or the title.
"""

from typing import Any

import phonenumbers
import requests

from services.notify.errors import Unacceptable, Unavailable
from services.notify.texts.whatsapp import TemplateMessage, template_message
from services.notify.texts.wording import Letter

API_VERSION = "v23.0"

PERMANENT_CODES = frozenset(
    {
        100,  # a parameter is not supported or misspelt
        130472,  # the recipient is part of an experiment
        131008,  # a required parameter is missing
        131009,  # a parameter's value is not valid
        131021,  # recipient and sender are the same number
        131026,  # undeliverable: not on WhatsApp, or has not accepted the terms
        131030,  # the recipient is not on the list of a test account
        131050,  # the recipient does not want such messages
        131051,  # unsupported message type
        132000,  # the number of values does not fit the template
        132005,  # the filled text is too long
        132007,  # the template's content violates a policy
        132012,  # a value's form does not fit the template
        132018,  # a value has line breaks, tabs or too many spaces
    }
)
"""Codes with which the same message to the same number can never succeed. All others (rate limits,
outages, an expired token, a locked account, a template still in review) may be mended in time."""

_CONNECT_SECONDS, _ANSWER_SECONDS = 3.05, 10.0
_REASON_LENGTH = 200


class WhatsApp:
    """Sends template messages from one business phone number."""

    def __init__(self, *, api_url: str, phone_number_id: str, token: str, connections: int) -> None:
        self._url = f"{api_url}/{API_VERSION}/{phone_number_id}/messages"
        self._session = requests.Session()
        self._session.headers["Authorization"] = f"Bearer {token}"
        adapter = requests.adapters.HTTPAdapter(pool_maxsize=connections)
        self._session.mount("https://", adapter)
        self._session.mount("http://", adapter)

    def send(self, letter: Letter, *, message_id: str) -> str:
        """Hand a letter to WhatsApp and return its `wamid`; raises Unavailable, Unacceptable."""
        body = _body(recipient(letter.contact.phone), template_message(letter), message_id)
        try:
            answer = self._session.post(self._url, json=body, timeout=(_CONNECT_SECONDS, _ANSWER_SECONDS))
        except requests.RequestException as reason:
            raise Unavailable(f"WhatsApp: {type(reason).__name__}") from reason
        return _accepted(answer)


def recipient(phone: str) -> str:
    """Write a phone number in E.164, as WhatsApp wants it; a bare 08... is Indonesian.

    Raises Unacceptable when it is none.
    """
    try:
        number = phonenumbers.parse(phone, "ID")
    except phonenumbers.NumberParseException as reason:
        raise Unacceptable("not a phone number") from reason
    if not phonenumbers.is_possible_number(number):
        raise Unacceptable("not a phone number")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _body(to: str, message: TemplateMessage, message_id: str) -> dict[str, Any]:
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": to,
        "type": "template",
        "template": {
            "name": message.name,
            "language": {"code": message.language},
            "components": _components(message),
        },
        "biz_opaque_callback_data": message_id,
    }


def _components(message: TemplateMessage) -> list[dict[str, Any]]:
    """Fill the text; a code goes into the text and into the button that copies it."""
    if message.one_time_code is not None:
        code = [{"type": "text", "text": message.one_time_code}]
        button = {"type": "button", "sub_type": "url", "index": "0", "parameters": code}
        return [{"type": "body", "parameters": code}, button]
    values = [{"type": "text", "parameter_name": name, "text": text} for name, text in message.parameters]
    return [{"type": "body", "parameters": values}]


def _accepted(answer: requests.Response) -> str:
    try:
        body = answer.json()
        if answer.ok:
            return str(body["messages"][0]["id"])
        error = body["error"]
        code, said = int(error["code"]), str(error["message"])
    except (LookupError, TypeError, ValueError) as reason:
        raise Unavailable(f"WhatsApp: HTTP {answer.status_code} in no known form") from reason
    told = f"WhatsApp {code}: {said}"[:_REASON_LENGTH]
    raise Unacceptable(told) if code in PERMANENT_CODES else Unavailable(told)
