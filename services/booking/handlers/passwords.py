"""Passwords: argon2id with 19 MiB, 2 passes and 1 lane.

Source: OWASP Password Storage Cheat Sheet (the first of its equal settings for argon2id); the modest
memory lets twenty people sign in at once in a small container. The settings are written in each hash,
so stronger ones can come later and old hashes still verify.
"""

import secrets
from collections.abc import Callable
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

Runner = Callable[..., Any]
"""Calls a function that burns the processor, wherever that does no harm, and returns its result."""


def run_here(function: Callable[..., Any], *args: object) -> Any:
    """Call a function at once."""
    return function(*args)


class Passwords:
    """Hashes and verifies passwords."""

    def __init__(self, run: Runner = run_here) -> None:
        self._run = run
        self._hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
        self._decoy = self._hasher.hash(secrets.token_urlsafe())

    def hash(self, password: str) -> str:
        """Make what is stored of a password."""
        return str(self._run(self._hasher.hash, password))

    def verify(self, password: str, password_hash: str | None) -> bool:
        """Say whether the password is right; with no hash to compare, do the same work and say no."""
        try:
            self._run(self._hasher.verify, password_hash or self._decoy, password)
        except VerifyMismatchError:
            return False
        return password_hash is not None
