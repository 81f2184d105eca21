"""A small town for the state machine: an office with a day's few slots, a family, neighbours and a crowd."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select, text

from contracts.office_plan import OfficePlan
from services.booking.domain.cool_down import CoolDown
from services.booking.domain.reschedule import RescheduleRule
from services.booking.handlers.plans import apply_plan
from services.booking.handlers.reschedules import Terms
from services.booking.handlers.returns import Returns, return_due_places
from services.booking.handlers.settlements import Settling
from services.booking.store import tables
from tests.integration.booking.desk import NOW, TODAY, Desk
from tests.integration.booking.office_model import Model, ModelSlot, Place
from tests.integration.booking.planning import TOMORROW, plan
from tests.integration.booking.test_parties import add

HOURS = [{"valid_from": "2026-01-01", "week": [{"days": ["monday", "tuesday"], "open": "08.00-11.00"}]}]
CLOSURES = (None, "09.00-10.00", "00.00-24.00")
LAST_HOUR = NOW + timedelta(hours=22)
"""Tomorrow's slots have not begun by then."""

_BROKEN = text("""
    WITH held AS (
        SELECT slot_id, pool FROM booking WHERE status IN ('held', 'booked')
        UNION ALL
        SELECT unnest(slot_ids), unnest(pools) FROM returning_place
        UNION ALL
        SELECT further.slot_id, further.pool FROM booked_slot AS further
        JOIN booking USING (booking_id) WHERE status IN ('held', 'booked')
    ), counted AS (
        SELECT slot_id, count(*) AS places,
            count(*) FILTER (WHERE pool = 'priority') AS priority,
            count(*) FILTER (WHERE pool = 'assisted') AS assisted
        FROM held GROUP BY slot_id
    )
    SELECT 'slot ' || slot_id || ' counts wrong' FROM slot LEFT JOIN counted USING (slot_id)
    WHERE (booked, priority_booked, assisted_booked)
        IS DISTINCT FROM (coalesce(places, 0), coalesce(priority, 0), coalesce(assisted, 0))
        OR booked NOT BETWEEN 0 AND capacity
    UNION ALL
    SELECT 'person ' || person_id || ' has two' FROM booking
    WHERE status IN ('held', 'booked') AND ends_at > :now GROUP BY person_id HAVING count(*) > 1
    UNION ALL
    SELECT 'party ' || party_id || ' is torn' FROM booking WHERE party_id IS NOT NULL
    GROUP BY party_id HAVING count(DISTINCT slot_id) FILTER (WHERE status <> 'cancelled') > 1 OR count(*) < 2
    UNION ALL
    SELECT 'booking ' || code || ' is ' || booking.status || ' and ' || payment.status FROM booking
    JOIN payment USING (payment_id) WHERE booking.status <> 'cancelled'
        AND (payment.status = 'paid') = (booking.status IN ('held', 'expired'))
""")
"""What must never be there, whatever was done."""

_AS_NEW = text("""
    DELETE FROM returning_place;
    DELETE FROM waitlist_entry;
    DELETE FROM booked_slot;
    DELETE FROM booking;
    DELETE FROM payment;
    DELETE FROM settlement;
    DELETE FROM outbox;
    UPDATE slot SET booked = 0, priority_booked = 0, assisted_booked = 0 WHERE booked > 0
""")
_RETURNING = text("SELECT unnest(slot_ids) AS slot_id, unnest(pools) AS pool FROM returning_place")
_OPEN_ENTRIES = text("""
    SELECT entry_id FROM waitlist_entry WHERE person_id = :person_id AND status IN ('waiting', 'offered')
""")
_COOLING = text("SELECT code FROM returning_place JOIN booking USING (booking_id) WHERE entry_id IS NULL")
_SLOTS_OF = text("""
    SELECT slot_id FROM (
        SELECT slot_id FROM booking WHERE code = :code
        UNION ALL
        SELECT further.slot_id FROM booked_slot AS further JOIN booking USING (booking_id) WHERE code = :code
    ) AS taken JOIN slot USING (slot_id) ORDER BY slot.starts_at
""")


@dataclass(kw_only=True)
class Town:
    """Tomorrow at the Tarakan office: three hours of new passports; e-passports, paid first, take two."""

    desk: Desk
    looks: Connection
    """A connection without transactions: what is looked at after each step costs one round trip."""
    slots: dict[str, ModelSlot]
    neighbours: list[str]
    children: list[str]
    crowd: list[str]

    @classmethod
    def founded(cls, desk: Desk) -> "Town":
        """Open the office and let people move in; the first neighbour has two children."""
        desk.do(apply_plan, decided())
        neighbours = desk.people(4)
        serials = [next(desk.serials) for _ in range(2)]
        children = [
            add(desk, neighbours[0], nik=f"657101520390{one:04}", birth_date=date(1990, 3, 12)).person_id
            for one in serials
        ]
        looks = desk.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        town = cls(
            desk=desk, looks=looks, slots={}, neighbours=neighbours, children=children, crowd=desk.people(20)
        )
        town.slots = town._slots()
        desk.returns = Returns(cool_down=CoolDown(), chance=lambda: 0.5)
        return town

    @property
    def terms(self) -> Terms:
        """People may move as often as they like, at any time."""
        rule = RescheduleRule(most=1000, notice=timedelta(0))
        return Terms(rule=rule, returns=self.desk.returns)

    @property
    def settling(self) -> Settling:
        """Late money may move people to any hour."""
        return Settling(notice=timedelta(0), returns=self.desk.returns)

    def as_new(self) -> Model:
        """Forget all bookings; return the model of the town as it is then."""
        self.looks.execute(_AS_NEW)
        return Model(slots=self.slots, now=NOW)

    def broken(self, now: datetime) -> list[str]:
        """List what is there and must not be."""
        return list(self.looks.execute(_BROKEN, {"now": now}).scalars())

    def close(self, hours: str | None, now: datetime) -> set[str]:
        """Let the office be closed tomorrow at these hours, and at no others; return the closed slots."""
        self.desk.do(apply_plan, decided(hours), now=now)
        closed = select(tables.slot.c.slot_id).where(tables.slot.c.is_withdrawn)
        return set(self.looks.execute(closed).scalars()) & self.slots.keys()

    def returning(self) -> list[Place]:
        """List the places that are nobody's and not free."""
        return [(str(row.slot_id), row.pool) for row in self.looks.execute(_RETURNING)]

    def cooling(self) -> set[str]:
        """Name the bookings whose own places have not returned yet, and are offered to nobody."""
        return set(self.looks.execute(_COOLING).scalars())

    def slots_of(self, code: str) -> list[str]:
        """List the slots of a booking, by time."""
        return [str(found) for found in self.looks.execute(_SLOTS_OF, {"code": code}).scalars()]

    def open_entries(self, person_id: str) -> list[str]:
        """List what a person waits for."""
        entries = self.looks.execute(_OPEN_ENTRIES, {"person_id": person_id})
        return [str(entry_id) for entry_id in entries.scalars()]

    def let_all_return(self) -> None:
        """Let everybody leave the waitlist, and all places become free."""
        self.looks.execute(text("UPDATE returning_place SET entry_id = NULL; DELETE FROM waitlist_entry"))
        while self.returning():
            self.desk.do(return_due_places, self.desk.returns, now=LAST_HOUR + timedelta(hours=1))

    def _slots(self) -> dict[str, ModelSlot]:
        query = select(tables.slot).where(tables.slot.c.date == TOMORROW)
        rows = self.looks.execute(query.order_by(tables.slot.c.slot_id)).all()
        return {
            row.slot_id: ModelSlot(
                slot_id=row.slot_id,
                service=row.service,
                starts_at=row.starts_at,
                ends_at=row.ends_at,
                capacity=row.capacity,
                kept=row.priority_places,
                kept_until=row.protected_until,
                visit=2 if row.service == "epassport" else 1,
            )
            for row in rows
        }


def decided(closed: str | None = None) -> OfficePlan:
    """The office's plan: only tomorrow is for sale; a place an hour is for priority until today at noon."""
    closures: list[dict[str, Any]] = [{"from_date": str(TODAY), "reason": "Pindah gedung"}]
    if closed is not None:
        closures.append({"from_date": str(TOMORROW), "hours": closed, "reason": "Banjir"})
    return plan(
        hours=HOURS,
        services=["new", "epassport"],
        release={"rolling": {"days": 2}},
        slots={"places": 2, "protected": {"priority": 1}, "protected_until_hours": 20},
        by_service=[
            {
                "service": "epassport",
                "slots": 2,
                "protected": {},
                "payment": {"when": "first", "rupiah": 650_000},
            }
        ],
        closures=closures,
    )
