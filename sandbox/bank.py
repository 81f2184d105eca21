"""The bank: somebody pays a billing code here, and the bank tells whoever asks for the money, by webhook.

    paid ──▶ told ──2xx, 4xx──▶ known there
              ▲ └──5xx, no answer──┐
              └── 1, 5, 30 s ──────┘

What can go wrong on the way (`how`):

    on_time         told at once
    late            told after `seconds`
    told_twice      the same settlement is told twice
    paid_twice      the code is paid twice: two settlements
    wrong_amount    one rupiah less arrives
    bad_signature   told with a signature that is not genuine
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

import httpx
import orjson
import uuid_utils

from chassis.log import get_logger
from sandbox.webhooks import signed_headers

log = get_logger(__name__)

How = Literal["on_time", "late", "told_twice", "paid_twice", "wrong_amount", "bad_signature"]

MOST = 100
_WAITS = (1.0, 5.0, 30.0)
_ANSWER_SECONDS = 10.0


@dataclass(slots=True, kw_only=True)
class Paid:
    """Money that somebody paid; `answers` are what it was answered each time it was told."""

    settlement_id: str
    billing_code: str
    amount: int
    paid_at: datetime
    how: How
    answers: list[dict[str, Any]] = field(default_factory=list)


class Bank:
    """Takes money and tells of it; the last payments are remembered, the newest first."""

    def __init__(self, *, webhook_url: str, secret: str, waits: Sequence[float] = _WAITS) -> None:
        self.payments: list[Paid] = []
        self._webhook_url = webhook_url
        self._secret = secret
        self._waits = waits
        self._telling: dict[asyncio.Task[None], Paid] = {}

    def pay(self, billing_code: str, amount: int, *, how: How = "on_time", seconds: float = 0.0) -> Paid:
        """Take money for a billing code; telling it goes on behind."""
        paid = self._take(billing_code, amount - (how == "wrong_amount"), how)
        wait = seconds if how == "late" else 0.0
        self._begin(paid, wait)
        if how == "told_twice":
            self._begin(paid, wait)
        if how == "paid_twice":
            self._begin(self._take(billing_code, amount, how), wait)
        return paid

    def is_telling(self, paid: Paid) -> bool:
        """Whether who asked for this money is still to be told of it, for the first time or again."""
        return any(told is paid for told in self._telling.values())

    async def close(self) -> None:
        """Tell no more."""
        for task in self._telling:
            task.cancel()
        await asyncio.gather(*self._telling, return_exceptions=True)

    def _take(self, billing_code: str, amount: int, how: How) -> Paid:
        paid = Paid(
            settlement_id=f"bank-{uuid_utils.uuid7()}",
            billing_code=billing_code,
            amount=amount,
            paid_at=datetime.now(UTC),
            how=how,
        )
        self.payments = [paid, *self.payments][:MOST]
        return paid

    def _begin(self, paid: Paid, wait: float) -> None:
        task = asyncio.create_task(self._tell(paid, wait))
        self._telling[task] = paid
        task.add_done_callback(self._telling.pop)

    async def _tell(self, paid: Paid, wait: float) -> None:
        """Tell of money until the answer is no 5xx, a few times at most."""
        body = orjson.dumps(
            {
                "settlement_id": paid.settlement_id,
                "billing_code": paid.billing_code,
                "amount": paid.amount,
                "paid_at": paid.paid_at,
            }
        )
        async with httpx.AsyncClient(timeout=_ANSWER_SECONDS, trust_env=False) as client:
            for pause in (wait, *self._waits):
                await asyncio.sleep(pause)
                if await self._is_told(client, paid, body):
                    return
        log.warning("settlement_not_told", settlement_id=paid.settlement_id)

    async def _is_told(self, client: httpx.AsyncClient, paid: Paid, body: bytes) -> bool:
        headers = signed_headers(self._secret, paid.settlement_id, body, now=datetime.now(UTC))
        if paid.how == "bad_signature":
            headers["webhook-signature"] = "v1,bm90IGdlbnVpbmU="
        try:
            answer = await client.post(self._webhook_url, content=body, headers=headers)
        except httpx.HTTPError as fault:
            paid.answers.append({"status": None, "said": type(fault).__name__})
            return False
        paid.answers.append({"status": answer.status_code, "said": _said(answer)})
        return not answer.is_server_error


def _said(answer: httpx.Response) -> str:
    """Read the outcome, or the code of a refusal."""
    try:
        told = answer.json()
    except ValueError:
        return ""
    return str(told.get("outcome") or told.get("code") or "") if isinstance(told, dict) else ""
