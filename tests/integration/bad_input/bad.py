"""One bad input: what is sent, by whom, and the refusal that it meets."""

from dataclasses import dataclass, field

PASSWORD = "rahasia-sekali"
OFFICE, ELSEWHERE = "TRK", "SKW"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bad:
    """A request, and the refusal that it meets.

    `{words}` in it are taken from the story; a header without a value is not sent.
    """

    ask: str
    body: object = None
    who: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    status: int
    code: str
