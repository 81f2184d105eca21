"""The bank's counter, and what it tells by webhook to who is owed the money."""

import json
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import requests

from gateway.webhooks import BadSignature, webhook_key
from tests.integration.sandbox.provider import WEBHOOK_SECRET, Sandbox
from tests.processes import wait_until

CODE = "820261124000017"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One call of the webhook."""

    headers: dict[str, str]
    body: bytes

    @property
    def money(self) -> dict[str, Any]:
        """What it says."""
        read: dict[str, Any] = json.loads(self.body)
        return read

    @property
    def is_genuine(self) -> bool:
        """Whether the gateway would believe it."""
        try:
            webhook_key(WEBHOOK_SECRET).verify(self.headers, self.body, now=datetime.now(UTC))
        except BadSignature:
            return False
        return True


@dataclass(kw_only=True)
class Office:
    """Who is owed the money: what they were told, and the statuses that they answer first."""

    told: list[Told] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)


@pytest.fixture
def office(sandbox: Sandbox) -> Iterator[Office]:
    """A webhook that listens where the bank tells."""
    office = Office()

    class Webhook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            status = office.statuses.pop(0) if office.statuses else 200
            headers = {name.lower(): value for name, value in self.headers.items()}
            office.told.append(Told(headers=headers, body=body))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps({"outcome": "confirmed"}).encode())

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", sandbox.webhook_port), Webhook)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield office
    server.shutdown()
    thread.join()
    server.server_close()


def pay(sandbox: Sandbox, **told: Any) -> dict[str, Any]:
    """Pay at the bank."""
    paid = {"billing_code": CODE, "amount": 350_000, **told}
    answer = requests.post(f"{sandbox.url}/bank/payments", json=paid, timeout=5)
    assert answer.status_code == 202, answer.text
    taken: dict[str, Any] = answer.json()
    return taken


def answers(sandbox: Sandbox, paid: dict[str, Any]) -> list[dict[str, Any]]:
    """What the bank was answered about a payment."""
    listed = requests.get(f"{sandbox.url}/bank/payments", timeout=5).json()
    (found,) = (one for one in listed if one["settlement_id"] == paid["settlement_id"])
    told: list[dict[str, Any]] = found["answers"]
    return told


def test_money_is_told_at_once_and_signed(sandbox: Sandbox, office: Office) -> None:
    """With an id of its own, as the gateway believes it."""
    paid = pay(sandbox)
    wait_until(lambda: answers(sandbox, paid) == [{"status": 200, "said": "confirmed"}])
    (told,) = office.told
    assert told.is_genuine
    assert told.headers["webhook-id"] == told.money["settlement_id"] == paid["settlement_id"]
    assert (told.money["billing_code"], told.money["amount"]) == (CODE, 350_000)
    assert datetime.fromisoformat(told.money["paid_at"]).tzinfo is not None


def test_what_was_not_understood_is_told_again(sandbox: Sandbox, office: Office) -> None:
    """After an answer of the 5xx; the id and the words stay, the signature is of then."""
    office.statuses = [503]
    paid = pay(sandbox)
    wait_until(lambda: len(answers(sandbox, paid)) == 2)
    first, second = office.told
    assert first.body == second.body
    assert second.is_genuine


@pytest.mark.parametrize(
    ("how", "came"),
    [
        ("told_twice", (2, 1, {350_000}, True)),
        ("paid_twice", (2, 2, {350_000}, True)),
        ("wrong_amount", (1, 1, {349_999}, True)),
        ("bad_signature", (1, 1, {350_000}, False)),
    ],
)
def test_a_fault_happens_on_the_way(
    sandbox: Sandbox, office: Office, how: str, came: tuple[int, int, set[int], bool]
) -> None:
    """As it was chosen with the payment: calls, settlements, amounts, and whether they are genuine."""
    pay(sandbox, how=how)
    wait_until(lambda: len(office.told) == came[0])
    assert len({told.money["settlement_id"] for told in office.told}) == came[1]
    assert {told.money["amount"] for told in office.told} == came[2]
    assert {told.is_genuine for told in office.told} == {came[3]}


def test_late_money_was_paid_in_time(sandbox: Sandbox, office: Office) -> None:
    """It is told later than what is paid after it."""
    late = pay(sandbox, how="late", seconds=0.5)
    pay(sandbox)
    wait_until(lambda: len(office.told) == 2)
    assert office.told[1].money["settlement_id"] == late["settlement_id"]


def test_the_page_takes_money_and_shows_what_came_of_it(sandbox: Sandbox, office: Office) -> None:
    """Without JavaScript; a code may be typed with gaps."""
    filled = requests.get(f"{sandbox.url}/bank?code={CODE}&amount=350000", timeout=5).text
    assert f'value="{CODE}"' in filled
    assert set(re.findall(r'href="(/aset/[^"]+)"', filled))
    form = {"billing_code": "820 261 124 000 017", "amount": "350.000", "how": "on_time", "seconds": ""}
    shown = requests.post(f"{sandbox.url}/bank", data=form, timeout=5)
    assert shown.url == f"{sandbox.url}/bank"
    assert "Rp 350.000" in shown.text
    wait_until(lambda: "200 confirmed" in requests.get(f"{sandbox.url}/bank", timeout=5).text)


@pytest.mark.parametrize("written", ["350000", "350.000", "Rp 350.000", "Rp\u00a0350.000", "Rp 350,000"])
def test_an_amount_is_taken_as_the_bill_writes_it(sandbox: Sandbox, office: Office, written: str) -> None:
    """In Indonesian or English, copied with its Rp or typed without."""
    assert pay(sandbox, amount=written)["amount"] == 350_000
    wait_until(lambda: len(office.told) == 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"billing_code": "12"},
        {"amount": "0"},
        {"amount": "many"},
        {"amount": "1.5"},
        {"amount": "-5"},
        {"how": "gone"},
        {"seconds": "-1"},
    ],
)
def test_what_cannot_be_paid_is_refused(sandbox: Sandbox, wrong: dict[str, str]) -> None:
    """On the page with what was typed, and for programs."""
    form = {"billing_code": CODE, "amount": "350000", **wrong}
    assert requests.post(f"{sandbox.url}/bank/payments", json=form, timeout=5).status_code == 400
    page = requests.post(f"{sandbox.url}/bank", data=form, timeout=5)
    assert [answer.status_code for answer in page.history] == [303]
    assert 'role="alert"' in page.text
