"""Bookings of the person who is signed in."""

from collections.abc import Mapping
from typing import Any, TypeVar

import orjson
from falcon import HTTP_201
from falcon.asgi import Request, Response

from contracts import schema
from contracts.access import Access
from contracts.refusals import Refused
from contracts.requests.booking import (
    Booking,
    Bookings,
    BookSlot,
    CancelBooking,
    CancelParty,
    GetBooking,
    ListBookings,
    RescheduleBooking,
)
from contracts.schema import InvalidMessage
from contracts.words import Role
from gateway.auth import require
from gateway.backend import Backend
from gateway.commands import Header, load_body, read_json
from gateway.operation import Operation, Parameter

CITIZEN: tuple[Role, ...] = ("citizen",)
ROUTE = "/v1/bookings"

C = TypeVar("C")

_KEY = Parameter(contract=BookSlot, field="idempotency_key")
_CANCELLING = ("unknown_booking", "booking_over", "booking_changed", "visit_begun")


class IdempotencyKeyMissing(Refused):
    """The booking has no Idempotency-Key header."""

    code = "idempotency_key_missing"


class UnknownBooking(Refused):
    """The address names no booking that could be; data: `code`."""

    code = "unknown_booking"


class BookingList:
    """/v1/bookings."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(
        takes=BookSlot,
        given=("person_id", "idempotency_key"),
        headers={"Idempotency-Key": _KEY},
        answers=Booking,
        status=201,
        roles=CITIZEN,
        refusals=(
            "idempotency_key_missing",
            "idempotency_key_reused",
            "unknown_account",
            "unknown_slot",
            "slot_full",
            "slot_over",
            "already_booked",
            "office_not_open",
            "party_size",
            "unknown_dependent",
            "not_of_class",
            "too_many_holds",
            "no_show_wait",
        ),
    )
    async def on_post(self, req: Request, resp: Response) -> None:
        """Take a place in a slot, for up to five people together: all of them get one, or nobody.

        The same key answers the same booking, however often it is sent.
        """
        person = require(req, CITIZEN)
        key = req.get_header("Idempotency-Key")
        if key is None:
            raise IdempotencyKeyMissing
        command = booking_command(person, await read_json(req), key=key)
        booking = await self._backend.ask_plain(command)
        resp.data = orjson.dumps(booking)
        resp.status = HTTP_201
        resp.set_header("location", location_of(booking))

    @Operation(answers=Bookings, roles=CITIZEN)
    async def on_get(self, req: Request, resp: Response) -> None:
        """List the person's own bookings, newest first."""
        person = require(req, CITIZEN)
        resp.data = orjson.dumps(await self._backend.ask_plain(ListBookings(person_id=person.subject)))


class SingleBooking:
    """/v1/bookings/{code}."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(answers=Booking, roles=CITIZEN, refusals=("unknown_booking",))
    async def on_get(self, req: Request, resp: Response, code: str) -> None:
        """Read one of the person's own bookings."""
        query = own_booking(GetBooking, req, code)
        resp.data = orjson.dumps(await self._backend.ask_plain(query))

    @Operation(answers=Booking, roles=CITIZEN, refusals=_CANCELLING)
    async def on_delete(self, req: Request, resp: Response, code: str) -> None:
        """Cancel a booking; one that is cancelled already stays so and is answered the same.

        The others of a party keep theirs.
        """
        command = own_booking(CancelBooking, req, code)
        resp.data = orjson.dumps(await self._backend.ask_plain(command))


class WholeParty:
    """/v1/bookings/{code}/party."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(answers=Booking, roles=CITIZEN, refusals=_CANCELLING)
    async def on_delete(self, req: Request, resp: Response, code: str) -> None:
        """Cancel the bookings of all who come together with this one."""
        command = own_booking(CancelParty, req, code)
        resp.data = orjson.dumps(await self._backend.ask_plain(command))


class Reschedule:
    """/v1/bookings/{code}/reschedule."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(
        takes=RescheduleBooking,
        given=("person_id", "code"),
        answers=Booking,
        roles=CITIZEN,
        refusals=(
            *_CANCELLING,
            "booking_cancelled",
            "payment_due",
            "hold_ended",
            "already_booked",
            "reschedule_limit",
            "too_late_to_reschedule",
            "reschedule_elsewhere",
            "unknown_slot",
            "slot_full",
            "slot_over",
            "office_not_open",
        ),
    )
    async def on_post(self, req: Request, resp: Response, code: str) -> None:
        """Move a booking, and all who come together, to another time of the same office and service.

        Done again it changes nothing. The old ticket is replaced by a new one.
        """
        of = own_booking(GetBooking, req, code)
        command = load_body(RescheduleBooking, await read_json(req), person_id=of.person_id, code=of.code)
        resp.data = orjson.dumps(await self._backend.ask_plain(command))


def booking_command(person: Access, body: object, *, key: str) -> BookSlot:
    """Build the command to book from a request's body and Idempotency-Key. Raises InvalidMessage."""
    header = Header(name="Idempotency-Key", value=key)
    return load_body(BookSlot, body, person_id=person.subject, idempotency_key=header)


def location_of(booking: Mapping[str, Any]) -> str:
    """Return the address of a booking as it travelled."""
    return f"{ROUTE}/{booking['code']}"


def own_booking(contract: type[C], req: Request, code: str) -> C:
    """Build a request about one booking of who asks.

    Raises UnknownBooking for what can be no booking's code, and what `require` raises.
    """
    person = require(req, CITIZEN)
    try:
        return schema.load(contract, {"person_id": person.subject, "code": code.upper()})
    except InvalidMessage as invalid:
        raise UnknownBooking(code=code) from invalid
