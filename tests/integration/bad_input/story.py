"""A running system in the middle of a day: who booked, who gave up, who waits in the hall."""

import json
import uuid
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import requests

from contracts.access import Access, AccessSigner
from contracts.keys import SigningKey
from contracts.ticket import Ticket, TicketSigner
from tests.integration.bad_input.bad import ELSEWHERE, OFFICE, PASSWORD, Bad
from tests.processes import wait_until
from tests.stack import Stack

ZONE = ZoneInfo("Asia/Makassar")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the story fills into requests."""

    nothing: str
    planned: str
    full: str
    later: str
    andis_code: str
    andis_ticket: str
    later_ticket: str
    tampered_ticket: str
    expired_ticket: str
    cancelled_ticket: str
    cancelled_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A running system in which Andi is called in the hall, Budi gave up, and Dewi comes another day."""

    stack: Stack
    people: dict[str, dict[str, str]]
    words: Words

    def send(self, bad: Bad, language: str) -> requests.Response:
        """Send a bad request in one language."""
        method, _, path = bad.ask.partition(" ")
        headers = {"Accept-Language": language, "Content-Type": "application/json"}
        headers |= {"Idempotency-Key": str(uuid.uuid4())} | self.people.get(bad.who or "", {}) | bad.headers
        headers = {name: value for name, value in headers.items() if value}
        body = bad.body if isinstance(bad.body, bytes) else self._filled(bad.body)
        return requests.request(
            method, self.stack.url + self._fill(path), data=body, headers=headers, timeout=20
        )

    def state(self) -> list[Any]:
        """What must not be lost: bookings, the hall, the free places, the accounts."""
        bookings = [
            self.stack.get("/v1/bookings", headers=self.people[who]).json() for who in ("andi", "budi")
        ]
        board = self.stack.get(f"/v1/offices/{ELSEWHERE}/board").json()
        return [*bookings, board["counters"], board["calls"], *counted(self.stack)]

    def _fill(self, text: str) -> str:
        return text.format(**asdict(self.words)) if "{" in text else text

    def _filled(self, body: object) -> bytes:
        if not isinstance(body, dict):
            return b""
        filled = {key: self._fill(value) if isinstance(value, str) else value for key, value in body.items()}
        return json.dumps(filled).encode()


def database(stack: Stack, service: str) -> psycopg.Connection[tuple[Any, ...]]:
    """Look into a service's database."""
    return psycopg.connect(stack.database_url(service))


def counted(stack: Stack) -> list[Any]:
    """Accounts, bookings that stand, and tickets in the hall; a place returns at a moment of its own."""
    with database(stack, "booking") as booking, database(stack, "checkin") as checkin:
        return [
            booking.execute("SELECT count(*) FROM account").fetchone(),
            booking.execute("SELECT count(*) FROM booking WHERE status = 'booked'").fetchone(),
            checkin.execute("SELECT count(*) FROM queue_ticket").fetchone(),
        ]


def register(stack: Stack, number: int, name: str) -> dict[str, str]:
    """Register a citizen and sign in."""
    email = f"{name.lower()}@contoh.id"
    person = {
        "nik": f"657101150190{number}",
        "birth_date": "1990-01-15",
        "sex": "male",
        "name": name,
        "display_name": name,
        "phone": f"0812 5550 {number}",
        "email": email,
        "password": PASSWORD,
    }
    return stack.register(person)


def slots(stack: Stack, days: int) -> list[str]:
    """The slots of the office, so many days from today on its own calendar."""
    day = datetime.now(ZONE).date() + timedelta(days=days)
    answer = stack.get(f"/v1/offices/{OFFICE}/slots?service=renewal&date={day}")
    return [slot["slot_id"] for slot in answer.json()["slots"]]


def book(stack: Stack, who: dict[str, str], slot_id: str, key: str = "") -> dict[str, Any]:
    """Book a slot."""
    headers = {**who, "Idempotency-Key": key or str(uuid.uuid4())}
    answer = stack.post("/v1/bookings", {"slot_id": slot_id}, headers=headers)
    assert answer.status_code == 201, answer.text
    booking: dict[str, Any] = answer.json()
    return booking


def expired_ticket(stack: Stack) -> str:
    """A genuine ticket whose time is over."""
    past = datetime.now(UTC) - timedelta(days=1)
    visit = Ticket(
        booking_id=str(uuid.uuid4()),
        office=OFFICE,
        date=past.date(),
        starts_at=past,
        minutes=60,
        service="renewal",
        priority="regular",
        version=1,
        expires_at=past + timedelta(hours=1),
    )
    key = (stack.folder / "keys" / "ticket-signing.jwk").read_text()
    return TicketSigner(SigningKey.from_json(key)).sign(visit)


def expired_token(stack: Stack) -> str:
    """A genuine access token whose time is over."""
    past = datetime.now(UTC) - timedelta(hours=1)
    access = Access(
        subject=str(uuid.uuid4()), role="citizen", office=None, display_name="Andi", expires_at=past
    )
    key = (stack.folder / "keys" / "access-signing.jwk").read_text()
    return AccessSigner(SigningKey.from_json(key)).sign(access, now=past - timedelta(hours=1))


def give_up(stack: Stack, who: dict[str, str], booking: dict[str, Any]) -> None:
    """Cancel a booking, and wait until check-in has heard of it."""
    url = f"{stack.url}/v1/bookings/{booking['code']}"
    requests.delete(url, headers=who, timeout=20).raise_for_status()
    query = "SELECT 1 FROM expected_ticket WHERE code = %s AND cancelled"

    def heard() -> bool:
        with database(stack, "checkin") as connection:
            return connection.execute(query, [booking["code"]]).fetchone() is not None

    wait_until(heard)


def let_wait(stack: Stack, who: dict[str, str]) -> None:
    """Let somebody wait at the office, as if they had missed visits there."""
    me = stack.get("/v1/me/export", headers=who).json()["account"]["person_id"]
    wait = json.dumps({OFFICE: "2999-01-01T00:00:00+08:00"})
    with database(stack, "booking") as connection:
        connection.execute("UPDATE account SET waits = %s WHERE person_id = %s", [wait, me])


def is_on_board(stack: Stack, office: str, counter: int) -> bool:
    """Whether an office's board shows a counter."""
    board = stack.get(f"/v1/offices/{office}/board").json()
    return counter in (shown["counter"] for shown in board["counters"])


def is_called(stack: Stack, who: dict[str, str]) -> bool:
    """Whether booking has heard that somebody's only ticket was called."""
    (booking,) = stack.get("/v1/bookings", headers=who).json()["bookings"]
    return bool(booking["visit"]) and booking["visit"]["state"] == "called"


def signed_out_everywhere(stack: Stack) -> dict[str, str]:
    """An officer's headers, once the gateway has heard that their sessions were ended."""
    headers = stack.sign_in(f"petugas.{OFFICE.lower()}")
    requests.delete(f"{stack.url}/v1/me/sessions", headers=headers, timeout=20).raise_for_status()
    wait_until(lambda: stack.get("/v1/bookings", headers=headers).status_code == 401)
    return headers


def people_of(stack: Stack) -> dict[str, dict[str, str]]:
    """Everybody's headers."""
    people = {
        name.lower(): register(stack, number, name)
        for number, name in enumerate(("Andi", "Budi", "Citra", "Dewi"), 7001)
    }
    forged = f"{people['andi']['Authorization'][:-4]}AAAA"
    return people | {
        "signed_out": signed_out_everywhere(stack),
        "kiosk": stack.sign_in(f"kios.{OFFICE.lower()}"),
        "kiosk_elsewhere": stack.sign_in(f"kios.{ELSEWHERE.lower()}"),
        "officer": stack.sign_in(f"petugas.{OFFICE.lower()}"),
        "head": stack.sign_in(f"kepala.{OFFICE.lower()}"),
        "head_elsewhere": stack.sign_in(f"kepala.{ELSEWHERE.lower()}"),
        "village": stack.sign_in("desa.malinau"),
        "village_elsewhere": stack.sign_in("desa.bengkayang"),
        "officer_elsewhere": stack.sign_in(f"petugas.{ELSEWHERE.lower()}"),
        "tampered": {"Authorization": forged},
        "expired": {"Authorization": f"Bearer {expired_token(stack)}"},
    }
