"""What booking answers about how the hall shows people."""

from chassis.database import Transaction
from chassis.requests import answers
from contracts.requests.dependents import Dependents, ShowDependentAs
from contracts.requests.profile import CorrectName, GetProfile, Profile, ShowAs
from services.booking.equipment import Equipment
from services.booking.handlers import hall_names


class HallNameAnswers(Equipment):
    """A part of the service."""

    @answers(GetProfile)
    def get_profile(self, tx: Transaction, query: GetProfile) -> Profile:
        """Read how the hall shows a citizen."""
        return hall_names.get_profile(tx, query)

    @answers(ShowAs)
    def show_as(self, tx: Transaction, command: ShowAs) -> Profile:
        """Choose what the hall shows of oneself."""
        return hall_names.show_as(tx, command)

    @answers(CorrectName)
    def correct_name(self, tx: Transaction, command: CorrectName) -> Profile:
        """Write one's name as the identity card does."""
        return hall_names.correct_name(tx, command)

    @answers(ShowDependentAs)
    def show_dependent_as(self, tx: Transaction, command: ShowDependentAs) -> Dependents:
        """Choose what the hall shows of a dependent."""
        return hall_names.show_dependent_as(tx, command)
