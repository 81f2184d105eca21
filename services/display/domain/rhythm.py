"""When an office's counters are open: its rhythm of the week, learned from the weeks before.

A break at noon, a late morning start and the end of the day need no timetable: in each half hour of a
weekday so many counters were open on average. Work that is ahead takes longer where fewer will be open.
"""

from collections.abc import Sequence
from dataclasses import dataclass

SLOT_SECONDS = 1800
SLOTS_A_DAY = 48

SHUT_BELOW = 0.15
"""Less than this part of the present counters is a break: somebody closed late, on some day."""

MOST_MORE = 1.5
"""That more counters will open than usual is not relied on beyond this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """How many counters were open on average in each half hour of a day; empty where nothing is known.

    A half hour that was never looked at has None: on an office's first days it is taken for one like now.
    """

    counters: Sequence[float | None] = ()

    def clock_seconds(self, work_seconds: float, *, second_of_day: float) -> float | None:
        """Return after how long so much work at the present pace is done; None when not on this day."""
        slot = int(second_of_day // SLOT_SECONDS)
        if not self.counters or not self.counters[slot]:
            return work_seconds
        elapsed, left = 0.0, work_seconds
        lasts = (slot + 1) * SLOT_SECONDS - second_of_day
        for ahead in range(slot, SLOTS_A_DAY):
            pace = self._pace(ahead, slot)
            if left <= pace * lasts:
                return elapsed + (left / pace if pace else 0.0)
            left -= pace * lasts
            elapsed += lasts
            lasts = SLOT_SECONDS
        return None

    def _pace(self, ahead: int, now: int) -> float:
        """Return how fast work is done in a half hour, as against the present one."""
        present, then = self.counters[now], self.counters[ahead]
        if not present or then is None:
            return 1.0
        pace = min(then / present, MOST_MORE)
        return 0.0 if pace < SHUT_BELOW else pace


UNKNOWN = Rhythm()
"""Of an office that has not been looked at yet: its counters stay as they are."""
