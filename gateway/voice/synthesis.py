"""Speech made by eSpeak NG in a process of its own: a sentence in, a WAV out."""

import asyncio
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from chassis.log import get_logger
from contracts.words import Locale

_PROGRAM = Path(__file__).with_name("speak.py")
_PACKAGE = "espeakng_loader"
_LIBRARIES = ("libespeak-ng.so", "libespeak-ng.dylib", "espeak-ng.dll")
_LONGEST_SECONDS = 5.0
_VOICES: dict[Locale, str] = {"id": "id", "en": "en"}

log = get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Synthesizer:
    """Where the library and its data lie."""

    library: Path
    data: Path

    async def speak(self, sentence: str, language: Locale) -> bytes | None:
        """Return a sentence as WAV; None when it could not be made within five seconds."""
        try:
            process = await self._start(language)
        except OSError as reason:  # no memory, or no processes left
            log.warning("voice_failed", language=language, said=str(reason))
            return None
        try:
            async with asyncio.timeout(_LONGEST_SECONDS):
                sound, complaint = await process.communicate(sentence.encode())
        except TimeoutError:
            process.kill()
            await process.wait()
            log.warning("voice_too_slow", language=language)
            return None
        if process.returncode:
            log.warning("voice_failed", language=language, said=complaint.decode(errors="replace")[-200:])
            return None
        return sound

    async def _start(self, language: Locale) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-S", _PROGRAM, self.library, self.data, _VOICES[language]),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )


def installed_synthesizer() -> Synthesizer | None:
    """Find the optional package without importing it; None where it is not installed."""
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent
    found = next((folder / name for name in _LIBRARIES if (folder / name).exists()), None)
    return Synthesizer(library=found, data=folder / "espeak-ng-data") if found else None
