"""A citizen of the running system forgets the password, gets another number, and then loses both."""

import re
from typing import Any

import requests

from tests.processes import wait_until
from tests.stack import Stack

ENI: dict[str, Any] = {
    "nik": "6571015501900401",
    "birth_date": "1990-01-15",
    "sex": "female",
    "name": "Eni Rahayu",
    "display_name": "Bu Eni",
    "phone": "0812 5550 0401",
    "email": "eni@contoh.id",
    "password": "rahasia-sekali",
}
NEW_PHONE, NEW_EMAIL = "0812 5550 0402", "eni.baru@contoh.id"


def sign_in(stack: Stack, login: str, password: str) -> int:
    return stack.post("/v1/sessions", {"login": login, "password": password}).status_code


def told(stack: Stack, to: str) -> list[str]:
    """Read what the sandbox's phone or mailbox was sent, the latest last."""
    tail = to.replace(" ", "").removeprefix("0")
    messages = requests.get(f"{stack.sandbox_url}/messages", timeout=10).json()
    return [message["text"] for message in messages if message["to"].endswith(tail)]


def test_a_forgotten_password_a_new_number_and_both_lost(stack: Stack) -> None:
    """Over HTTP, through the broker, with the codes that come to the sandbox's phone and mailbox."""
    eni = stack.register(ENI)
    registered = stack.codes(ENI["phone"], ENI["email"])

    begun = stack.post("/v1/recoveries", {"login": ENI["phone"]})
    assert begun.status_code == 202, begun.text
    phone, email = stack.codes(ENI["phone"], ENI["email"], after=registered)
    chosen = {"phone_code": phone, "email_code": email, "password": "rahasia-lain"}
    session = stack.post("/v1/recoveries/finish", {"proof_id": begun.json()["proof_id"], **chosen})
    assert session.status_code == 201, session.text
    assert sign_in(stack, ENI["email"], ENI["password"]) == 401
    wait_until(lambda: stack.get("/v1/bookings", headers=eni).status_code == 401, seconds=20)
    wait_until(lambda: any("baru saja diganti" in text for text in told(stack, ENI["email"])), seconds=20)

    eni = {"Authorization": f"Bearer {session.json()['token']}"}
    asked = {"password": "rahasia-lain", "phone": NEW_PHONE}
    begun = stack.post("/v1/me/contact", asked, headers=eni)
    assert begun.status_code == 202, begun.text
    wait_until(lambda: bool(told(stack, NEW_PHONE)), seconds=20)
    code = re.search(r"\b[0-9]{6}\b", told(stack, NEW_PHONE)[0])
    assert code
    typed = {"proof_id": begun.json()["proof_id"], "phone_code": code[0]}
    profile = stack.post("/v1/me/contact/finish", typed, headers=eni)
    assert profile.json()["phone"] == "+6281255500402", profile.text
    assert sign_in(stack, NEW_PHONE, "rahasia-lain") == 201
    assert sign_in(stack, ENI["phone"], "rahasia-lain") == 401

    lost = {name: ENI[name] for name in ("nik", "birth_date", "name", "phone")} | {"email": NEW_EMAIL}
    officer = stack.sign_in("petugas.trk")
    begun = stack.post("/v1/offices/TRK/recoveries", lost, headers=officer)
    assert begun.status_code == 202, begun.text
    phone, email = stack.codes(ENI["phone"], NEW_EMAIL, after=(*registered, phone, email))
    chosen = {"phone_code": phone, "email_code": email, "password": "rahasia-ketiga"}
    session = stack.post("/v1/recoveries/finish", {"proof_id": begun.json()["proof_id"], **chosen})
    assert session.status_code == 201, session.text
    assert sign_in(stack, NEW_EMAIL, "rahasia-ketiga") == 201
