"""What booking refuses to who did not come when they had booked."""

from contracts.refusals import Refused


class NoShowWait(Refused):
    """Somebody missed so many visits that they wait; data: `office`, `display_name`, `book_from` (a date)."""

    code = "no_show_wait"
