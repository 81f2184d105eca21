"""What the provider of payments tells."""

from datetime import UTC, datetime

import orjson
from falcon.asgi import Request, Response

from contracts.requests.payment import Settlement, SettlePayment
from gateway.backend import Backend
from gateway.commands import json_of, load_body, read_body
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
        refusals=("bad_signature", "signature_out_of_time", "settlement_id_reused"),
    )
    async def on_post(self, req: Request, resp: Response) -> None:
        """Take notice of money that arrived, as the provider of payments tells it.

        It is signed by the rules of Standard Webhooks. No money is refused, whatever it was for; the same
        `settlement_id` is answered the same. Tell it again where the answer is 5xx or none.
        """
        body = await read_body(req)
        told = {name: req.get_header(name) or "" for name in _HEADERS}
        self._key.verify(told, body, now=datetime.now(UTC))
        settled = await self._backend.ask_plain(load_body(SettlePayment, json_of(req, body)))
        resp.data = orjson.dumps(settled)
