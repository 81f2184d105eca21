"""An office as booking knows it: how far its rollout is, and how it cuts and releases its slots."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from contracts.hall import USUAL_RULES, HallRules
from contracts.place import Place
from contracts.words import OfficeStatus, ServiceCode
from services.booking.domain.no_show import NoShowRule
from services.booking.domain.release import TWO_WEEKS, ReleaseRule
from services.booking.domain.rollout import SELLING_STATUSES
from services.booking.domain.service_form import ServiceForm


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """One office; `version` counts the changes of what others may see of it.

    `covers` names the cities and regencies whose people belong to it, where that is told.
    `forms` are the services as the office decided about them; others have `slot_capacity` places in one slot.
    What is protected is so until `protection_hours` before a slot.
    `no_show` is what follows for who does not come; where there is none, nothing does.
    `sells_running_slots` gives places until a slot's end (people walk in), otherwise until its start.
    """

    code: str
    name: str
    office_class: str
    city: str
    province: str
    timezone: str
    status: OfficeStatus
    services: tuple[ServiceCode, ...]
    counters: int
    slot_minutes: int = 60
    slot_capacity: int = 6
    forms: tuple[ServiceForm, ...] = ()
    protection_hours: int = 24
    sells_running_slots: bool = False
    observes_holidays: bool = True
    place: Place | None = None
    covers: tuple[str, ...] = ()
    hall: HallRules = USUAL_RULES
    release: ReleaseRule = TWO_WEEKS
    no_show: NoShowRule | None = None
    version: int = 1

    @property
    def is_selling(self) -> bool:
        """Whether its slots can be booked in its present rollout status."""
        return self.status in SELLING_STATUSES

    def form_of(self, service: ServiceCode) -> ServiceForm:
        """Return what a visit for a service takes."""
        usual = ServiceForm(service=service, places=self.slot_capacity)
        return next((form for form in self.forms if form.service == service), usual)

    @property
    def zone(self) -> ZoneInfo:
        """The zone of its clocks."""
        return ZoneInfo(self.timezone)


def sell_until(starts_at: datetime, ends_at: datetime, *, sells_running_slots: bool) -> datetime:
    """Return the instant from which a slot is no longer given out."""
    return ends_at if sells_running_slots else starts_at
