"""What the scripted services answer to officers and village clerks who book for people."""

from collections.abc import Callable
from typing import Any

from contracts.requests import Request
from contracts.requests.assistance import GetVillage, ListAssistedDays, ListAssistedSlots, Village
from contracts.requests.booking import Days, Slots
from tests.e2e import samples

MALINAU = "Kabupaten Malinau"

OF_THE_CLERK: dict[type[Request[Any]], Callable[[Any], Any]] = {
    GetVillage: lambda _: Village(district=MALINAU, offices=("TRK",)),
    ListAssistedDays: lambda wanted: Days(
        office=wanted.office, service=wanted.for_service, days=samples.days()
    ),
    ListAssistedSlots: lambda wanted: Slots(
        office=wanted.office,
        service=wanted.for_service,
        date=wanted.date,
        slots=samples.slots(wanted.date),
        travel_minutes=240 if wanted.district else None,
    ),
}
