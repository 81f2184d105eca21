"""The recordings that an office made: a folder of small files, read anew whenever a board is opened.

<CLIPS_FOLDER>/TRK/id/nomor-antrean.mp3      "nomor antrean"
                      silakan-ke-loket.mp3   "silakan ke loket"
                      a.mp3 … z.mp3          the letter of a number
                      0.mp3 … 9.mp3          its figures, and those of a counter
                      10.mp3, 12.mp3 …       a counter's number as one word, where somebody recorded it
<CLIPS_FOLDER>/all/id/…                      the same for every office that has none of its own
"""

import re
from dataclasses import dataclass
from pathlib import Path

from contracts.words import Locale

COMMON = "all"
MEDIA_TYPES = {".mp3": "audio/mpeg", ".ogg": "audio/ogg", ".m4a": "audio/mp4", ".wav": "audio/wav"}
_NAME = re.compile(r"[a-z0-9-]{1,40}\.(?:mp3|ogg|m4a|wav)\Z")
_MOST_BYTES = 500_000
_LANGUAGES: tuple[Locale, ...] = ("id", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clips:
    """The folder of all offices' recordings; None where there is none."""

    folder: Path | None

    def of(self, office: str) -> dict[Locale, dict[str, str]]:
        """Return what an office's board may play: for each language that has any, name to address."""
        found = {language: self._addresses(office, language) for language in _LANGUAGES}
        return {language: addresses for language, addresses in found.items() if addresses}

    def find(self, office: str, language: str, name: str) -> Path | None:
        """Return a recording's file, None for what is none."""
        if self.folder is None or language not in _LANGUAGES or not _NAME.match(name):
            return None
        file = self.folder / self._owner(self.folder, office, language) / language / name
        return file if file.is_file() and file.stat().st_size <= _MOST_BYTES else None

    def _addresses(self, office: str, language: Locale) -> dict[str, str]:
        if self.folder is None:
            return {}
        folder = self.folder / self._owner(self.folder, office, language) / language
        names = sorted(file.name for file in folder.iterdir()) if folder.is_dir() else []
        return {
            name.partition(".")[0]: f"/papan/{office}/rekaman/{language}/{name}"
            for name in names
            if self.find(office, language, name)
        }

    @staticmethod
    def _owner(folder: Path, office: str, language: str) -> str:
        return office if (folder / office / language).is_dir() else COMMON
