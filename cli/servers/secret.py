"""A random secret in a file that only we may read; made once, kept for later starts."""

import os
import secrets
from pathlib import Path


def secret_text(path: Path) -> str:
    """The secret in this file; a new one of 32 URL-safe characters when the file is missing."""
    if not path.exists():
        write_private(path, secrets.token_urlsafe(24).encode())
    return path.read_text()


def write_private(path: Path, content: bytes) -> None:
    """Write a file readable by us alone; a reader sees all of it or none."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    draft.rename(path)
