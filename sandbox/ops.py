"""The port for operations: /livez, /readyz and /metrics."""

import falcon
from falcon.asgi import App, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest


class Yes:
    """Answers that the process is there; it stands on nothing that could be away."""

    def __init__(self, word: str) -> None:
        self._word = word

    async def on_get(self, _req: Request, resp: Response) -> None:
        """Say yes."""
        resp.media = {self._word: True}


class Metrics:
    """Everything that prometheus_client counts in this process."""

    async def on_get(self, _req: Request, resp: Response) -> None:
        """Write the text format."""
        resp.content_type = CONTENT_TYPE_LATEST
        resp.data = generate_latest()


def ops_app() -> App[Request, Response]:
    """Build the application."""
    app: App[Request, Response] = falcon.asgi.App()
    app.add_route("/livez", Yes("alive"))
    app.add_route("/readyz", Yes("ready"))
    app.add_route("/metrics", Metrics())
    return app
