"""What an office's days came to: written down by the clock, kept for four weeks."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import Row, Select, bindparam, delete, func, select, text
from sqlalchemy.dialects.postgresql import distinct_on

from chassis.database import Transaction
from contracts.hall_name import masked
from contracts.requests.waiting import NowServed, ServedDay, UsualWait
from services.display.store.measured_tables import ALL_DAY, hall_hour, usual_wait
from services.display.store.tables import board, board_ticket

KEPT_DAYS: Final = 28
FEWEST_WAITS: Final = 10
"""Nine of ten takes ten: of fewer, a usual wait is chance, and of one it is that person's."""

_WRITE = text("""
    INSERT INTO hall_hour AS known (office, date, hour, served, no_shows, waits, told, kept, error_minutes)
    SELECT office, date, hour,
           count(*) FILTER (WHERE state = 'served'),
           count(*) FILTER (WHERE state = 'no_show'),
           coalesce(array_agg(waited ORDER BY waited) FILTER (WHERE is_called), '{}'),
           count(*) FILTER (WHERE is_told),
           count(*) FILTER (WHERE is_told AND after_told BETWEEN told_low_minutes AND told_high_minutes),
           coalesce(sum(abs(after_told - told_middle)) FILTER (WHERE is_told), 0)
    FROM (
        SELECT office, date, state, told_low_minutes, told_high_minutes,
               extract(hour FROM timezone(board.timezone, scanned_at)) AS hour,
               first_call >= since AS is_called,
               first_call >= told_at AND no_shows = 0 AS is_told,
               least(floor(extract(epoch FROM first_call - since) / 60), 1440)::smallint AS waited,
               (told_low_minutes + told_high_minutes) / 2.0 AS told_middle,
               extract(epoch FROM first_call - told_at) / 60 AS after_told
        FROM board_ticket JOIN board USING (office) CROSS JOIN LATERAL (
            SELECT CASE WHEN first_called_at IS NULL THEN waiting_since ELSE scanned_at END AS since,
                   coalesce(first_called_at, CASE WHEN state IN ('called', 'served') THEN called_at END)
                   AS first_call
        ) AS wait
        WHERE date >= :first
    ) AS ticket
    GROUP BY office, date, hour
    ORDER BY office, date, hour
    ON CONFLICT ON CONSTRAINT hall_hour_pkey DO UPDATE
    SET served = excluded.served, no_shows = excluded.no_shows, waits = excluded.waits,
        told = excluded.told, kept = excluded.kept, error_minutes = excluded.error_minutes
    WHERE (known.served, known.no_shows, known.waits, known.told, known.kept, known.error_minutes)
          IS DISTINCT FROM (excluded.served, excluded.no_shows, excluded.waits, excluded.told, excluded.kept,
                            excluded.error_minutes)
""")
_SUM_UP = text("""
    INSERT INTO usual_wait (office, hour, tickets, median_minutes, ninth_decile_minutes)
    SELECT office, coalesce(hour, :all_day), count(*), percentile_disc(0.5) WITHIN GROUP (ORDER BY waited),
           percentile_disc(0.9) WITHIN GROUP (ORDER BY waited)
    FROM hall_hour CROSS JOIN LATERAL unnest(waits) AS waited
    WHERE date >= :first
    GROUP BY GROUPING SETS ((office, hour), (office))
    HAVING count(*) >= :fewest
    ORDER BY 1, 2
    ON CONFLICT ON CONSTRAINT usual_wait_pkey DO UPDATE
    SET tickets = excluded.tickets, median_minutes = excluded.median_minutes,
        ninth_decile_minutes = excluded.ninth_decile_minutes
""")
_FORGET = delete(hall_hour).where(hall_hour.c.date < bindparam("first"))
_FORGET_USUAL = delete(usual_wait)
_USUAL: Select[Any] = (
    select(
        usual_wait.c.hour,
        usual_wait.c.tickets,
        usual_wait.c.median_minutes,
        usual_wait.c.ninth_decile_minutes,
    )
    .where(usual_wait.c.office == bindparam("at_office"))
    .order_by(usual_wait.c.hour)
)
_USUAL_ALL_DAY: Select[Any] = select(
    usual_wait.c.office, usual_wait.c.median_minutes, usual_wait.c.ninth_decile_minutes
).where(usual_wait.c.hour == ALL_DAY)
_SUMS = (
    func.sum(hall_hour.c.served).label("served"),
    func.sum(hall_hour.c.no_shows).label("no_shows"),
    func.sum(hall_hour.c.told).label("told"),
    func.sum(hall_hour.c.kept).label("kept"),
    func.sum(hall_hour.c.error_minutes).label("error_minutes"),
)
_DAYS: Select[Any] = (
    select(hall_hour.c.date, *_SUMS)
    .where(hall_hour.c.office == bindparam("at_office"))
    .group_by(hall_hour.c.date)
    .order_by(hall_hour.c.date.desc())
)
_TOLD: Select[Any] = (
    select(hall_hour.c.office, *_SUMS)
    .where(hall_hour.c.date >= bindparam("first"))
    .group_by(hall_hour.c.office)
    .order_by(hall_hour.c.office)
)
_NOW: Select[Any] = (
    select(
        board_ticket.c.number, board_ticket.c.display_name, board_ticket.c.counter, board_ticket.c.called_at
    )
    .ext(distinct_on(board_ticket.c.counter))
    .where(
        board_ticket.c.office == bindparam("at_office"),
        board_ticket.c.date == bindparam("on_date"),
        board_ticket.c.state == "called",
    )
    .order_by(board_ticket.c.counter, board_ticket.c.called_at.desc(), board_ticket.c.ticket_id)
)
_SERVED: Select[Any] = (
    select(board.c.office, func.count().label("served"))
    .join(board_ticket, board_ticket.c.office == board.c.office)
    .where(
        board_ticket.c.state == "served",
        board_ticket.c.date == func.date(func.timezone(board.c.timezone, bindparam("now"))),
    )
    .group_by(board.c.office)
)


def write_down(tx: Transaction) -> None:
    """Write down what came of the tickets of the latest two days: the same from the same tickets, always."""
    tx.execute(_WRITE, {"first": tx.now.date() - timedelta(days=1)})


def sum_up(tx: Transaction) -> None:
    """Work out the usual waits of the last four weeks, and drop the hours of before."""
    first = tx.now.date() - timedelta(days=KEPT_DAYS)
    tx.execute(_FORGET, {"first": first})
    tx.execute(_FORGET_USUAL)
    tx.execute(_SUM_UP, {"first": first, "all_day": ALL_DAY, "fewest": FEWEST_WAITS})


def usual(tx: Transaction, office: str) -> tuple[UsualWait | None, tuple[UsualWait, ...]]:
    """Return an office's usual wait of all hours, and by hour."""
    rows = tx.execute(_USUAL, {"at_office": office}).all()
    waits = [UsualWait(**{**row._mapping, "hour": _hour(row.hour)}) for row in rows]
    whole = next((wait for wait in waits if wait.hour is None), None)
    return whole, tuple(wait for wait in waits if wait.hour is not None)


def usual_everywhere(tx: Transaction) -> Mapping[str, Row[Any]]:
    """Return the median and the ninth decile of the waits of each office, in minutes."""
    return {row.office: row for row in tx.execute(_USUAL_ALL_DAY)}


def days_of(tx: Transaction, office: str) -> tuple[ServedDay, ...]:
    """Return an office's days, the latest first."""
    rows = tx.execute(_DAYS, {"at_office": office})
    return tuple(
        ServedDay(
            date=row.date,
            served=row.served,
            no_shows=row.no_shows,
            told=row.told,
            kept=row.kept,
            mean_error_minutes=round(row.error_minutes / row.told) if row.told else None,
        )
        for row in rows
    )


def told_everywhere(tx: Transaction, *, first: date) -> Sequence[Row[Any]]:
    """Return of each office since a date: how many were told a range, kept it, and the sum of errors."""
    return tx.execute(_TOLD, {"first": first}).all()


def now_served(tx: Transaction, office: str, day: date) -> tuple[NowServed, ...]:
    """Return who is before which counter; names are masked, as this leaves the hall."""
    rows = tx.execute(_NOW, {"at_office": office, "on_date": day})
    return tuple(
        NowServed(**{**row._mapping, "display_name": row.display_name and masked(row.display_name)})
        for row in rows
    )


def served_today(tx: Transaction) -> Mapping[str, int]:
    """Count who was served today, by office."""
    return {row.office: row.served for row in tx.execute(_SERVED, {"now": tx.now})}


def _hour(hour: int) -> int | None:
    return None if hour == ALL_DAY else hour
