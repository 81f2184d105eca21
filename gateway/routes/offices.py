"""Offices, and when one can come to them."""

from typing import get_args

import orjson
from falcon.asgi import Request, Response

from contracts import schema
from contracts.events.booking import OfficeChanged
from contracts.requests.availability import GetAvailability
from contracts.requests.booking import Days, ListDays, ListSlots, Offices, Slots
from contracts.schema import UNKNOWN_CHOICE, InvalidMessage
from contracts.words import OfficeStatus
from gateway.availability import AvailabilityCopies
from gateway.backend import Backend
from gateway.commands import load_query, outside
from gateway.offices import OfficeDirectory
from gateway.operation import Operation, Parameter
from gateway.tagged import Tagged, answer_tagged

_SERVICE = Parameter(contract=ListSlots, field="for_service")
_DATE = Parameter(contract=ListSlots, field="date")
_DISTRICT = Parameter(contract=ListSlots, field="district", required=False)
_SLOTS_REFUSED = ("unknown_office", "office_not_open", "unknown_service_here")
_STATUS = Parameter(contract=OfficeChanged, field="status", required=False)


class OfficeList:
    """/v1/offices."""

    def __init__(self, directory: OfficeDirectory) -> None:
        self._directory = directory

    @Operation(
        answers=Offices, query={"status": _STATUS}, asks_service=False, refusals=("service_unavailable",)
    )
    async def on_get(self, req: Request, resp: Response) -> None:
        """List all offices of the country, or those of one status. Answered from memory, with an ETag."""
        answer_tagged(req, resp, self._directory.rendered(_wanted_status(req)))


class Office:
    """/v1/offices/{office}."""

    def __init__(self, directory: OfficeDirectory) -> None:
        self._directory = directory

    @Operation(answers=OfficeChanged, asks_service=False, refusals=("service_unavailable", "unknown_office"))
    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """Read one office. Answered from memory, with an ETag."""
        found = self._directory.find(office)
        answer_tagged(req, resp, Tagged.of(orjson.dumps(schema.dump(found))))


class OfficeDays:
    """/v1/offices/{office}/days."""

    def __init__(self, backend: Backend, directory: OfficeDirectory) -> None:
        self._backend = backend
        self._directory = directory

    @Operation(answers=Days, query={"service": _SERVICE}, refusals=_SLOTS_REFUSED)
    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """List the days on which an office has slots for a service, with the places left."""
        self._directory.find(office)
        query = load_query(ListDays, req, {"service": "for_service"}, office=office)
        resp.data = orjson.dumps(await self._backend.ask_plain(query))


class OfficeSlots:
    """/v1/offices/{office}/slots."""

    def __init__(self, backend: Backend, directory: OfficeDirectory, copies: AvailabilityCopies) -> None:
        self._backend = backend
        self._directory = directory
        self._copies = copies

    @Operation(
        answers=Slots,
        query={"service": _SERVICE, "date": _DATE, "district": _DISTRICT},
        refusals=(*_SLOTS_REFUSED, "unknown_district"),
    )
    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """List the slots of a day of the office's own calendar; times are UTC.

        Answered from a copy that booking keeps fresh, with an ETag. With a district of the office's list each
        slot says whether somebody who sets out there can be at the office in time; those out of reach are in
        the list too, and there is no ETag.
        """
        self._directory.find(office)
        day = self._copies.meant_by(*_words(req)) or self._understand(req, office)
        if day is not None:
            state = self._copies.ready(day) or await self._copies.state(day)
            answer_tagged(req, resp, state.tagged)
            return
        resp.data = orjson.dumps(await self._backend.ask_plain(_slots_asked(req, office)))

    def _understand(self, req: Request, office: str) -> GetAvailability | None:
        """Read which day is meant, once for all who ask in the same words; None with a district."""
        query = _slots_asked(req, office)
        if query.district is not None:
            return None
        day = GetAvailability(office=office, for_service=query.for_service, date=query.date)
        self._copies.learn(*_words(req), day)
        return day


def _words(req: Request) -> tuple[str, bytes]:
    """Return the address as it came."""
    return req.scope["path"], req.scope["query_string"]


def _slots_asked(req: Request, office: str) -> ListSlots:
    """Read a query for slots. Raises InvalidMessage."""
    names = {"service": "for_service", "date": "date", "district": "district"}
    return load_query(ListSlots, req, names, office=office)


def _wanted_status(req: Request) -> OfficeStatus | None:
    text = req.get_param("status")
    if text is None:
        return None
    for status in get_args(OfficeStatus):
        if text == status:
            return status  # type: ignore[no-any-return]  # one of the Literal's own words
    raise InvalidMessage((outside("parameter", "status", UNKNOWN_CHOICE),))
