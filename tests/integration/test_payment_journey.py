"""A citizen of the running system pays for a lost passport at the bank, once in time and once more."""

import uuid
from typing import Any

import requests

from tests.processes import wait_until
from tests.stack import Stack

YANTO: dict[str, Any] = {
    "nik": "6571011501900402",
    "birth_date": "1990-01-15",
    "sex": "male",
    "name": "Yanto Prabowo",
    "display_name": "Pak Yanto",
    "phone": "0812 5550 0402",
    "email": "yanto@contoh.id",
    "password": "rahasia-sekali",
}


def told(stack: Stack, word: str) -> list[str]:
    """The messages on his phone that have a word."""
    messages = requests.get(f"{stack.sandbox_url}/messages", timeout=10).json()
    return [one["text"] for one in messages if one["to"].endswith("81255500402") and word in one["text"]]


def pay(stack: Stack, payment: dict[str, Any], **how: Any) -> None:
    """Pay on the page of the bank."""
    form = {"billing_code": payment["billing_code"], "amount": payment["amount"], "how": "on_time", **how}
    requests.post(f"{stack.sandbox_url}/bank", data=form, timeout=10).raise_for_status()


def test_a_place_is_held_paid_at_the_bank_and_sure(stack: Stack) -> None:
    """Over HTTP, the broker and the bank's webhook: the bill and the ticket reach the phone."""
    yanto = stack.register(YANTO)
    days = stack.get("/v1/offices/SKW/days?service=replacement").json()["days"]
    slots = stack.get(f"/v1/offices/SKW/slots?service=replacement&date={days[-1]['date']}").json()
    assert slots["prepaid_amount"] == 1_000_000
    headers = yanto | {"Idempotency-Key": str(uuid.uuid4())}
    answer = stack.post("/v1/bookings", {"slot_id": slots["slots"][0]["slot_id"]}, headers=headers)
    assert answer.status_code == 201, answer.text
    booking = answer.json()
    assert (booking["status"], booking["ticket"], booking["payment"]["status"]) == ("held", "", "due")
    address = f"/v1/bookings/{booking['code']}"
    picture = stack.get(f"{address}/ticket.svg", headers=yanto)
    assert (picture.status_code, picture.json()["code"]) == (409, "payment_due")
    wait_until(lambda: len(told(stack, booking["payment"]["billing_code"])) == 1, seconds=20)

    pay(stack, booking["payment"], how="bad_signature")
    pay(stack, booking["payment"])
    wait_until(lambda: stack.get(address, headers=yanto).json()["status"] == "booked", seconds=20)
    paid = stack.get(address, headers=yanto).json()
    assert (paid["payment"]["status"], paid["version"]) == ("paid", 2)
    assert stack.get(f"{address}/ticket.svg", headers=yanto).status_code == 200
    pay(stack, booking["payment"])
    wait_until(lambda: len(told(stack, "tagihannya sudah lunas")) == 1, seconds=20)
    wait_until(lambda: len(told(stack, f"tiket/{booking['code']}")) == 2, seconds=20)
    said = {
        answer["said"]
        for one in requests.get(f"{stack.sandbox_url}/bank/payments", timeout=10).json()
        for answer in one["answers"]
    }
    assert said == {"bad_signature", "confirmed", "refund_due"}
    given_up = requests.delete(stack.url + address, headers=yanto, timeout=10).json()
    assert given_up["payment"]["status"] == "refund_due"
    wait_until(lambda: len(told(stack, "yang sudah lunas dibatalkan")) == 1, seconds=20)
