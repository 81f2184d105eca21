"""What booking answers about visits at home."""

from chassis.database import Transaction
from chassis.requests import answers
from contracts.requests.home_visits import (
    DeclineHomeVisit,
    FinishHomeVisit,
    HomeVisit,
    HomeVisitCases,
    HomeVisits,
    ListHomeVisits,
    ListOwnHomeVisits,
    RequestHomeVisit,
    ScheduleHomeVisit,
    WithdrawHomeVisit,
)
from services.booking.equipment import Equipment
from services.booking.handlers import home_visits


class HomeVisitAnswers(Equipment):
    """A part of the service."""

    @answers(RequestHomeVisit)
    def request_home_visit(self, tx: Transaction, command: RequestHomeVisit) -> HomeVisit:
        """Ask for a visit at home."""
        return home_visits.request_home_visit(tx, command, vault=self._vault())

    @answers(ListOwnHomeVisits)
    def list_own_home_visits(self, tx: Transaction, query: ListOwnHomeVisits) -> HomeVisits:
        """Read a person's own requests."""
        return home_visits.list_own_home_visits(tx, query, vault=self._vault())

    @answers(WithdrawHomeVisit)
    def withdraw_home_visit(self, tx: Transaction, command: WithdrawHomeVisit) -> HomeVisit:
        """Need no visit any more."""
        return home_visits.withdraw_home_visit(tx, command, vault=self._vault())

    @answers(ListHomeVisits)
    def list_home_visits(self, tx: Transaction, query: ListHomeVisits) -> HomeVisitCases:
        """Read the open requests of an office."""
        return home_visits.list_home_visits(tx, query, vault=self._vault())

    @answers(ScheduleHomeVisit)
    def schedule_home_visit(self, tx: Transaction, command: ScheduleHomeVisit) -> HomeVisit:
        """Say when the office comes."""
        return home_visits.schedule_home_visit(tx, command, vault=self._vault())

    @answers(DeclineHomeVisit)
    def decline_home_visit(self, tx: Transaction, command: DeclineHomeVisit) -> HomeVisit:
        """Say why nobody comes."""
        return home_visits.decline_home_visit(tx, command, vault=self._vault())

    @answers(FinishHomeVisit)
    def finish_home_visit(self, tx: Transaction, command: FinishHomeVisit) -> HomeVisit:
        """Say that the visit was made."""
        return home_visits.finish_home_visit(tx, command, vault=self._vault())
