"""An office's code in an address counts in lower case too: people type it so."""

import re
from collections.abc import MutableMapping

import falcon
from falcon.asgi import Request, Response

_CODE = re.compile(r"[A-Za-z]{3}\Z")
_PLACE = "{office}"


class OfficeCodes:
    """Falcon middleware: the API takes the code as it is meant, pages move to their one address (308)."""

    async def process_resource(
        self, req: Request, resp: Response, resource: object, params: MutableMapping[str, str]
    ) -> None:
        """Correct the code before anything is looked up."""
        office = params.get("office", "")
        if not _CODE.match(office) or office.isupper():
            return
        if not req.path.startswith("/v1/"):
            raise falcon.HTTPPermanentRedirect(_corrected(req))
        params["office"] = office.upper()


def _corrected(req: Request) -> str:
    places = (req.uri_template or "").split("/")
    steps = [
        step.upper() if place == _PLACE else step
        for place, step in zip(places, req.path.split("/"), strict=True)
    ]
    query = f"?{req.query_string}" if req.query_string else ""
    return "/".join(steps) + query
