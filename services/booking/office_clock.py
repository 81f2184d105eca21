"""What booking does by the clock for its offices: rollout, slots, places that return, holds and wishes."""

from typing import Any

from chassis.timer import every
from services.booking import metrics
from services.booking.handlers import availability, no_shows, offices, rollout, slots, waitlists
from services.booking.handlers.holds import end_closed_holds, expire_holds
from services.booking.handlers.home_visits import measure_home_visits
from services.booking.handlers.refunds import measure_refunds
from services.booking.handlers.returns import Returns, return_due_places
from services.booking.store.touched import TOUCHED

TELL_SECONDS = 0.25
"""How often it is told which places are left, at most."""
_MOST_SLOTS_TOLD = 100
"""Of so many slots at a time; where the whole country books at once, the others have their turn after."""


class OfficeClock:
    """A part of the service; whoever has it gives it settings and transactions."""

    settings: Any
    transactions: Any

    @every(seconds=TELL_SECONDS)
    def tell_availability(self) -> None:
        """Tell which places are left of days that this process has changed, some at a time."""
        slot_ids = TOUCHED.take(_MOST_SLOTS_TOLD)
        metrics.SLOTS_UNTOLD.set(len(TOUCHED))
        if slot_ids:
            with self.transactions() as tx:
                days = availability.tell_availability(tx, slot_ids, hold_lasts=self.settings.hold_lasts)
                metrics.DAYS_TOLD.inc(days)

    @every(seconds=5.0)
    def return_places(self) -> None:
        """Offer places that were given up to who waits for one, or free them."""
        with self.transactions() as tx:
            return_due_places(tx, self._returns_by_clock)

    @every(seconds=2.0)
    def expire_holds(self) -> None:
        """End the holds that nobody paid in time, some at a time, and let their places return."""
        is_more = True
        while is_more:
            with self.transactions() as tx:
                is_more = expire_holds(tx, self._returns_by_clock, grace=self.settings.report_grace) > 0

    @every(seconds=2.0)
    def end_closed_holds(self) -> None:
        """End the holds at hours at which an office will not work, some at a time."""
        is_more = True
        while is_more:
            with self.transactions() as tx:
                is_more = end_closed_holds(tx, self._returns_by_clock) > 0

    @every(seconds=60.0)
    def measure_refunds(self) -> None:
        """Show operations which money nobody has given back yet."""
        with self.transactions() as tx:
            measure_refunds(tx)

    @every(seconds=60.0)
    def measure_home_visits(self) -> None:
        """Show operations which offices leave requests for a visit at home unanswered."""
        with self.transactions() as tx:
            measure_home_visits(tx)

    @every(seconds=60.0)
    def advance_rollouts(self) -> None:
        """Let offices reach the stages of their rollout on the day, with slots from the first minute."""
        with self.transactions() as tx:
            codes = rollout.offices_to_advance(tx)
        for code in codes:
            with self.transactions() as tx:
                if offices.advance_rollout(tx, code):
                    slots.open_slots(tx, code)

    @every(seconds=3600.0)
    def open_coming_slots(self) -> None:
        """Keep the slots of the coming days open, office by office."""
        with self.transactions() as tx:
            codes = slots.selling_offices(tx)
        for code in codes:
            with self.transactions() as tx:
                slots.open_slots(tx, code)

    @every(seconds=3600.0)
    def count_absent(self) -> None:
        """Find who never came to what they booked, at the offices that count it."""
        with self.transactions() as tx:
            codes = no_shows.counting_offices(tx)
        for code in codes:
            with self.transactions() as tx:
                no_shows.count_absent(tx, code)

    @every(seconds=3600.0)
    def end_past_wishes(self) -> None:
        """Let nobody wait for dates that are over."""
        with self.transactions() as tx:
            waitlists.end_past_wishes(tx)

    @property
    def _returns_by_clock(self) -> Returns:
        return Returns(cool_down=self.settings.cool_down, hold_limit=self.settings.hold_limit)
