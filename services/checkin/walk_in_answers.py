"""What check-in answers by and about people without a booking."""

from chassis.database import Transaction
from chassis.events import handles
from chassis.requests import answers
from contracts.events import WalkInPlacesSet
from contracts.requests.checkin import Admission
from contracts.requests.walk_in import GetAdmission, GetWalkIns, IssueWalkIn, WalkIns
from services.checkin.handlers import walk_ins


class WalkInAnswers:
    """A part of the service."""

    @handles(WalkInPlacesSet)
    def on_walk_in_places(self, tx: Transaction, event: WalkInPlacesSet) -> None:
        """Know how many places a day has for who walks in."""
        walk_ins.remember_walk_in_places(tx, event)

    @answers(IssueWalkIn)
    def issue_walk_in(self, tx: Transaction, command: IssueWalkIn) -> Admission:
        """Give a number to who has no booking."""
        return walk_ins.issue_walk_in(tx, command)

    @answers(GetWalkIns)
    def get_walk_ins(self, tx: Transaction, query: GetWalkIns) -> WalkIns:
        """Read what is left for who walks in."""
        return walk_ins.get_walk_ins(tx, query)

    @answers(GetAdmission)
    def get_admission(self, tx: Transaction, query: GetAdmission) -> Admission:
        """Read a ticket of the hall."""
        return walk_ins.get_admission(tx, query)
