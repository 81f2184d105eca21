"""Calls said aloud by the server. Only what a hall's board calls now is ever said.

So nobody can have anything else spoken, there is no more work than there are calls, and a name is heard
where everybody reads it already. A sentence is made once, however many boards ask for it.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping

from contracts.events.display import BoardCall
from contracts.hall_name import HIDDEN
from contracts.refusals import Refused
from contracts.words import Locale
from gateway.boards import BoardHub
from gateway.voice.synthesis import Synthesizer

LANGUAGES: Mapping[str, Locale] = {"id": "id", "en": "en"}
_KEPT = 64
"""Sentences kept: some 200 kB each."""
_AT_ONCE = 1
_MOST_WAITING = 16
_ADDRESSES = {"Sdr.": "Saudara", "Sdri.": "Saudari"}


class NotCalled(Refused):
    """The hall does not call this number to this counter now; data: `number`, `counter`."""

    code = "not_called"


class VoiceUnavailable(Refused):
    """The server has no voice, or has too much to say at this moment."""

    code = "voice_unavailable"


class Announcer:
    """Says the calls of every hall; without a synthesizer it has no language."""

    def __init__(self, hub: BoardHub, synthesizer: Synthesizer | None) -> None:
        self._hub = hub
        self._synthesizer = synthesizer
        self._sounds: OrderedDict[tuple[str, Locale], asyncio.Task[bytes | None]] = OrderedDict()
        self._turn = asyncio.Semaphore(_AT_ONCE)
        self._waiting = 0

    @property
    def languages(self) -> tuple[Locale, ...]:
        """What it can speak."""
        return tuple(LANGUAGES.values()) if self._synthesizer else ()

    async def say(self, office: str, number: str, counter: int, language: Locale) -> bytes:
        """Return a call of this moment as WAV. Raises NotCalled, VoiceUnavailable."""
        called = await self._hub.called_now(office)
        call = next((one for one in called if (one.number, one.counter) == (number, counter)), None)
        if call is None:
            raise NotCalled(number=number, counter=counter)
        key = (sentence_of(call, language), language)
        if key not in self._sounds:
            if self._synthesizer is None or self._waiting >= _MOST_WAITING:
                raise VoiceUnavailable
            self._keep(key, asyncio.create_task(self._make(self._synthesizer, *key)))
        self._sounds.move_to_end(key)
        # One board that goes away must not take the sound from the others.
        sound = await asyncio.shield(self._sounds[key])
        if sound is None:
            self._sounds.pop(key, None)
            raise VoiceUnavailable
        return sound

    def _keep(self, key: tuple[str, Locale], making: asyncio.Task[bytes | None]) -> None:
        self._sounds[key] = making
        if len(self._sounds) > _KEPT:
            self._sounds.popitem(last=False)

    async def _make(self, synthesizer: Synthesizer, sentence: str, language: Locale) -> bytes | None:
        self._waiting += 1
        try:
            async with self._turn:
                return await synthesizer.speak(sentence, language)
        finally:
            self._waiting -= 1


def sentence_of(call: BoardCall, language: Locale) -> str:
    """Write a call as it is said; a masked name is not.

    "Nomor antrean A, 0 1 2. Pak Andi. Silakan ke loket 1."
    """
    letter, figures = call.number.split("-")
    name = call.display_name or HIDDEN
    person = "" if HIDDEN in name else f" {_spoken(name)}."
    if language == "en":
        return f"Number {letter}, {' '.join(figures)}.{person} Please go to counter {call.counter}."
    return f"Nomor antrean {letter}, {' '.join(figures)}.{person} Silakan ke loket {call.counter}."


def _spoken(name: str) -> str:
    address, *rest = name.split(" ")
    return " ".join((_ADDRESSES.get(address, address), *rest))
