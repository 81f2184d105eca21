"""The booking code that people type and say aloud, as `TRK-7K3M9P`.

Crockford's base32 has no I, L, O and U, so no two of its characters are taken for each other.
Source: D. Crockford, "Base 32".
"""

CODE_BITS = 30

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BITS_PER_CHARACTER = 5


def booking_code(office: str, number: int) -> str:
    """Write a number of CODE_BITS bits as a code of the office; codes say nothing when drawn at random."""
    shifts = range(CODE_BITS - _BITS_PER_CHARACTER, -1, -_BITS_PER_CHARACTER)
    return f"{office}-{''.join(_ALPHABET[number >> shift & 31] for shift in shifts)}"
