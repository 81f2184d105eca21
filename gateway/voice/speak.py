"""Say the sentence on standard input as a WAV on standard output: `speak.py LIBRARY DATA VOICE`.

A program of its own, on Python's standard library and eSpeak NG (1.49 or newer). Nobody imports it.
"""

import ctypes
import sys
import wave
from io import BytesIO

_AUDIO_OUTPUT_SYNCHRONOUS = 2
_CHARACTERS_ARE_UTF8 = 1
_POSITION_IN_CHARACTERS = 1
_RATE = 1
_WORDS_A_MINUTE = 145
_OK = 0
_BYTES_A_SAMPLE = 2


def main(library: str, data: str, voice: str) -> None:
    """Read the sentence, and write how it sounds."""
    sys.stdout.buffer.write(spoken(ctypes.CDLL(library), data, voice, sys.stdin.buffer.read()))


def spoken(espeak: ctypes.CDLL, data: str, voice: str, sentence: bytes) -> bytes:
    """Return a sentence (UTF-8) as WAV: one channel, 16 bits."""
    rate = espeak.espeak_Initialize(_AUDIO_OUTPUT_SYNCHRONOUS, 0, data.encode(), 0)
    if rate <= 0:
        sys.exit("eSpeak NG finds no data")
    samples = bytearray()

    @ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
    def take(block: int | None, count: int, _events: int | None) -> int:
        if block:
            samples.extend(ctypes.string_at(block, count * _BYTES_A_SAMPLE))
        return 0

    espeak.espeak_SetSynthCallback(take)
    if espeak.espeak_SetVoiceByName(voice.encode()) != _OK:
        sys.exit(f"eSpeak NG has no voice {voice}")
    espeak.espeak_SetParameter(_RATE, _WORDS_A_MINUTE, 0)
    text = ctypes.create_string_buffer(sentence)
    espeak.espeak_Synth(
        text, ctypes.c_size_t(len(text)), 0, _POSITION_IN_CHARACTERS, 0, _CHARACTERS_ARE_UTF8, None, None
    )
    espeak.espeak_Synchronize()
    return _wav(bytes(samples), rate)


def _wav(samples: bytes, rate: int) -> bytes:
    file = BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(_BYTES_A_SAMPLE)
        sound.setframerate(rate)
        sound.writeframes(samples)
    return file.getvalue()


if __name__ == "__main__":
    main(*sys.argv[1:])
