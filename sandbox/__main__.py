"""Start the sandbox: `python -m sandbox`.

Standard output is the log. Exit codes: 0 stopped by a signal, 1 died, 2 wrong settings.
"""

import asyncio
import logging
import sys

from chassis import log
from chassis.settings import SettingsInvalid, load_settings
from sandbox.server import serve
from sandbox.settings import SandboxSettings


def main() -> int:
    """Serve until a signal; return the exit code."""
    try:
        settings = load_settings(SandboxSettings)
    except SettingsInvalid as invalid:
        sys.stderr.write(f"{invalid}\n")
        return 2
    log.configure(process="sandbox", log_format=settings.log_format, log_level=settings.log_level)
    for chatty in ("mail.log", "uvicorn"):  # aiosmtpd logs every address at level info
        logging.getLogger(chatty).setLevel(logging.WARNING)
    asyncio.run(serve(settings))
    return 0


if __name__ == "__main__":
    sys.exit(main())
