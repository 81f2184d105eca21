"""The port for operations: /livez, /readyz and /metrics, with the same answers as the services' own.

/livez and /readyz are on the API's port too, where load balancers ask.

Alive means the process serves this port. Ready means it is connected to the broker and knows the
offices; then it is worth sending people to.
"""

from collections.abc import Callable, Mapping
from typing import Any

import falcon.asgi
import orjson
from falcon import HTTP_503
from falcon.asgi import Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

Check = Callable[[], bool]


def make_ops_app(checks: Mapping[str, Check]) -> falcon.asgi.App[Any, Any]:
    """Build the application; `checks` are asked at every /readyz."""
    app: falcon.asgi.App[Any, Any] = falcon.asgi.App()
    add_health_routes(app, checks)
    app.add_route("/metrics", _Metrics())
    return app


def add_health_routes(app: falcon.asgi.App[Any, Any], checks: Mapping[str, Check]) -> None:
    """Serve /livez and /readyz."""
    app.add_route("/livez", _Liveness())
    app.add_route("/readyz", _Readiness(checks))


class _Liveness:
    async def on_get(self, req: Request, resp: Response) -> None:
        resp.data = orjson.dumps({"alive": True})


class _Readiness:
    def __init__(self, checks: Mapping[str, Check]) -> None:
        self._checks = checks

    async def on_get(self, req: Request, resp: Response) -> None:
        state = {name: check() for name, check in self._checks.items()}
        ready = all(state.values())
        resp.data = orjson.dumps({"ready": ready, "checks": state})
        if not ready:
            resp.status = HTTP_503


class _Metrics:
    async def on_get(self, req: Request, resp: Response) -> None:
        resp.content_type = CONTENT_TYPE_LATEST
        resp.data = generate_latest()
