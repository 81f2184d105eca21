"""The booking code as people type it when the QR code cannot be read."""

_LONGEST = 16
_LOOK_ALIKES = str.maketrans("OIL", "011")


def is_typed(text: str) -> bool:
    """Tell a typed booking code (9 characters) from the text of a QR code (over 200)."""
    return len(text.strip()) <= _LONGEST


def read_typed_code(text: str) -> str:
    """Return the booking code that was meant: any case, spaces or hyphen or neither, O for 0, I or L for 1.

    Source: Crockford's Base32, decoding. The office's three letters stay as they are.
    """
    compact = "".join(character for character in text.upper() if character.isalnum())
    return f"{compact[:3]}-{compact[3:].translate(_LOOK_ALIKES)}"
