"""The days and hours of an office and a service, as far as a page shows them."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import cast

from contracts.office_plan import NoShowPlan
from contracts.refusals import Refused
from contracts.requests.assistance import ListAssistedDays
from contracts.requests.booking import Day, Days, ListDays, Slot, Slots
from contracts.requests.travel import District, ListDistricts
from contracts.requests.why import DayExplanation, ExplainDay
from contracts.schema import OUT_OF_RANGE, load
from contracts.words import Locale, ServiceCode
from gateway.explanations import explanation
from gateway.pages.citizen.choice import Choice, slots_of
from gateway.pages.forms import faults_of
from gateway.pages.site import Site

MOST_NEAREST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """The days with slots, and the hours of one of them; `why` says why that one has no place.

    `prepaid_amount` is what each person pays before a place is sure; None where nobody does; the place
    is kept for it for `hold_minutes`. `no_show` is what follows for who does not come; None where nothing is.

    `choice` has the day that is shown: the one asked for, else the first with a place.
    """

    choice: Choice
    days: tuple[Day, ...]
    next_release_at: datetime | None
    slots: tuple[Slot, ...]
    districts: tuple[District, ...]
    why: str | None
    prepaid_amount: int | None = None
    hold_minutes: int | None = None
    no_show: NoShowPlan | None = None

    @property
    def is_full(self) -> bool:
        """Whether no day has a place left for anybody."""
        return bool(self.days) and not any(day.places_left for day in self.days)

    @property
    def can_wait(self) -> bool:
        """Whether to offer the waitlist: the day that is shown has slots, and all of them are taken."""
        return self.is_full or (bool(self.slots) and not any(slot.places_left for slot in self.slots))

    def nearest_to(self, slot_id: str) -> list[Slot]:
        """Return the free hours nearest to one that is gone, in order of time."""
        free = [slot for slot in self.slots if is_free(slot) and slot.slot_id != slot_id]
        gone = next((slot for slot in self.slots if slot.slot_id == slot_id), None)
        if gone is not None:
            free.sort(key=lambda slot: abs(slot.starts_at - gone.starts_at))
        return sorted(free[:MOST_NEAREST], key=lambda slot: slot.starts_at)


def is_free(slot: Slot) -> bool:
    """Tell whether anybody can still book the hour and be there in time."""
    return slot.places_left > 0 and slot.reach in {None, "in_time"}


async def timetable_of(site: Site, choice: Choice, locale: Locale) -> Timetable:
    """Ask for the days, and for the hours of the chosen one or the first with a place. Raises Refused."""
    days, districts = await asyncio.gather(
        site.backend.ask(
            load(
                ListAssistedDays if choice.is_assisted else ListDays,
                {"office": choice.office.office, "for_service": choice.service},
            )
        ),
        site.backend.ask(ListDistricts(office=choice.office.office)),
    )
    known = choice.on(choice.day or first_free(days.days))
    slots = _no_slots(days) if known.day is None else await slots_of(site, known)
    none_left = known.day is not None and not any(is_free(slot) for slot in slots.slots)
    return Timetable(
        choice=known,
        days=days.days,
        next_release_at=days.next_release_at,
        slots=slots.slots,
        districts=districts.districts,
        why=await _why(site, known, locale) if none_left else None,
        prepaid_amount=slots.prepaid_amount,
        hold_minutes=slots.hold_minutes,
        no_show=days.no_show,
    )


def first_free(days: Sequence[Day]) -> date | None:
    """Return the first day with a place, else the first with one for the priority classes, else the first."""
    free = [day for day in days if day.places_left] or [day for day in days if day.priority_places_left]
    return next((day.date for day in (*free, *days)), None)


def _no_slots(days: Days) -> Slots:
    return Slots(office=days.office, service=days.service, date=date.min, slots=())


def _years_away(choice: Choice, day: date) -> DayExplanation:
    """Say of a day too far away for booking to know its holidays that it is past, or yet to come."""
    return DayExplanation(
        office=choice.office.office,
        service=cast(ServiceCode, choice.service),
        date=day,
        answer="day_over" if day < datetime.now(UTC).date() else "not_released",
    )


async def _why(site: Site, choice: Choice, locale: Locale) -> str:
    try:
        told = await site.backend.ask(load(ExplainDay, choice.asked))
    except Refused as refused:
        if choice.day is None or faults_of(refused) != {"date": OUT_OF_RANGE}:
            raise
        told = _years_away(choice, choice.day)
    return explanation(told, choice.office, locale)
