"""What the provider of payments tells."""

import base64
from dataclasses import fields
from datetime import UTC, datetime

import orjson
from falcon.asgi import Request, Response

from contracts import schema
from contracts.requests.payment import KeepUnreadableSettlement, Settlement, SettlePayment
from contracts.schema import InvalidMessage
from gateway.backend import Backend
from gateway.commands import read_body
from gateway.operation import Operation, Parameter
from gateway.webhooks import WebhookHeaders, WebhookKey

_HEADERS = {
    name: Parameter(contract=WebhookHeaders, field=name.replace("-", "_"))
    for name in ("webhook-id", "webhook-timestamp", "webhook-signature")
}


class Settlements:
    """/v1/payments/settlements."""

    def __init__(self, backend: Backend, key: WebhookKey) -> None:
        self._backend = backend
        self._key = key

    @Operation(
        takes=SettlePayment,
        headers=_HEADERS,
        answers=Settlement,
        refusals=("bad_signature", "signature_out_of_time"),
    )
    async def on_post(self, req: Request, resp: Response) -> None:
        """Take notice of money that arrived, as the provider of payments tells it.

        It is signed by the rules of Standard Webhooks. No money is refused, whatever it was for; the same
        `settlement_id` is answered the same, and other money under it is kept as `settlement_id_reused`.
        Further fields are ignored; what is signed and cannot be read is kept under its `webhook-id`, and
        answered as `unreadable`. Tell it again if the answer is 5xx or none.
        """
        body = await read_body(req)
        told = {name: req.get_header(name) or "" for name in _HEADERS}
        self._key.verify(told, body, now=datetime.now(UTC))
        command = _readable(body) or KeepUnreadableSettlement(
            webhook_id=told["webhook-id"], body=base64.b64encode(body).decode()
        )
        resp.data = orjson.dumps(await self._backend.ask_plain(command))


def _readable(body: bytes) -> SettlePayment | None:
    """Read what the provider signed, whatever else it says; None where it does not say enough."""
    try:
        told = orjson.loads(body)
        names = [field.name for field in fields(SettlePayment)] if isinstance(told, dict) else []
        return schema.load(SettlePayment, {name: told[name] for name in names if name in told})
    except (orjson.JSONDecodeError, InvalidMessage):
        return None
