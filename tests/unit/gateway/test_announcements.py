"""Calls said by the server: only what a board calls now, each sentence made once."""

import asyncio
import io
import wave
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from contracts.events.display import BoardCall, BoardChanged
from contracts.requests.display import GetBoard
from contracts.words import Locale
from gateway.boards import BoardHub
from gateway.voice.announcements import Announcer, NotCalled, VoiceUnavailable, sentence_of
from gateway.voice.synthesis import Synthesizer, installed_synthesizer
from tests.unit.gateway.fakes import NOON, FakeServices, board, called, gateway, office

pytestmark = pytest.mark.anyio


def shown(number: str = "A-012", name: str | None = "Sdri. Maria", **changes: Any) -> BoardCall:
    """Return a call to counter 1."""
    usual = BoardCall(
        number=number,
        display_name=name,
        counter=1,
        called_at=NOON,
        calls=1,
        state="called",
    )
    return replace(usual, **changes)


def calling(*calls: BoardCall, version: int = 1) -> BoardChanged:
    """Return Tarakan's board with these calls."""
    return replace(board(version), calls=calls)


@dataclass(slots=True)
class Notes:
    """A synthesizer that notes what it was asked for; `fails` makes no sound."""

    spoken: list[str] = field(default_factory=list)
    fails: bool = False

    async def speak(self, sentence: str, language: Locale) -> bytes | None:
        """Note the sentence."""
        self.spoken.append(f"{language}: {sentence}")
        await asyncio.sleep(0)
        return None if self.fails else sentence.encode()


def announcer(notes: Notes | None, *calls: BoardCall) -> tuple[Announcer, BoardHub]:
    """Return one before a board with these calls."""
    services = FakeServices()
    services.answers[GetBoard] = calling(*calls)
    hub = BoardHub(services)
    return Announcer(hub, cast("Synthesizer | None", notes)), hub


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("id", "Nomor antrean A, 0 1 2. Saudari Maria. Silakan ke loket 1."),
        ("en", "Number A, 0 1 2. Saudari Maria. Please go to counter 1."),
    ],
)
def test_a_call_is_a_sentence_in_each_language(language: Locale, sentence: str) -> None:
    """With the name as it is spoken."""
    assert sentence_of(shown(), language) == sentence
    assert "Saudari" not in sentence_of(shown(name=None), language)


async def test_a_sentence_is_made_once_however_many_boards_ask() -> None:
    """At the same moment and later."""
    notes = Notes()
    made, _ = announcer(notes, shown())
    sounds = await asyncio.gather(*(made.say("TRK", "A-012", 1, "id") for _ in range(5)))
    assert len({*sounds, await made.say("TRK", "A-012", 1, "id")}) == 1
    assert notes.spoken == ["id: Nomor antrean A, 0 1 2. Saudari Maria. Silakan ke loket 1."]


@pytest.mark.parametrize(("number", "counter"), [("A-013", 1), ("A-012", 2), ("B-001", 1)])
async def test_what_is_not_called_is_not_said(number: str, counter: int) -> None:
    """Another number, another counter, or one who was served already: no work is done for it."""
    notes = Notes()
    made, _ = announcer(notes, shown(), shown("B-001", state="served"))
    with pytest.raises(NotCalled):
        await made.say("TRK", number, counter, "id")
    assert notes.spoken == []


async def test_a_call_that_no_board_has_yet_is_said() -> None:
    """check-in tells it a moment earlier than display; a board of ten seconds later knows better."""
    notes = Notes()
    made, hub = announcer(notes)
    await hub.current("TRK")
    hub.announce(called(called_at=NOON, counter=1))
    number = called().number
    assert await made.say("TRK", number, 1, "id")
    hub.publish(calling(version=11))
    with pytest.raises(NotCalled):
        await made.say("TRK", number, 1, "id")


async def test_a_first_call_at_the_next_step_is_said_there_alone() -> None:
    """Each step counts its calls anew; who is called to counter 4 is no longer called to counter 1."""
    notes = Notes()
    made, hub = announcer(notes, shown())
    await hub.current("TRK")
    hub.announce(called(number="A-012", called_at=NOON + timedelta(minutes=5), counter=4))
    assert await made.say("TRK", "A-012", 4, "id")
    with pytest.raises(NotCalled):
        await made.say("TRK", "A-012", 1, "id")


async def test_a_voice_that_failed_is_asked_again() -> None:
    """The next board may have more luck."""
    notes = Notes(fails=True)
    made, _ = announcer(notes, shown())
    for _ in range(2):
        with pytest.raises(VoiceUnavailable):
            await made.say("TRK", "A-012", 1, "id")
    assert len(notes.spoken) == 2


async def test_without_a_voice_that_is_said() -> None:
    """Boards are told beforehand, by the languages."""
    made, _ = announcer(None, shown())
    assert made.languages == ()
    with pytest.raises(VoiceUnavailable):
        await made.say("TRK", "A-012", 1, "id")


async def test_the_real_voice_speaks_both_languages() -> None:
    """A process of its own makes some seconds of sound; a library that is not there is no error of ours."""
    voice = installed_synthesizer()
    if voice is None:
        pytest.skip("no espeakng-loader; `make voice` installs it")
    languages: tuple[Locale, ...] = ("id", "en")
    for language in languages:
        sound = await voice.speak(sentence_of(shown(), language), language)
        assert sound is not None
        with wave.open(io.BytesIO(sound)) as file:
            assert 2 < file.getnframes() / file.getframerate() < 9
    assert await replace(voice, library=Path("/nowhere")).speak("Nomor antrean", "id") is None


async def test_a_call_is_heard_over_http() -> None:
    """A WAV that no cache keeps; another language is not found."""
    if installed_synthesizer() is None:
        pytest.skip("no espeakng-loader; `make voice` installs it")
    async with gateway(office()) as api:
        api.services.answers[GetBoard] = calling(shown())
        heard = await api.http.simulate_get("/v1/offices/TRK/announcements/A-012/1/id.wav")
        assert (heard.status_code, heard.headers["content-type"]) == (200, "audio/wav")
        assert heard.headers["cache-control"] == "no-store"
        assert heard.content.startswith(b"RIFF")
        for address, code in (("A-012/1/ms", "not_found"), ("A-099/1/id", "not_called")):
            refused = await api.http.simulate_get(f"/v1/offices/TRK/announcements/{address}.wav")
            assert (refused.status_code, refused.json["code"]) == (404, code)


async def test_an_offices_recordings_are_served_and_nothing_else(tmp_path: Path) -> None:
    """Its own folder first, else that of all offices; no other file can be had."""
    for owner, language, name in (
        ("TRK", "id", "a.mp3"),
        ("all", "en", "b.ogg"),
        ("TRK", "id", "secret.txt"),
    ):
        folder = tmp_path / owner / language
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(name.encode())
    async with gateway(office(), clips_folder=tmp_path) as api:
        for address, status in (
            ("id/a.mp3", 200),
            ("en/b.ogg", 200),
            ("id/secret.txt", 404),
            ("id/..%2f..%2fall%2fen%2fb.ogg", 404),
            ("ms/a.mp3", 404),
        ):
            answer = await api.http.simulate_get(f"/papan/TRK/rekaman/{address}")
            assert (address, answer.status_code) == (address, status)
