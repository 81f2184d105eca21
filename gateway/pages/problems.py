"""A refusal, shown to a person as a page instead of as problem JSON."""

import orjson
from falcon.asgi import Request, Response

from gateway.pages.render import Renderer
from gateway.problems import MEDIA_TYPE


class ProblemPages:
    """Falcon middleware: where a browser asked for a page, a problem becomes one, status and all."""

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer

    async def process_response(
        self,
        req: Request,
        resp: Response,
        _resource: object,
        _req_succeeded: bool,
    ) -> None:
        """Replace the problem; programs, and everything under /v1, keep the JSON."""
        if resp.content_type == MEDIA_TYPE and resp.data is not None and _wants_page(req):
            self._renderer.show(req, resp, "problem.html", problem=orjson.loads(resp.data))


def _wants_page(req: Request) -> bool:
    return not req.path.startswith("/v1/") and "text/html" in (req.get_header("Accept") or "")
