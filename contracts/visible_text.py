"""Text that people read on boards, tickets and pages: it can be seen, and turns nothing around it."""

import re
from unicodedata import category

from marshmallow import ValidationError, validate

NAMELESS = "–"
"""What stands where a name was that somebody had erased."""

FORMAT = "visible-text"
DESCRIPTION = (
    f"at least one letter or digit, of any script (`{NAMELESS}` alone is a name that was erased); no markup, "
    "and no character that cannot be seen: none of Unicode's categories Cc, Cf, Cn, Co, Cs, Zl and Zp, and "
    "no Hangul filler."
)

_UNSEEN_CATEGORIES = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_FILLERS = "\u115f\u1160\u3164\uffa0"
"""Letters to Unicode, and blank to everybody (Default_Ignorable_Code_Point)."""

_REFUSED = (
    r"<>\x00-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u180e"
    r"\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
)
_PATTERN = rf"^[^{_REFUSED}]*[^\s{_REFUSED}][^{_REFUSED}]*\Z"
"""What a pattern can say in any dialect; the rest is said by the description."""

_MARKUP_OR_FILLER = re.compile(f"[<>{_FILLERS}]")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")


class VisibleText(validate.Regexp):
    """Refuses markup, what cannot be seen, and what overrides the direction of the line it stands in."""

    def __init__(self, *, error: str) -> None:
        super().__init__(_PATTERN, error=error)

    def __call__(self, value: str) -> str:  # type: ignore[override]  # texts alone, and not bytes
        """Return the text, or raise ValidationError."""
        # isprintable says it at once of nearly every text; besides, it refuses spaces of another width.
        if (
            not (value.isprintable() or _UNSEEN_CATEGORIES.isdisjoint(map(category, value)))
            or _MARKUP_OR_FILLER.search(value)
            or not (_LETTER_OR_DIGIT.search(value) or value == NAMELESS)
        ):
            raise ValidationError(str(self.error))
        return value
