"""When counters are open: looked at once a minute, averaged over about four weeks."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import ARRAY, Text, bindparam, func, select, text

from chassis.database import Transaction
from services.display.domain.rhythm import SLOTS_A_DAY, Rhythm
from services.display.store.measured_tables import counter_rhythm

LOOKS_OF_FOUR_WEEKS = 120
"""A look a minute, thirty in the half hour of a weekday, four weeks."""

_LOOK = text("""
    INSERT INTO counter_rhythm AS known (office, weekday, slot, looks, counters)
    SELECT board.office, extract(dow FROM local.time), 2 * extract(hour FROM local.time)
           + div(extract(minute FROM local.time), 30), 1, count(board_counter.counter)
    FROM board
    CROSS JOIN LATERAL (SELECT timezone(board.timezone, CAST(:now AS timestamptz)) AS time) AS local
    LEFT JOIN board_counter ON board_counter.office = board.office AND board_counter.state = 'open'
    GROUP BY board.office, local.time
    ORDER BY board.office
    ON CONFLICT ON CONSTRAINT counter_rhythm_pkey DO UPDATE
    SET looks = least(known.looks + 1, :most),
        counters = known.counters + (excluded.counters - known.counters) / least(known.looks + 1, :most)
""")
_READ = select(counter_rhythm.c.office, counter_rhythm.c.slot, counter_rhythm.c.counters).where(
    counter_rhythm.c.office == func.any(bindparam("offices", type_=ARRAY(Text))),
    counter_rhythm.c.weekday == bindparam("weekday"),
)


def look(tx: Transaction) -> None:
    """Count every office's open counters, for this half hour of its weekday."""
    tx.execute(_LOOK, {"now": tx.now, "most": LOOKS_OF_FOUR_WEEKS})


def read(tx: Transaction, days: Mapping[str, date]) -> Mapping[str, Rhythm]:
    """Return each office's rhythm of the weekday that its date is."""
    by_weekday: dict[int, list[str]] = {}
    for office, day in days.items():
        by_weekday.setdefault(day.isoweekday() % 7, []).append(office)
    rhythms: dict[str, Rhythm] = {}
    for weekday, offices in by_weekday.items():
        rhythms |= _of_weekday(tx, weekday, offices)
    return rhythms


def _of_weekday(tx: Transaction, weekday: int, offices: Sequence[str]) -> Mapping[str, Rhythm]:
    slots: dict[str, list[float | None]] = {office: [None] * SLOTS_A_DAY for office in offices}
    for row in tx.execute(_READ, {"offices": list(offices), "weekday": weekday}):
        slots[row.office][row.slot] = row.counters
    return {office: Rhythm(counters=counters) for office, counters in slots.items()}
