"""Bad inputs about money: settlements that nobody signed, and plans that do not say how much."""

from tests.integration.bad_input.bad import Bad

_SETTLEMENTS = "POST /v1/payments/settlements"
_MONEY = {
    "settlement_id": "forged-000001",
    "billing_code": "820261124000017",
    "amount": 350000,
    "paid_at": "2026-11-22T03:00:00+00:00",
}
_FORGED = {
    "webhook-id": "forged-000001",
    "webhook-timestamp": "1795399200",
    "webhook-signature": "v1,bm90IGdlbnVpbmUsIG5vdCBhdCBhbGwsIG5vIG5vIG5v",
}
_PLAN = {
    "office": "TRK",
    "services": ["new"],
    "counters": 4,
    "hours": [{"valid_from": "2026-01-01", "week": [{"days": ["monday"], "open": "08.00-16.00"}]}],
}

ABOUT_PAYMENTS = {
    "settlement without a signature": Bad(ask=_SETTLEMENTS, body=_MONEY, status=401, code="bad_signature"),
    "settlement with a forged signature": Bad(
        ask=_SETTLEMENTS, body=_MONEY, headers=_FORGED, status=401, code="bad_signature"
    ),
    "settlement of somebody who is signed in": Bad(
        ask=_SETTLEMENTS, body=_MONEY, who="andi", status=401, code="bad_signature"
    ),
    "settlement over the limit": Bad(ask=_SETTLEMENTS, body=b" " * 70_000, status=413, code="body_too_large"),
    "plan that is paid first and says not how much": Bad(
        ask="PUT /v1/offices/TRK/plan",
        body={"plan": {**_PLAN, "payment": {"when": "first"}}},
        who="head",
        status=422,
        code="office_plan_invalid",
    ),
}
