"""What a check finds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of the report: a part, how it is, and, when it is not healthy, what to do."""

    part: str
    state: str
    advice: str = ""

    @property
    def healthy(self) -> bool:
        """Nothing has to be done."""
        return not self.advice
