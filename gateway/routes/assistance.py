"""Officers book for people who cannot do it alone."""

import orjson
from falcon import HTTP_201
from falcon.asgi import Request, Response

from contracts.requests.assistance import BookWithAssistance
from contracts.requests.booking import Booking
from contracts.words import Role
from gateway.auth import require
from gateway.backend import Backend
from gateway.commands import Header, load_body, read_json
from gateway.operation import Operation, Parameter
from gateway.routes.bookings import IdempotencyKeyMissing

_OFFICERS: tuple[Role, ...] = ("officer", "head")
_KEY = Parameter(contract=BookWithAssistance, field="idempotency_key")


class AssistedBookings:
    """/v1/offices/{office}/assisted-bookings."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(
        takes=BookWithAssistance,
        given=("office", "officer_id", "role", "idempotency_key"),
        headers={"Idempotency-Key": _KEY},
        answers=Booking,
        status=201,
        roles=_OFFICERS,
        refusals=(
            "other_office",
            "idempotency_key_missing",
            "idempotency_key_reused",
            "consent_missing",
            "bad_nik",
            "birth_date_not_of_nik",
            "bad_phone",
            "unknown_office",
            "assistance_limit",
            "unknown_slot",
            "slot_full",
            "slot_over",
            "applicant_has_booking",
            "office_not_open",
            "not_of_class",
            "unknown_dependent",
        ),
    )
    async def on_post(self, req: Request, resp: Response, office: str) -> None:
        """Take a place for somebody with their consent; the answer has the ticket, to be printed for them.

        The audit log keeps who did it. The same key answers the same booking, however often it is sent.
        """
        access = require(req, _OFFICERS, office)
        key = req.get_header("Idempotency-Key")
        if key is None:
            raise IdempotencyKeyMissing
        command = load_body(
            BookWithAssistance,
            await read_json(req),
            office=office,
            officer_id=access.subject,
            role=access.role,
            idempotency_key=Header(name="Idempotency-Key", value=key),
        )
        resp.data = orjson.dumps(await self._backend.ask_plain(command))
        resp.status = HTTP_201
