"""What a person sees while `antrean up` works: a line a step, and in the end where to go.

On a terminal the step at work has a spinner; elsewhere each step is a plain line when it begins and ends.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.table import Table


class Terminal:
    """Prints steps, news and tables."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(highlight=False)

    @contextmanager
    def step(self, what: str) -> Iterator[None]:
        """Show that this is at work, then how long it took; a failed step is not ticked."""
        begun = time.monotonic()
        if self._console.is_terminal:
            with self._console.status(what):
                yield
        else:
            self._console.print(f"… {what}")
            yield
        self._console.print(f"[green]✓[/green] {what} [dim]{time.monotonic() - begun:.1f} s[/dim]")

    def say(self, sentence: str) -> None:
        """Print one line of news with the time of day."""
        self._console.print(f"[dim]{time.strftime('%H:%M:%S')}[/dim] {sentence}", soft_wrap=True)

    def table(self, title: str, rows: Sequence[tuple[str, ...]]) -> None:
        """Print rows under a title; the last column may be an address and is never broken."""
        table = Table(title=title, title_justify="left", title_style="bold", show_header=False, box=None)
        for number in range(len(rows[0])):
            table.add_column(no_wrap=True, overflow="ignore", style="cyan" if number else "")
        for row in rows:
            table.add_row(*row)
        self._console.print()
        self._console.print(table, crop=False)
