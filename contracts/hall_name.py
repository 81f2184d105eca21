"""What the hall shows of a person, as they chose it: their name, less of it, or nothing but their number.

Where a mask is cut, a letter is what people take for one (a grapheme cluster, Unicode's annex 29): an accent
or a vowel sign stays with what it stands on. Emoji are no letters here.
"""

from collections.abc import Iterator
from unicodedata import category, combining, normalize

from contracts.words import DISPLAY_NAME_LENGTH, ShownAs

HIDDEN = "•••"
"""What stands for the letters between; always three, so that it does not tell how many there are."""

SHOWN_AS: tuple[ShownAs, ...] = ("name", "masked", "initials", "number")
"""The choices, from the whole name to none."""

FORMS_OF_ADDRESS = frozenset({"Pak", "Bapak", "Bu", "Ibu", "Mas", "Mbak", "Kak", "Adik", "Sdr.", "Sdri."})

_MOST_INITIALS = 3
_SHORTEST_WITH_END = 4
"""Of a name with fewer letters, the first and the last would be nearly all."""
_VIRAMA = 9
"""The canonical combining class of signs that bind the next consonant of Indic scripts to this one."""
_FOLLOWING = "\u0e33\u0eb3"
"""Thai and Lao vowels that are letters to Unicode and never begin one for readers (annex 29, SpacingMark)."""


def hall_name(shown_as: ShownAs, *, name: str, display_name: str) -> str | None:
    """Return what the hall shows; None where the number alone does.

    `name` is the full name, `display_name` the one for the hall: a form of address and a nickname. A name
    without a letter to show is not shown.
    """
    match shown_as:
        case "name":
            return display_name
        case "masked":
            return masked(display_name)
        case "initials":
            return _initials(name)
        case "number":
            return None


def letters(text: str) -> Iterator[str]:
    """Give the letters and digits of a text as people count them."""
    cluster = ""
    for sign in normalize("NFC", text):
        if cluster and (_follows(sign) or (_binds(cluster[-1]) and sign.isalpha())):
            cluster += sign
            continue
        if cluster[:1].isalnum():
            yield cluster
        cluster = sign
    if cluster[:1].isalnum():
        yield cluster


def masked(display_name: str) -> str | None:
    """Keep a form of address, and of the nickname the first letter and, where it is long enough, the last.

    Of a name that is masked already, or of initials, it keeps less.
    """
    address, _, nickname = display_name.strip().partition(" ")
    if address not in FORMS_OF_ADDRESS:
        address, nickname = "", display_name
    shown = tuple(letters(nickname))
    first = shown[0] if len(shown) > 1 else ""
    last = shown[-1] if len(shown) >= _SHORTEST_WITH_END else ""
    for nickname in (f"{first}{HIDDEN}{last}", f"{first}{HIDDEN}", HIDDEN):
        masked = f"{address} {nickname}".strip()
        if len(masked) <= DISPLAY_NAME_LENGTH and any(map(str.isalnum, masked)):
            return masked
    return None


def _initials(name: str) -> str | None:
    """Take the first letter of each of the first words that have one."""
    firsts = filter(None, (next(letters(word), None) for word in name.split()))
    initials = [f"{_capital(first)}." for first, _ in zip(firsts, range(_MOST_INITIALS), strict=False)]
    while len(" ".join(initials)) > DISPLAY_NAME_LENGTH:
        initials.pop()
    return " ".join(initials) or None


def _capital(letter: str) -> str:
    """Write a letter large, where its script has large ones and that makes no two of it."""
    large = letter.title()
    return large if len(large) == len(letter) else letter


def _follows(sign: str) -> bool:
    return category(sign).startswith("M") or sign in _FOLLOWING


def _binds(sign: str) -> bool:
    return combining(sign) == _VIRAMA
