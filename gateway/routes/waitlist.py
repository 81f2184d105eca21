"""The waitlist of the person who is signed in."""

import orjson
from falcon import HTTP_201
from falcon.asgi import Request, Response

from contracts.requests.booking import Booking
from contracts.requests.waitlist import (
    AcceptOffer,
    JoinWaitlist,
    LeaveWaitlist,
    ListWaitlist,
    Waitlist,
    WaitlistEntry,
)
from gateway.auth import require
from gateway.backend import Backend
from gateway.commands import load_body, read_json
from gateway.operation import Operation
from gateway.routes.bookings import CITIZEN


class WaitlistResource:
    """/v1/waitlist."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(
        takes=JoinWaitlist,
        given=("person_id",),
        answers=WaitlistEntry,
        status=201,
        roles=CITIZEN,
        refusals=(
            "unknown_office",
            "office_not_open",
            "unknown_service_here",
            "unknown_account",
            "already_booked",
            "already_waiting",
            "no_show_wait",
            "too_many_holds",
            "bad_wish_dates",
            "places_left",
        ),
    )
    async def on_post(self, req: Request, resp: Response) -> None:
        """Wait for a place where there is none; the next one given up is offered to who waits longest."""
        person = require(req, CITIZEN)
        command = load_body(JoinWaitlist, await read_json(req), person_id=person.subject)
        resp.data = orjson.dumps(await self._backend.ask_plain(command))
        resp.status = HTTP_201

    @Operation(answers=Waitlist, roles=CITIZEN)
    async def on_get(self, req: Request, resp: Response) -> None:
        """List the person's wishes, newest first, with what is offered."""
        person = require(req, CITIZEN)
        resp.data = orjson.dumps(await self._backend.ask_plain(ListWaitlist(person_id=person.subject)))


class SingleWish:
    """/v1/waitlist/{entry_id}."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(answers=WaitlistEntry, roles=CITIZEN, refusals=("unknown_wish",))
    async def on_delete(self, req: Request, resp: Response, entry_id: str) -> None:
        """Wait no longer; a place that is offered goes to the next."""
        person = require(req, CITIZEN)
        command = LeaveWaitlist(person_id=person.subject, entry_id=entry_id)
        resp.data = orjson.dumps(await self._backend.ask_plain(command))


class OfferAcceptance:
    """/v1/waitlist/{entry_id}/accept."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(
        answers=Booking,
        roles=CITIZEN,
        refusals=(
            "unknown_wish",
            "offer_over",
            "already_booked",
            "unknown_account",
            "no_show_wait",
            "too_many_holds",
        ),
    )
    async def on_post(self, req: Request, resp: Response, entry_id: str) -> None:
        """Take the place that is offered; done again it answers the same booking."""
        person = require(req, CITIZEN)
        command = AcceptOffer(person_id=person.subject, entry_id=entry_id)
        resp.data = orjson.dumps(await self._backend.ask_plain(command))
