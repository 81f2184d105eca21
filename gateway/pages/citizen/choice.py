"""What somebody has chosen on the way to a ticket, as the pages' addresses carry it.

/kantor/{office}                            the office
/kantor/{office}/{service}                  ... and what for
/kantor/{office}/{service}/{day}            ... and when
/kantor/{office}/{service}/{day}/{slot_id}  all of it; ?dari= is the district where one sets out
/bantu/...                                  the same, by who books for somebody else
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import get_args
from urllib.parse import parse_qs, urlencode, urlsplit

import falcon
from falcon.asgi import Request

from chassis.log import get_logger
from contracts.events.booking import OfficeChanged
from contracts.refusals import Refused
from contracts.requests.assistance import ListAssistedSlots
from contracts.requests.booking import ListSlots, Slot, Slots
from contracts.schema import InvalidMessage, load
from contracts.words import ServiceCode
from gateway.pages.forms import iso_date
from gateway.pages.site import Site

COME_EARLIER = timedelta(minutes=30)
"""How long before their hour people are asked to be there; the rule in use at the offices."""

_CHOSEN = re.compile(r"/kantor/([A-Z]{3})/([a-z]+)/(\d{4}-\d{2}-\d{2})/([^/]+)")

log = get_logger(__name__)


HOUR_IS_GONE = frozenset({"slot_full", "slot_over", "unknown_slot"})
"""The codes by which booking says that the chosen hour cannot be had; other hours help then."""


class HourGone(Refused):
    """The chosen hour cannot be had any more."""


class SlotGone(HourGone):
    """The slot is not, or no longer, among those of its day."""

    code = "unknown_slot"


class SlotTaken(HourGone):
    """Others took the last place while somebody registered, or thought it over."""

    code = "slot_full"


class NoSuchDay(Refused):
    """What was asked for as a day is none."""

    code = "no_such_day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An office, a service, and as soon as they are chosen a day and where one comes from."""

    office: OfficeChanged
    service: str
    day: date | None = None
    district: str | None = None
    is_assisted: bool = False

    @classmethod
    def of(cls, site: Site, path: Mapping[str, str], req: Request, *, is_assisted: bool = False) -> "Choice":
        """Read the choice from a page's address; the first service unless one is named.

        Raises UnknownOffice, NoSuchDay, HTTPNotFound.
        """
        office = site.directory.find(path["office"])
        service = path.get("service") or next(iter(office.services), "new")
        return cls(
            office=office,
            service=_service(service),
            day=day_of(path["day"]) if "day" in path else None,
            district=req.get_param("dari") or None,
            is_assisted=is_assisted,
        )

    def on(self, day: date | None) -> "Choice":
        """Return the same choice on another day."""
        return replace(self, day=day)

    @property
    def asked(self) -> dict[str, object]:
        """The same as the fields of a request about the day."""
        told: dict[str, object] = {"office": self.office.office, "for_service": self.service}
        if self.day is not None:
            told["date"] = self.day.isoformat()
        return told if self.district is None else {**told, "district": self.district}

    @property
    def base(self) -> str:
        """The page of the office and the service."""
        return self.of_service(self.service)

    def of_service(self, service: str) -> str:
        """The page of the office and another service."""
        return f"{'/bantu' if self.is_assisted else '/kantor'}/{self.office.office}/{service}"

    @property
    def query(self) -> str:
        """What addresses end with, so that the district is not asked for again."""
        return "" if self.district is None else f"?{urlencode({'dari': self.district})}"

    @property
    def address(self) -> str:
        """The page with the hours of the day."""
        return f"{self.base}/{self.day}{self.query}" if self.day else f"{self.base}{self.query}"

    def slot_address(self, slot_id: str) -> str:
        """The page on which the hour is booked."""
        return f"{self.base}/{self.day}/{slot_id}{self.query}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenHour:
    """An hour that waits for somebody to register or sign in; `slot` is None when it cannot be had."""

    choice: Choice
    slot: Slot | None


def leave_by(slot: Slot, travel_minutes: int | None) -> datetime | None:
    """Say when somebody has to set out to be there in good time, where the way is known."""
    if travel_minutes is None:
        return None
    return slot.starts_at - COME_EARLIER - timedelta(minutes=travel_minutes)


async def slots_of(site: Site, choice: Choice) -> Slots:
    """Ask for the slots of the chosen day; with a district each says whether it is in reach."""
    try:
        query = load(ListAssistedSlots if choice.is_assisted else ListSlots, choice.asked)
    except InvalidMessage:
        raise falcon.HTTPNotFound from None
    return await site.backend.ask(query)


def bookable(slots: Slots, slot_id: str) -> Slot:
    """Return a slot of the day that somebody can still book, be it of a priority class. Raises HourGone."""
    slot = next((slot for slot in slots.slots if slot.slot_id == slot_id), None)
    if slot is None:
        raise SlotGone
    if not slot.places_left and not slot.priority_places_left:
        raise SlotTaken
    return slot


async def chosen_hour(site: Site, address: str) -> ChosenHour | None:
    """Return the hour that the address of a confirmation is about, to show what is kept meanwhile.

    None for any other address, and where it cannot be told: the confirmation itself says why.
    """
    parts = urlsplit(address)
    match = _CHOSEN.fullmatch(parts.path)
    if match is None:
        return None
    district = parse_qs(parts.query).get("dari", [None])[0]
    try:
        choice = Choice(
            office=site.directory.find(match[1]),
            service=_service(match[2]),
            day=day_of(match[3]),
            district=district,
        )
        answer = await slots_of(site, choice)
    except (Refused, falcon.HTTPNotFound) as unknown:
        log.info("chosen_hour_not_told", address=parts.path, reason=str(unknown))
        return None
    return ChosenHour(
        choice=choice, slot=next((one for one in answer.slots if one.slot_id == match[4]), None)
    )


def day_of(text: str) -> date:
    """Read the day that an address or a form names. Raises NoSuchDay."""
    try:
        return date.fromisoformat(iso_date(text))
    except ValueError:
        raise NoSuchDay from None


def _service(service: str) -> str:
    """Return a service that there is; whether the office offers it is booking's to say."""
    if service not in get_args(ServiceCode):
        raise falcon.HTTPNotFound
    return service
