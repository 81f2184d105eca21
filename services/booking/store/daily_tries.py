"""How often somebody tried today what tells something about other people, or to them, whatever came of it."""

from datetime import date

from sqlalchemy import Column, Date, Index, Integer, PrimaryKeyConstraint, Table, Text, delete
from sqlalchemy.dialects.postgresql import insert

from chassis.database import Transaction
from services.booking.store.tables import metadata

daily_try = Table(
    "daily_try",
    metadata,
    Column("subject", Text, nullable=False),
    Column("date", Date, nullable=False),
    Column("tries", Integer, nullable=False),
    PrimaryKeyConstraint("subject", "date", name="daily_try_pkey"),
    Index("daily_try_of_date", "date"),
)
"""`subject` is who tries: one of staff who helps people to book, who adds somebody to the family, who
corrects a name, or a registration with what is somebody else's."""


def count_try(tx: Transaction, subject: str, day: date) -> int:
    """Count that somebody tries on a day; return how often they did."""
    first = insert(daily_try).values(subject=subject, date=day, tries=1)
    statement = first.on_conflict_do_update(
        index_elements=["subject", "date"], set_={"tries": daily_try.c.tries + 1}
    )
    return int(tx.execute(statement.returning(daily_try.c.tries)).scalar_one())


def forget_tries(tx: Transaction, *, before: date) -> None:
    """Drop what was counted on earlier days."""
    tx.execute(delete(daily_try).where(daily_try.c.date < before))
