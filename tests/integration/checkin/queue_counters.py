"""What officers do with their counters, each with its services and steps: rules of the state machine."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from contracts.hall import Step
from contracts.requests import checkin as contract
from contracts.requests import counter_deeds as deeds
from contracts.words import ServiceCode
from services.checkin import handlers
from tests.integration.checkin.queue_model import EVERY_STEP, SERVICES, Desk
from tests.integration.checkin.queue_steps import ANY, HallSteps

COUNTERS = st.integers(1, 3)
OFFERS: tuple[tuple[ServiceCode, ...], ...] = ((), ("new", "renewal"), ("new",), ("renewal", "collection"))
PLACES: tuple[tuple[Step, ...], ...] = (
    (),
    ("documents",),
    ("biometrics", "service"),
    ("payment",),
    ("documents", "payment", "service"),
)


class CounterRules(HallSteps):
    """How counters open, close and ask for help."""

    @initialize(
        offers=st.tuples(*[st.sampled_from(OFFERS)] * 3), places=st.tuples(*[st.sampled_from(PLACES)] * 3)
    )
    def morning(self, offers: tuple[Any, ...], places: tuple[Any, ...]) -> None:
        """The counters open; some places are for who walks in."""
        self.tell_places({"new": 2, "renewal": 2, "collection": 1})
        for counter, (services, steps) in enumerate(zip(offers, places, strict=True), 1):
            self.sit_down(counter, services, steps)

    @rule(counter=COUNTERS, services=st.sampled_from(OFFERS), steps=st.sampled_from(PLACES))
    def open(self, counter: int, services: tuple[ServiceCode, ...], steps: tuple[Step, ...]) -> None:
        """An officer sits down."""
        self.sit_down(counter, services, steps)

    @rule(which=ANY, how=st.sampled_from(("away", "away", "back", "back", "home")))
    def leave(self, which: int, how: str) -> None:
        """An officer leaves for a while, is back, or goes home."""
        if how == "home":
            self.close(self.desk(which, lambda each: each.state == "paused"))
            return
        desk = self.desk(which, lambda each: each.state == ("open" if how == "away" else "paused"))
        done = (
            self.ask(handlers.pause_counter, deeds.PauseCounter, desk.number)
            if how == "away"
            else self.ask(handlers.resume_counter, deeds.ResumeCounter, desk.number)
        )
        if not self.is_refused(done, "counter_closed" if desk.state == "closed" else None):
            desk.state = "paused" if how == "away" else "open"

    @rule(counter=COUNTERS, is_raised=st.sampled_from((True, True, False)))
    def emergency(self, counter: int, is_raised: bool) -> None:
        """Somebody at a counter asks for help, also at a closed one, or has it: no ticket knows of it."""
        before = self.tickets()
        done = (
            self.ask(handlers.raise_emergency, deeds.RaiseEmergency, counter)
            if is_raised
            else self.ask(handlers.clear_emergency, deeds.ClearEmergency, counter)
        )
        self.is_refused(done, None)
        desk = self.model.desks[counter]
        desk.emergency_since = (desk.emergency_since or self.model.now) if is_raised else None
        assert self.tickets() == before

    def close(self, desk: Desk) -> None:
        """Close a counter; who was sent there alone waits for all."""
        done = self.ask(handlers.close_counter, contract.CloseCounter, desk.number)
        if desk.state == "closed" or self.is_refused(done, "counter_busy" if self.is_busy(desk) else None):
            return
        desk.state, desk.services, desk.steps = "closed", (), ()
        for ticket in self.model.those("waiting"):
            if ticket.for_counter == desk.number:
                ticket.for_counter = None
                ticket.deeds += 1

    def sit_down(self, counter: int, services: tuple[ServiceCode, ...], steps: tuple[Step, ...]) -> None:
        """Open a counter, or change what it offers."""
        done = self.ask(handlers.open_counter, contract.OpenCounter, counter, services=services, steps=steps)
        unknown = set(steps) - self.model.steps
        if not self.is_refused(done, "unknown_step_here" if unknown else None):
            desk = self.model.desks[counter]
            desk.state, desk.services, desk.steps = "open", services or SERVICES, steps or EVERY_STEP
