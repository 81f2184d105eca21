"""A small model of what booking promises about places, to compare the real thing with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

Place = tuple[str, str]
"""A slot's id and the pool that a place of it was taken from."""


@dataclass(frozen=True, kw_only=True)
class ModelSlot:
    """A slot; `kept` places are the priority classes' until `kept_until`."""

    slot_id: str
    service: str
    starts_at: datetime
    ends_at: datetime
    capacity: int
    kept: int
    kept_until: datetime | None
    visit: int


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A booking that stands."""

    code: str
    person: str
    asker: str
    priority: str
    places: tuple[Place, ...]
    party: frozenset[str] = frozenset()
    is_held: bool = False


@dataclass(kw_only=True)
class Bill:
    """What is paid for bookings that are made together."""

    codes: tuple[str, ...]
    billing_code: str
    amount: int
    due_at: datetime
    is_paid: bool = False
    has_lapsed: bool = False

    @property
    def is_open(self) -> bool:
        """Whether its time is still counted."""
        return not self.is_paid and not self.has_lapsed


@dataclass(kw_only=True)
class Model:
    """Who has which places; `expired` have none and are not paid, `credits` are paid and have none."""

    slots: dict[str, ModelSlot]
    now: datetime
    closed: set[str] = field(default_factory=set)
    visits: dict[str, Visit] = field(default_factory=dict)
    returning: list[Place] = field(default_factory=list)
    bills: list[Bill] = field(default_factory=list)
    expired: dict[str, Visit] = field(default_factory=dict)
    credits: dict[str, Visit] = field(default_factory=dict)

    def visit_from(self, slot_id: str) -> tuple[str, ...] | None:
        """Name the slots of a visit that begins here; None where it is cut or closed."""
        first = self.slots[slot_id]
        chain = [first]
        for slot in sorted(self.slots.values(), key=lambda one: one.starts_at):
            is_next = slot.service == first.service and slot.starts_at == chain[-1].ends_at
            if is_next and len(chain) < first.visit:
                chain.append(slot)
        whole = len(chain) == first.visit and not any(one.slot_id in self.closed for one in chain)
        return tuple(one.slot_id for one in chain) if whole else None

    def taken(self) -> list[Place]:
        """List every place that is not free."""
        return [*self.returning, *(place for visit in self.visits.values() for place in visit.places)]

    def give_up(self, places: tuple[Place, ...]) -> None:
        """Let places return after a while; those of a closed first slot are free at once."""
        if places and places[0][0] not in self.closed:
            self.returning += places

    def take_back(self, places: tuple[Place, ...]) -> None:
        """Let places that return be somebody's again."""
        for place in places:
            self.returning.remove(place)

    def left(self, slot_id: str, priority: str, taken: Iterable[Place]) -> int:
        """Count the places of a slot that somebody of a class can get."""
        slot = self.slots[slot_id]
        pools = [pool for one, pool in taken if one == slot_id]
        return slot.capacity - len(pools) - (self._kept(slot, pools) if priority == "regular" else 0)

    def places_for(self, slot_id: str, priorities: Sequence[str]) -> list[tuple[Place, ...]] | str:
        """Give each of some people their places, or say why not."""
        chain = self.visit_from(slot_id)
        if chain is None:
            return "unknown_slot"
        taken, given = self.taken(), []
        for priority in priorities:
            if any(self.left(one, priority, taken) < 1 for one in chain):
                return "slot_full"
            places = tuple((one, self._pool(one, priority, taken)) for one in chain)
            taken += places
            given.append(places)
        return given

    def moved(self, visit: Visit, slot_id: str) -> dict[str, Visit] | str:
        """Move a visit and who comes with it, or say why not; places that they have there they keep."""
        if visit.is_held:
            return "payment_due"
        party = [self.visits[code] for code in sorted(visit.party | {visit.code}) if code in self.visits]
        if all(one.places[0][0] == slot_id for one in party):
            return {}
        chain = self.visit_from(slot_id)
        if chain is None:
            return "unknown_slot"
        if self.slots[slot_id].service != self.slots[visit.places[0][0]].service:
            return "reschedule_elsewhere"
        taken, found = self.taken(), {}
        for one in party:
            kept = dict(one.places)
            wanted = [slot for slot in chain if slot not in kept]
            if any(self.left(slot, one.priority, taken) < 1 for slot in wanted):
                return "slot_full"
            new = [(slot, self._pool(slot, one.priority, taken)) for slot in wanted]
            taken += new
            pools = kept | dict(new)
            found[one.code] = replace(one, places=tuple((slot, pools[slot]) for slot in chain))
        return found

    def to_be_given(self, bill: Bill) -> list[Visit]:
        """List those of a bill's people for whom money buys a place."""
        waiting = self.visits | self.expired
        return [waiting[code] for code in bill.codes if code in waiting]

    def money_buys(self, bill: Bill, cooling: set[str]) -> str:
        """Say what money does; `cooling` are the codes of those whose own place has not returned yet."""
        people = [] if bill.is_paid else self.to_be_given(bill)
        if not people:
            return "refund_due"
        is_late = people[0].code in self.expired
        ahead = {visit.person for visit in self.visits.values()}
        if is_late and ahead & {one.person for one in people}:
            return "credited"
        first = self.slots[people[0].places[0][0]]
        if self._fit(first.slot_id, people, cooling if is_late else set(bill.codes)):
            return "restored" if is_late else "confirmed"
        others = [one for one in self.slots.values() if one.service == first.service and one != first]
        return "moved" if any(self._fit(one.slot_id, people, set()) for one in others) else "credited"

    def chosen(self, credit: Visit, slot_id: str) -> dict[str, Visit] | str:
        """Give somebody who paid too late, and who comes with them, a slot; or say why not."""
        party = [self.credits[code] for code in sorted(credit.party | {credit.code}) if code in self.credits]
        if self.visit_from(slot_id) is None:
            return "unknown_slot"
        if self.slots[slot_id].service != self.slots[credit.places[0][0]].service:
            return "reschedule_elsewhere"
        given = self.places_for(slot_id, [one.priority for one in party])
        if isinstance(given, str):
            return given
        if {visit.person for visit in self.visits.values()} & {one.person for one in party}:
            return "already_booked"
        return {
            one.code: replace(one, places=places, is_held=False)
            for one, places in zip(party, given, strict=True)
        }

    def _fit(self, slot_id: str, people: Sequence[Visit], own: set[str]) -> bool:
        """Whether all of some people get a place; `own` are the codes of those who have one there."""
        chain = self.visit_from(slot_id)
        new = [
            one.priority
            for one in people
            if one.code not in own or tuple(place for place, _ in one.places) != chain
        ]
        return chain is not None and not isinstance(self.places_for(slot_id, new), str)

    def sellable(self) -> list[str]:
        """Name a slot for each visit that regular people can still book, one after the other."""
        taken, found = self.taken(), []
        for slot_id in self.slots:
            chain = self.visit_from(slot_id)
            while chain is not None and all(self.left(one, "regular", taken) > 0 for one in chain):
                taken += [(one, "regular") for one in chain]
                found.append(slot_id)
        return found

    def _pool(self, slot_id: str, priority: str, taken: Sequence[Place]) -> str:
        pools = [pool for one, pool in taken if one == slot_id]
        has_own = priority != "regular" and self._kept(self.slots[slot_id], pools) > 0
        return "priority" if has_own else "regular"

    def _kept(self, slot: ModelSlot, pools: Sequence[str]) -> int:
        if slot.kept_until is None or slot.kept_until <= self.now:
            return 0
        return max(0, slot.kept - pools.count("priority"))
