"""What booking answers about its offices: their plans, their days and hours, and why there is none."""

from typing import Any

from chassis.database import Transaction
from chassis.requests import answers
from contracts.events import AvailabilityChanged
from contracts.requests.availability import GetAvailability
from contracts.requests.booking import (
    AffectedBookings,
    Days,
    ListAffectedBookings,
    ListDays,
    ListOffices,
    ListSlots,
    Offices,
    Slots,
)
from contracts.requests.office_head import (
    DraftClosures,
    GetOfficePlan,
    GetOfficeSchedule,
    OfficeSchedule,
    PlanPreview,
    PlanReading,
    PresentPlan,
    PreviewOfficePlan,
    ReadPlanText,
)
from contracts.requests.outages import BookingOutages, ListOwnOutages
from contracts.requests.travel import Districts, ListDistricts
from contracts.requests.why import DayExplanation, ExplainDay
from services.booking.handlers import (
    availability,
    day_answers,
    offices,
    outages,
    plan_drafts,
    plans,
    schedules,
    slots,
    travel,
)


class OfficeAnswers:
    """A part of the service; whoever has it gives it settings and transactions."""

    settings: Any
    transactions: Any

    @answers(ListOffices)
    def list_offices(self, tx: Transaction, query: ListOffices) -> Offices:
        """Read all offices."""
        return offices.list_offices(tx, query)

    @answers(ListAffectedBookings)
    def list_affected_bookings(self, tx: Transaction, query: ListAffectedBookings) -> AffectedBookings:
        """Read which bookings an office's calendar stands against."""
        return plans.list_affected_bookings(tx, query)

    @answers(ListOwnOutages)
    def list_own_outages(self, tx: Transaction, query: ListOwnOutages) -> BookingOutages:
        """Read which of a person's bookings are affected."""
        return outages.list_own_outages(tx, query)

    @answers(ListDistricts)
    def list_districts(self, tx: Transaction, query: ListDistricts) -> Districts:
        """Read from which districts an office knows the way."""
        return travel.list_districts(tx, query)

    @answers(GetOfficeSchedule)
    def get_office_schedule(self, tx: Transaction, query: GetOfficeSchedule) -> OfficeSchedule:
        """Read the coming days of an office."""
        return schedules.get_office_schedule(tx, query)

    @answers(GetOfficePlan)
    def get_office_plan(self, tx: Transaction, query: GetOfficePlan) -> PresentPlan:
        """Read the plan of an office that is in force."""
        return plan_drafts.get_office_plan(tx, query)

    @answers(DraftClosures)
    def draft_closures(self, tx: Transaction, query: DraftClosures) -> PresentPlan:
        """Write an office's plan with other closures."""
        return plan_drafts.draft_closures(tx, query)

    @answers(ReadPlanText)
    def read_plan_text(self, _tx: Transaction, query: ReadPlanText) -> PlanReading:
        """Understand a plan written as YAML."""
        return plan_drafts.read_plan_text_of(query)

    @answers(PreviewOfficePlan)
    def preview_office_plan(self, _tx: Transaction, query: PreviewOfficePlan) -> PlanPreview:
        """Say what a plan would change."""
        return plan_drafts.preview_office_plan(self.transactions, query)

    @answers(ExplainDay)
    def explain_day(self, tx: Transaction, query: ExplainDay) -> DayExplanation:
        """Read why a day has no place."""
        return day_answers.explain_day(tx, query)

    @answers(ListSlots)
    def list_slots(self, tx: Transaction, query: ListSlots) -> Slots:
        """Read the slots of a day."""
        return slots.list_slots(tx, query, hold_lasts=self.settings.hold_lasts)

    @answers(GetAvailability)
    def get_availability(self, tx: Transaction, query: GetAvailability) -> AvailabilityChanged:
        """Read the places of a day, for a copy of them."""
        return availability.get_availability(tx, query, hold_lasts=self.settings.hold_lasts)

    @answers(ListDays)
    def list_days(self, tx: Transaction, query: ListDays) -> Days:
        """Read the days with slots."""
        return slots.list_days(tx, query)
