"""Take a picture of every page in every state: `python -m tests.e2e.gallery [words]`.

The states are those that axe looks at (all_states.py), on a stage whose services are scripted, with a clock
that stands still: a second run draws the same. With words, only states whose names have them are taken anew.
What is written: docs/screens.md, and docs/screenshots/states/.
"""

import sys
from datetime import UTC, datetime

from tests.e2e.still_clock import hold

EVE = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
"""Monday, 08.30 in Tarakan: people book for Tuesday."""
LIVE = datetime(2026, 11, 24, 1, 12, tzinfo=UTC)
"""Tuesday, 09.12: they are in the hall."""


def main() -> None:
    """Hold the clock before anything reads it, then take the pictures."""
    hold(EVE)
    from tests.e2e.album import make  # noqa: PLC0415  # all that it imports has to see the held clock

    make(" ".join(sys.argv[1:]), eve=EVE, live=LIVE)


if __name__ == "__main__":
    main()
