"""A hall board as an example."""

from datetime import UTC, date, datetime, timedelta

from contracts.events import BoardChanged
from contracts.events.display import BoardCall, BoardCounter, BoardNotice

_DAY = date(2026, 11, 24)
_NINE = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
"""09.00 in Tarakan (WITA)."""

_CALL = BoardCall(
    number="A-012",
    display_name="Pak Andi",
    counter=1,
    called_at=_NINE + timedelta(minutes=4),
    calls=1,
    state="called",
)

BOARD = BoardChanged(
    version=57,
    office="TRK",
    name="Kantor Imigrasi Kelas II TPI Tarakan",
    timezone="Asia/Makassar",
    date=_DAY,
    waiting=3,
    served=8,
    counters=(
        BoardCounter(counter=1, state="open", number="A-012"),
        BoardCounter(counter=2, state="closed", number=None),
    ),
    calls=(_CALL,),
    changed_at=_NINE + timedelta(minutes=4),
    notices=(
        BoardNotice(
            date=_DAY,
            begins_at=_NINE + timedelta(hours=4),
            ends_at=_NINE + timedelta(hours=7),
            cause="closed",
            note="Pemadaman listrik",
        ),
    ),
)
