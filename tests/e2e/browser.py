"""Debian's Chromium, driven by Playwright; with a made-up camera where a test wants one."""

import io
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import segno
from PIL import Image
from playwright.sync_api import Browser, Playwright, ViewportSize

PHONE: ViewportSize = {"width": 360, "height": 800}
DESK: ViewportSize = {"width": 1280, "height": 800}
LAPTOP: ViewportSize = {"width": 1366, "height": 768}
TELEVISION: ViewportSize = {"width": 1280, "height": 720}

_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    # One site, so one process for pages: a page costs a fifth less.
    "--renderer-process-limit=1",
    "--disable-site-isolation-trials",
]
_FRAMES = 5


def chromium() -> str:
    """Return the browser's path; without one the test is skipped, under `CI=true` it fails.

    The one that has no windows does half the work for a page.
    """
    found = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if found is not None:
        return found
    reason = "no Chromium; as root tests/setup.sh installs it"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def launched(playwright: Playwright, *, camera: Path | None = None) -> Iterator[Browser]:
    """Run a browser; `camera` is a film that it takes for what its camera sees."""
    arguments = list(_ARGUMENTS)
    if camera is not None:
        arguments += [
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
            f"--use-file-for-fake-video-capture={camera}",
        ]
    browser = playwright.chromium.launch(executable_path=chromium(), args=arguments)
    try:
        yield browser
    finally:
        browser.close()


def film_of_ticket(ticket: str, path: Path) -> Path:
    """Write a short film (MJPEG) of a ticket's QR code held slightly askew before a grey wall."""
    drawn = io.BytesIO()
    segno.make_qr(ticket, error="m", mode="alphanumeric", boost_error=False).save(
        drawn, kind="png", scale=6, border=4
    )
    code = Image.open(drawn).convert("RGB")
    frames = [_frame(code, degrees) for degrees in range(_FRAMES)]
    path.write_bytes(b"".join(frames))
    return path


def _frame(code: Image.Image, degrees: int) -> bytes:
    wall = Image.new("RGB", (640, 480), (150, 150, 145))
    held = code.rotate(degrees, expand=True, fillcolor=(150, 150, 145))
    wall.paste(held, ((640 - held.width) // 2, (480 - held.height) // 2))
    frame = io.BytesIO()
    wall.save(frame, "JPEG", quality=92)
    return frame.getvalue()
