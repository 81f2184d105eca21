"""Who comes into the hall, with a booking or without one, and who comes back: rules of the state machine."""

from datetime import timedelta
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from contracts.refusals import Refused
from contracts.requests import counter_deeds as deeds
from contracts.requests.walk_in import GetWalkIns, IssueWalkIn
from contracts.words import PriorityClass, ServiceCode
from services.checkin import handlers
from services.checkin.handlers import walk_ins
from tests.integration.checkin.hall import NOON, booking
from tests.integration.checkin.hall import ticket as ticket_text
from tests.integration.checkin.queue_model import LONG, QUARTER, SERVICES, SHORT, Journeys
from tests.integration.checkin.queue_steps import ANY, HallSteps

SERVICE = st.sampled_from(("new", "new", "renewal", "collection"))
PRIORITY = st.sampled_from(("regular", "regular", "elderly"))
HERE_ALREADY = {
    "waiting": "already_scanned",
    "held": "already_scanned",
    "called": "already_called",
    "served": "visit_over",
}


class PeopleRules(HallSteps):
    """How people come in."""

    @rule(service=SERVICE, priority=PRIORITY, quarters=st.integers(-6, 3))
    def scan(self, service: ServiceCode, priority: PriorityClass, quarters: int) -> None:
        """Somebody with a ticket comes in; who comes after their grace has the turn of now."""
        starts_at = NOON + quarters * QUARTER
        coming = booking(service=service, priority=priority, starts_at=starts_at)
        text = ticket_text(coming)
        admitted = self.hold_to_reader(text)
        assert not isinstance(admitted, Refused)
        is_late = self.model.now > coming.ends_at + QUARTER
        turn_at = self.model.now if is_late else starts_at
        ticket = self.model.come(service, priority, turn_at, ticket_id=coming.booking_id, text=text)
        self.is_admitted(admitted, ticket, is_late=is_late)

    @precondition(lambda self: self.model.tickets)
    @rule(which=ANY)
    def scan_again(self, which: int) -> None:
        """Who is in the hall, or was served, is not let in once more."""
        ticket = self.ticket(which, "served")
        if ticket.text and ticket.state != "no_show":
            assert self.is_refused(self.hold_to_reader(ticket.text), HERE_ALREADY[ticket.state])

    @rule(service=SERVICE, priority=PRIORITY, request=st.integers(1, 12))
    def walk_in(self, service: ServiceCode, priority: PriorityClass, request: int) -> None:
        """Somebody without a booking taps for a number, or a kiosk asks for them once more."""
        wanted = IssueWalkIn(
            office="TRK", request_id=f"request-{request}", for_service=service, priority=priority
        )
        admitted = self.attempt(lambda tx: walk_ins.issue_walk_in(tx, wanted))
        ticket = self.model.of_request(wanted.request_id) if self.model.places else None
        if ticket is None:
            if self.is_refused(admitted, self.why_no_place(service)):
                return
            turn_at, ticket_id = self.model.now + QUARTER, str(UUID(admitted.ticket_id))
            ticket = self.model.come(
                service, priority, turn_at, ticket_id=ticket_id, request=wanted.request_id
            )
        self.is_admitted(admitted, ticket)
        told = self.attempt(lambda tx: walk_ins.get_walk_ins(tx, GetWalkIns(office="TRK")))
        left = {each.service: each.places_left for each in told.services}
        assert left == {each: self.model.left(each) for each in self.model.places}

    @rule(
        places=st.dictionaries(st.sampled_from(SERVICES), st.integers(0, 3)),
        journeys=st.sampled_from((LONG, LONG, SHORT)),
        heard=st.sampled_from(("plan", "old plan", "journeys")),
    )
    def decide(self, places: dict[ServiceCode, int], journeys: Journeys, heard: str) -> None:
        """The office plans other places for who walks in, an old plan is heard once more, or visits change.

        Who is in the hall keeps the steps that they have.
        """
        if heard == "journeys":
            self.tell_journeys(journeys)
        else:
            self.tell_places(places, is_news=heard == "plan")

    @precondition(lambda self: self.model.those("no_show"))
    @rule(at=ANY, which=ANY, minutes=st.sampled_from([0, 0, 20]), by_officer=st.booleans())
    def come_back(self, at: int, which: int, minutes: int, by_officer: bool) -> None:
        """Who did not come stands at a counter, or holds the ticket to the reader again."""
        absent = self.model.those("no_show")
        ticket, desk = absent[which % len(absent)], self.desk(at, lambda each: each.state != "closed")
        self.model.now += timedelta(minutes=minutes)
        if by_officer or ticket.text is None:
            done = self.ask(handlers.return_ticket, deeds.ReturnTicket, desk.number, number=ticket.number)
            refusal = "counter_closed" if desk.state == "closed" else None
        else:
            done = self.hold_to_reader(ticket.text)
            refusal = "absent_again" if ticket.no_shows > 1 else None
        if not self.is_refused(done, refusal):
            self.model.give_back(ticket)
