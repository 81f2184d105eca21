"""The port for operations: /livez, /readyz and /metrics, with the same answers as the services' own.

/livez and /readyz are on the API's port too, where load balancers ask.

Alive means the process serves this port. Ready means it knows the offices, which it asks for when the broker
is there first; then it is worth sending people to. It stays ready while the broker is away: it has pages,
boards and offices in memory and says what cannot be done now, which is more than a load balancer would.
"""

from collections.abc import Callable, Mapping
from typing import Any

import falcon.asgi
import orjson
from falcon import HTTP_503
from falcon.asgi import Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

Check = Callable[[], bool]


def make_ops_app(checks: Mapping[str, Check], told: Mapping[str, Check]) -> falcon.asgi.App[Any, Any]:
    """Build the application; every /readyz asks `checks`, and tells how `told` stands."""
    app: falcon.asgi.App[Any, Any] = falcon.asgi.App()
    add_health_routes(app, checks, told)
    app.add_route("/metrics", _Metrics())
    return app


def add_health_routes(
    app: falcon.asgi.App[Any, Any], checks: Mapping[str, Check], told: Mapping[str, Check]
) -> None:
    """Serve /livez and /readyz."""
    app.add_route("/livez", _Liveness())
    app.add_route("/readyz", _Readiness(checks, told))


class _Liveness:
    async def on_get(self, req: Request, resp: Response) -> None:
        resp.data = orjson.dumps({"alive": True})


class _Readiness:
    def __init__(self, checks: Mapping[str, Check], told: Mapping[str, Check]) -> None:
        self._checks = checks
        self._told = told

    async def on_get(self, req: Request, resp: Response) -> None:
        state = {name: check() for name, check in self._checks.items()}
        ready = all(state.values())
        state |= {name: check() for name, check in self._told.items()}
        resp.data = orjson.dumps({"ready": ready, "checks": state})
        if not ready:
            resp.status = HTTP_503


class _Metrics:
    async def on_get(self, req: Request, resp: Response) -> None:
        resp.content_type = CONTENT_TYPE_LATEST
        resp.data = generate_latest()
