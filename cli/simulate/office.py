"""An office through the public API, as its own devices and officers use it."""

import uuid
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Self
from zoneinfo import ZoneInfo

import httpx

from cli.errors import Problem
from cli.simulate.morning import Visitor

_TIMEOUT_SECONDS = 15.0
_SOON = timedelta(hours=1)
"""How long before their hour the kiosk admits people."""


class Refused(Exception):
    """The API said no; `code` is its stable word, `data` what explains it."""

    def __init__(self, code: str, sentence: str, data: dict[str, Any]) -> None:
        super().__init__(sentence)
        self.code = code
        self.data = data


class Office:
    """One office, with the sessions of an officer and of its kiosk. Use it as an async context manager."""

    def __init__(self, url: str, code: str, *, password: str) -> None:
        self.code = code
        self.url = url
        self._password = password
        self._http = httpx.AsyncClient(
            base_url=url, timeout=_TIMEOUT_SECONDS, headers={"Accept-Language": "en"}
        )
        self._officer: dict[str, str] = {}
        self._kiosk: dict[str, str] = {}

    async def __aenter__(self) -> Self:
        """Sign the officer and the kiosk in. Raises Problem."""
        try:
            self._officer = await self._sign_in(f"petugas.{self.code.lower()}")
            self._kiosk = await self._sign_in(f"kios.{self.code.lower()}")
        except httpx.TransportError as away:
            raise Problem(f"Nothing answers at {self.url}: start it with `make run`.") from away
        except Refused as refused:
            raise Problem(
                f"{self.code} has no demo officer and kiosk with this password ({refused.code}):"
                " see DEMO_PASSWORD of `antrean up --help`."
            ) from refused
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def about(self) -> dict[str, Any]:
        """Read what the office is: its services, counters and zone."""
        return await self._ask("GET", f"/v1/offices/{self.code}")

    async def book(self, visitor: Visitor, *, zone: str) -> str:
        """Take a place within the hour for somebody, as an officer does; return the ticket's text.

        Raises Refused; `slot_full` where the hour has no place left.
        """
        now = datetime.now(ZoneInfo(zone))
        asked = {"service": visitor.service, "date": now.date().isoformat()}
        slots = await self._ask("GET", self._path("assisted-slots"), self._officer, params=asked)
        coming = [
            slot
            for slot in slots["slots"]
            if slot["places_left"] and timedelta(0) < datetime.fromisoformat(slot["starts_at"]) - now <= _SOON
        ]
        if not coming:
            raise Refused("slot_full", "No place is left within the hour.", {})
        body = {
            "nik": visitor.nik,
            "name": visitor.name,
            "display_name": visitor.display_name,
            "birth_date": visitor.birth_date.isoformat(),
            "for_service": visitor.service,
            "slot_id": coming[0]["slot_id"],
            "consent": True,
            "consent_given": "spoken",
        }
        headers = {**self._officer, "Idempotency-Key": uuid.uuid4().hex}
        booking = await self._ask("POST", self._path("assisted-bookings"), headers, json=body)
        return str(booking["ticket"])

    async def scan(self, ticket: str) -> dict[str, Any]:
        """Hold a ticket to the kiosk."""
        return await self._ask("POST", self._path("scans"), self._kiosk, json={"ticket": ticket})

    async def walk_in(self, visitor: Visitor) -> dict[str, Any]:
        """Take a ticket at the kiosk without a booking."""
        body = {
            "for_service": visitor.service,
            "priority": visitor.priority,
            "display_name": visitor.display_name,
            "request_id": str(uuid.uuid4()),
        }
        return await self._ask("POST", self._path("walk-ins"), self._kiosk, json=body)

    async def at_counter(self, counter: int, deed: str, **told: Any) -> dict[str, Any]:
        """Do something at a counter: `open`, `call`, `recall`, `finish`, `no-show`, `close`."""
        return await self._ask("POST", self._path(f"counters/{counter}/{deed}"), self._officer, json=told)

    async def counter(self, counter: int) -> dict[str, Any]:
        """Read a counter as it is."""
        return await self._ask("GET", self._path(f"counters/{counter}"), self._officer)

    def _path(self, rest: str) -> str:
        return f"/v1/offices/{self.code}/{rest}"

    async def _sign_in(self, login: str) -> dict[str, str]:
        session = await self._ask("POST", "/v1/sessions", json={"login": login, "password": self._password})
        return {"Authorization": f"Bearer {session['token']}"}

    async def _ask(
        self, method: str, path: str, headers: dict[str, str] | None = None, **request: Any
    ) -> dict[str, Any]:
        answer = await self._http.request(method, path, headers=headers, **request)
        told: dict[str, Any] = answer.json()
        if answer.is_error:
            sentence = told.get("detail") or told["title"]
            raise Refused(told["code"], sentence, told)
        return told
