"""A claim: one figure divided by another, over interleaved rounds."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What is divided by what, in which unit, and the bar: a least or a greatest ratio, or none."""

    name: str
    above: str
    below: str
    unit: str
    at_least: float | None = None
    at_most: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The figures of a claim, one of each a round."""

    claim: Claim
    above: tuple[float, ...]
    below: tuple[float, ...]

    @property
    def ratios(self) -> tuple[float, ...]:
        """The ratio of each round."""
        return tuple(above / below for above, below in zip(self.above, self.below, strict=True))

    @property
    def ratio(self) -> float:
        """The median of the rounds' ratios."""
        return statistics.median(self.ratios)

    @property
    def holds(self) -> bool:
        """Whether the ratio is on the right side of its bar."""
        least, greatest = self.claim.at_least, self.claim.at_most
        return (least is None or self.ratio >= least) and (greatest is None or self.ratio <= greatest)

    def report(self) -> str:
        """Say it in lines for a person."""
        return (
            f"{self.claim.name}\n"
            f"  {self.ratio:.2f}  (rounds {min(self.ratios):.2f} to {max(self.ratios):.2f}; {self._bar()})\n"
            f"  {self.claim.above}: {_figures(self.above)} {self.claim.unit}\n"
            f"  {self.claim.below}: {_figures(self.below)} {self.claim.unit}"
        )

    def _bar(self) -> str:
        if self.claim.at_least is None and self.claim.at_most is None:
            return "reported, no bar"
        bar = f"at least {self.claim.at_least}" if self.claim.at_least else f"at most {self.claim.at_most}"
        return f"bar: {bar}: {'held' if self.holds else 'MISSED'}"


def measure(claim: Claim, above: Callable[[], float], below: Callable[[], float], *, rounds: int) -> Measured:
    """Measure both figures in turns."""
    figures = [(above(), below()) for _ in range(rounds)]
    return Measured(
        claim=claim, above=tuple(first for first, _ in figures), below=tuple(second for _, second in figures)
    )


def _figures(values: tuple[float, ...]) -> str:
    return " ".join(f"{value:,.1f}" if value < 100 else f"{value:,.0f}" for value in values)
