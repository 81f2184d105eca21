"""Money that the provider tells: believed when it is signed, and only then."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from contracts.requests.payment import KeepUnreadableSettlement, Settlement, SettlePayment
from gateway.webhooks import NO_WEBHOOK, BadSignature, WebhookKey, webhook_key
from tests.unit.gateway.fakes import Gateway, gateway

pytestmark = pytest.mark.anyio

ADDRESS = "/v1/payments/settlements"
SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()
MONEY: dict[str, Any] = {
    "settlement_id": "sim-20261122-000042",
    "billing_code": "820261124000017",
    "amount": 350000,
    "paid_at": "2026-11-22T03:00:00+00:00",
}
DONE = Settlement(settlement_id="sim-20261122-000042", billing_code="820261124000017", outcome="confirmed")


def headers(
    body: bytes, changes: Mapping[str, str] | None = None, *, at: datetime | None = None
) -> dict[str, str]:
    """Sign a body as the provider does."""
    sent_at = round((at or datetime.now(UTC)).timestamp())
    signed = f"msg_1.{sent_at}.".encode() + body
    digest = hmac.digest(bytes(range(32)), signed, hashlib.sha256)
    made = {
        "content-type": "application/json",
        "webhook-id": "msg_1",
        "webhook-timestamp": str(sent_at),
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }
    return {name: value for name, value in {**made, **(changes or {})}.items() if value}


async def tell(api: Gateway, body: bytes, sent: dict[str, str]) -> Any:
    """Send what the provider sends; return status and code, or the answer."""
    answer = await api.http.simulate_post(ADDRESS, body=body, headers=sent)
    return answer.status_code, answer.json.get("code", answer.json.get("outcome"))


async def test_signed_money_is_told_to_booking() -> None:
    """As it was signed, byte for byte; one of several signatures is enough, while secrets change."""
    body = json.dumps(MONEY, indent=3).encode()
    async with gateway(payment_webhook=webhook_key(SECRET)) as api:
        api.services.answers[SettlePayment] = DONE
        assert await tell(api, body, headers(body)) == (200, "confirmed")
        several = f"v1,bm90IHRoaXMgb25l {headers(body)['webhook-signature']}"
        assert await tell(api, body, headers(body, {"webhook-signature": several})) == (200, "confirmed")
        told = SettlePayment(**{**MONEY, "paid_at": datetime(2026, 11, 22, 3, tzinfo=UTC)})
        assert api.services.asked == [told, told]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"webhook-signature": ""}, "bad_signature"),
        ({"webhook-signature": "v1,c2lnbmF0dXJl"}, "bad_signature"),
        ({"webhook-signature": "v2,c2lnbmF0dXJl"}, "bad_signature"),
        ({"webhook-id": "msg_2"}, "bad_signature"),
        ({"webhook-id": ""}, "bad_signature"),
        ({"webhook-timestamp": "1674087231"}, "bad_signature"),
        ({"webhook-timestamp": "yesterday"}, "bad_signature"),
        ({"webhook-timestamp": ""}, "bad_signature"),
    ],
)
async def test_what_is_not_signed_right_reaches_nobody(changes: dict[str, str], code: str) -> None:
    """Whatever part of it is missing or another."""
    body = json.dumps(MONEY).encode()
    async with gateway(payment_webhook=webhook_key(SECRET)) as api:
        assert await tell(api, body, headers(body, changes)) == (401, code)
        assert await tell(api, body.replace(b"350000", b"1"), headers(body)) == (401, "bad_signature")
        assert api.services.asked == []


@pytest.mark.parametrize("minutes", [-6, 6])
async def test_what_was_signed_long_ago_is_not_believed_again(minutes: int) -> None:
    """Nor what is signed for later; within five minutes clocks may differ."""
    body = json.dumps(MONEY).encode()
    now = datetime.now(UTC)
    async with gateway(payment_webhook=webhook_key(SECRET)) as api:
        api.services.answers[SettlePayment] = DONE
        old = headers(body, at=now + timedelta(minutes=minutes))
        assert await tell(api, body, old) == (401, "signature_out_of_time")
        assert (await tell(api, body, headers(body, at=now - timedelta(minutes=4))))[0] == 200


async def test_without_a_secret_no_money_is_believed() -> None:
    """Not even what is signed with an empty one."""
    body = json.dumps(MONEY).encode()
    signed = b"msg_1.1." + body
    empty = f"v1,{base64.b64encode(hmac.digest(b'', signed, hashlib.sha256)).decode()}"
    async with gateway() as api:
        given = headers(body, {"webhook-timestamp": "1", "webhook-signature": empty})
        assert await tell(api, body, given) == (401, "bad_signature")
    assert webhook_key("") == NO_WEBHOOK


UNREADABLE = Settlement(
    settlement_id="msg_1", billing_code=None, outcome="refund_due", refund_reason="unreadable"
)


@pytest.mark.parametrize(
    "body",
    [
        json.dumps({**MONEY, "billing_code": "12"}).encode(),
        json.dumps({**MONEY, "amount": 0}).encode(),
        json.dumps({**MONEY, "amount": 10**11}).encode(),
        json.dumps({**MONEY, "amount": "lots"}).encode(),
        json.dumps({**MONEY, "paid_at": "yesterday"}).encode(),
        json.dumps([MONEY]).encode(),
        b"{",
        b"\xff\x00",
        b"",
    ],
)
async def test_signed_nonsense_is_kept_as_it_was_signed(body: bytes) -> None:
    """It may be somebody's money: answered well, so that the provider does not tell it for ever."""
    async with gateway(payment_webhook=webhook_key(SECRET)) as api:
        api.services.answers[KeepUnreadableSettlement] = UNREADABLE
        assert await tell(api, body, headers(body)) == (200, "refund_due")
        (kept,) = api.services.asked
        assert isinstance(kept, KeepUnreadableSettlement)
        assert (kept.webhook_id, base64.b64decode(kept.body)) == ("msg_1", body)


async def test_nonsense_that_nobody_signed_is_kept_nowhere() -> None:
    """Or anybody could fill the list."""
    async with gateway(payment_webhook=webhook_key(SECRET)) as api:
        assert await tell(api, b"{", headers(b"}")) == (401, "bad_signature")
        assert api.services.asked == []


async def test_what_the_provider_says_beside_is_ignored() -> None:
    """Money is money, also from a newer version of the provider; nor does it matter what it is called."""
    body = json.dumps({**MONEY, "channel": "ATM", "fee": None}).encode()
    async with gateway(payment_webhook=webhook_key(SECRET)) as api:
        api.services.answers[SettlePayment] = DONE
        sent = headers(body, {"content-type": "text/plain"})
        assert await tell(api, body, sent) == (200, "confirmed")


def test_the_example_of_the_standard_is_genuine() -> None:
    """So any library of a provider that keeps to it can sign."""
    key = webhook_key("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    now = datetime.fromtimestamp(1614265330, UTC)
    headers = {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }
    key.verify(headers, b'{"test": 2432232314}', now=now)
    with pytest.raises(BadSignature):
        WebhookKey(secret=bytes(24)).verify(headers, b'{"test": 2432232314}', now=now)


@pytest.mark.parametrize("text", ["MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_c2hvcnQ=", "whsec_%%%"])
def test_a_secret_has_one_form(text: str) -> None:
    """`whsec_` and enough bytes in base64."""
    with pytest.raises(ValueError, match="base64"):
        webhook_key(text)
