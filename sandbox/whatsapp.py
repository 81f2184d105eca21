"""WhatsApp's Cloud API: `POST /whatsapp/{version}/{phone-number-id}/messages`, templates only.

Source: WhatsApp Cloud API, "Messages" and "Template messages" (v23.0).
"""

import asyncio
import base64
import re
import secrets
from typing import Any

import falcon
from falcon.asgi import Request, Response

from contracts.words import Channel
from sandbox.faults import Faults
from sandbox.graph_errors import GraphError
from sandbox.phone import Phone
from sandbox.registered_templates import RegisteredTemplates

_CHANNEL: Channel = "whatsapp"
_WA_ID = re.compile(r"[1-9][0-9]{6,14}")
_FAULT_CODES = {
    "busy": (130429, "Cloud API message throughput has been reached."),
    "broken": (1, "Something went wrong on our side."),
    "refused": (131026, "Message undeliverable."),
}


class Messages:
    """Takes template messages and shows them on the phone."""

    def __init__(
        self,
        phone: Phone,
        faults: Faults,
        templates: RegisteredTemplates,
        *,
        token: str,
        phone_number_id: str,
    ) -> None:
        self._phone = phone
        self._faults = faults
        self._templates = templates
        self._authorization = f"Bearer {token}"
        self._phone_number_id = phone_number_id

    async def on_post(self, req: Request, resp: Response, version: str, phone_number_id: str) -> None:
        """Take one message."""
        self._check_sender(req, version, phone_number_id)
        body = await _json_object(req)
        wa_id = _recipient(body)
        text = self._text(body)
        fault = await self._faults.meet(_CHANNEL, wa_id)
        if fault is not None and fault.kind in _FAULT_CODES:
            raise GraphError(*_FAULT_CODES[fault.kind])
        self._phone.receive(_CHANNEL, f"+{wa_id}", text, reference=body.get("biz_opaque_callback_data"))
        if fault is not None:
            await asyncio.sleep(fault.seconds)
        resp.media = {
            "messaging_product": "whatsapp",
            "contacts": [{"input": body["to"], "wa_id": wa_id}],
            "messages": [{"id": _wamid(), "message_status": "accepted"}],
        }

    def _check_sender(self, req: Request, version: str, phone_number_id: str) -> None:
        if not secrets.compare_digest(req.get_header("Authorization", default=""), self._authorization):
            raise GraphError(190, "The access token is missing or not known.")
        if not re.fullmatch(r"v\d+\.\d+", version) or phone_number_id != self._phone_number_id:
            raise GraphError(100, f"Object with ID '{phone_number_id}' does not exist.")

    def _text(self, body: dict[str, Any]) -> str:
        if body.get("type") != "template":
            raise GraphError(131051, "Outside a conversation only template messages may be sent.")
        try:
            template = body["template"]
            name, language = template["name"], template["language"]["code"]
            return self._templates.fill(name, language, template.get("components", []))
        except (LookupError, TypeError, AttributeError) as reason:
            raise GraphError(
                100, "The parameter template['name'], ['language'] or ['components'] is wrong."
            ) from reason


async def _json_object(req: Request) -> dict[str, Any]:
    try:
        body = await req.get_media()
    except falcon.HTTPError as reason:
        raise GraphError(100, "The body is not JSON.") from reason
    if not isinstance(body, dict) or body.get("messaging_product") != "whatsapp":
        raise GraphError(100, "The parameter messaging_product is required.")
    return body


def _recipient(body: dict[str, Any]) -> str:
    if body.get("recipient_type", "individual") != "individual" or not isinstance(body.get("to"), str):
        raise GraphError(100, "The parameter to is required.")
    wa_id = re.sub(r"[^0-9]", "", body["to"])
    if not _WA_ID.fullmatch(wa_id):
        raise GraphError(131009, "to: not a phone number with its country code.")
    return wa_id


def _wamid() -> str:
    return f"wamid.{base64.b64encode(secrets.token_bytes(36)).decode()}"
