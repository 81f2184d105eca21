"""The port for operations: /livez, /readyz and /metrics.

Alive means the process serves this port. Ready means it reaches its database and each part of it the
broker; the answer names what is missing. Kubernetes restarts on the first, and holds traffic back on
the second.
"""

import socketserver
import wsgiref.simple_server
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import orjson
from nameko.extensions import SharedExtension
from prometheus_client import make_wsgi_app

from chassis.service import Platform

Check = Callable[[], bool]
StartResponse = Callable[[str, list[tuple[str, str]]], Any]


class OpsServer(SharedExtension):
    """Serves the operations port of a service process."""

    platform = Platform()

    def __init__(self) -> None:
        self._checks: dict[str, Check] = {}

    def add_check(self, name: str, check: Check) -> None:
        """Let readiness depend on one more part."""
        self._checks[name] = check

    def start(self) -> None:
        """Listen."""
        self.add_check("database", self.platform.database_answers)
        self.add_check("relay", lambda: self.platform.relay.loop.connected)
        settings = self.platform.settings
        self._server = make_server(settings.ops_host, settings.ops_port, self._checks)
        self.container.spawn_managed_thread(self._server.serve_forever)

    def kill(self) -> None:
        """Stop listening."""
        self._server.server_close()

    stop = kill


def make_server(host: str, port: int, checks: Mapping[str, Check]) -> wsgiref.simple_server.WSGIServer:
    """Open the port; `checks` are asked at every /readyz."""
    return wsgiref.simple_server.make_server(
        host, port, ops_application(checks), server_class=_ThreadingServer, handler_class=_QuietHandler
    )


def ops_application(
    checks: Mapping[str, Check],
) -> Callable[[dict[str, Any], StartResponse], Iterable[bytes]]:
    """Build the WSGI application."""
    metrics_application = make_wsgi_app()

    def application(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "/")
        if path == "/metrics":
            return metrics_application(environ, start_response)  # type: ignore[no-any-return]
        if path == "/livez":
            return _json(start_response, "200 OK", {"alive": True})
        if path == "/readyz":
            state = {name: check() for name, check in checks.items()}
            ready = all(state.values())
            status = "200 OK" if ready else "503 Service Unavailable"
            return _json(start_response, status, {"ready": ready, "checks": state})
        return _json(start_response, "404 Not Found", {"paths": ["/livez", "/readyz", "/metrics"]})

    return application


def _json(start_response: StartResponse, status: str, body: object) -> list[bytes]:
    start_response(status, [("Content-Type", "application/json"), ("Cache-Control", "no-store")])
    return [orjson.dumps(body)]


class _ThreadingServer(socketserver.ThreadingMixIn, wsgiref.simple_server.WSGIServer):
    """One (green) thread a connection, so a slow reader holds nobody up."""

    daemon_threads = True


class _QuietHandler(wsgiref.simple_server.WSGIRequestHandler):
    """Keeps probes out of the log."""

    timeout = 10

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""
