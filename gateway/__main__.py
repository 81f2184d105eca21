"""Start the gateway: `python -m gateway`.

Standard output is the log. Exit codes: 0 stopped by a signal, 1 a port is taken, 2 wrong settings.
"""

import logging
import os
import socket
import sys

import uvloop

from chassis import log
from chassis.settings import SettingsInvalid, load_settings
from gateway.server import serve
from gateway.settings import GatewaySettings

_BACKLOG = 2048
_SILENT_MILLISECONDS = 60_000


def main() -> int:
    """Run the gateway until a signal stops it; return the exit code."""
    try:
        settings = load_settings(GatewaySettings)
    except SettingsInvalid as invalid:
        sys.stderr.write("gateway can't start:\n" + "".join(f"  {fault}\n" for fault in invalid.faults))
        return 2
    log.configure(process="gateway", log_format=settings.log_format, log_level=settings.log_level)
    # A connection that fails is eight errors in pika's words, and one warning in ours.
    logging.getLogger("pika").setLevel(logging.CRITICAL)
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
    logger = log.get_logger("gateway")
    try:
        listeners = [_listen(settings.host, settings.port), _listen(settings.ops_host, settings.ops_port)]
    except OSError as reason:
        sys.stderr.write(f"gateway can't start:\n  {reason}\n")
        return 1
    ports = [listener.getsockname()[1] for listener in listeners]
    logger.info("started", pid=os.getpid(), port=ports[0], ops_port=ports[1])
    if settings.takes_all_for_the_proxy:
        logger.warning(
            "no_trusted_proxies", setting="TRUSTED_PROXIES", effect="all behind a proxy are one address"
        )
    uvloop.run(serve(settings, listeners))
    logger.info("stopped")
    return 0


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as reason:
        raise OSError(f"cannot listen on {host} port {port}: {reason.strerror}") from reason
    # Connections have it from their listener: who follows a board and lost the network is let go.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _SILENT_MILLISECONDS)
    return listener


if __name__ == "__main__":
    sys.exit(main())
