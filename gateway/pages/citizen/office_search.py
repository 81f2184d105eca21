"""Which offices a search means, also where it is short for something, or slightly mistyped.

"Kab. Malinau" ─▶ kabupaten, malinau ─▶ every word in an office's names, or in what it covers
"surabya"      ─▶ nothing            ─▶ the closest words that there are ─▶ surabaya
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from contracts.events.booking import OfficeChanged

_SHORT_FOR = {
    "kab": "kabupaten",
    "prov": "",
    "provinsi": "",
    "kaltara": "kalimantan utara",
    "kalbar": "kalimantan barat",
    "kalsel": "kalimantan selatan",
    "kalteng": "kalimantan tengah",
    "kaltim": "kalimantan timur",
    "jabar": "jawa barat",
    "jateng": "jawa tengah",
    "jatim": "jawa timur",
    "jakbar": "jakarta barat",
    "jakpus": "jakarta pusat",
    "jaksel": "jakarta selatan",
    "jaktim": "jakarta timur",
    "jakut": "jakarta utara",
    "sulsel": "sulawesi selatan",
    "sulut": "sulawesi utara",
    "sumbar": "sumatera barat",
    "sumsel": "sumatera selatan",
    "sumut": "sumatera utara",
    "ntb": "nusa tenggara barat",
    "ntt": "nusa tenggara timur",
    "diy": "yogyakarta",
    "jogja": "yogyakarta",
    "jogjakarta": "yogyakarta",
}
"""How people shorten the names of regions; what stands for nothing adds nothing to a name."""

_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS = 8
_SIMILAR = 0.75
"""As difflib has it: `surabya` and `surabaya` 0.93, `tarakn` and `tarakan` 0.92. Only what no office has is
compared, so that names which are alike (`badung`, `bandung`) are not taken for each other.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The offices that a search means, by city; `meant` is what was searched for in its place, if it was."""

    offices: Sequence[OfficeChanged]
    meant: str | None = None


def search(offices: Sequence[OfficeChanged], wanted: str) -> Found:
    """Find offices in whose names of any kind, or of what they cover, every word is found.

    Where there are none, the words that no office has are taken for the closest ones that there are.
    """
    words = _words(wanted)
    found = _with_all(offices, words)
    if found or not words:
        return Found(offices=found)
    known = sorted({word for office in offices for word in _WORD.findall(_text(office))})
    meant = [word if any(word in one for one in known) else _closest(word, known) for word in words]
    return Found(offices=_with_all(offices, meant), meant=" ".join(meant))


def _words(wanted: str) -> list[str]:
    typed = _WORD.findall(wanted.casefold())[:_MOST_WORDS]
    return [word for one in typed for word in _SHORT_FOR.get(one, one).split()]


def _closest(word: str, known: Sequence[str]) -> str:
    return next(iter(get_close_matches(word, known, n=1, cutoff=_SIMILAR)), word)


def _with_all(offices: Iterable[OfficeChanged], words: Sequence[str]) -> list[OfficeChanged]:
    found = (office for office in offices if all(word in _text(office) for word in words))
    return sorted(found, key=lambda office: (office.city, office.name))


def _text(office: OfficeChanged) -> str:
    told = (office.office, office.name, office.city, office.province, *office.covers)
    return " ".join(told).casefold()
