"""The API's documentation: a page for people, with no script and nothing from elsewhere, and OpenAPI."""

from collections.abc import Callable, Mapping
from functools import cache, cached_property, partial
from importlib.resources import files
from typing import Any, get_args

import falcon.asgi
import orjson
from falcon import HTTPNotFound, HTTPSeeOther
from falcon.asgi import Request, Response
from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from contracts.words import Locale
from gateway.errors import ANSWERS, FAULTS, LIMITS
from gateway.openapi import openapi_document
from gateway.pages.assets import accepts_gzip, compressed
from gateway.routes import Route
from gateway.tagged import Tagged, answer_tagged


def add_documentation_routes(app: falcon.asgi.App[Any, Any], routes: list[Route], *, server: str) -> None:
    """Serve /api, /openapi.json, and an address for the `type` of every problem."""

    @cache
    def document() -> dict[str, Any]:
        return openapi_document(routes, server=server)

    app.add_route("/openapi.json", _Page(lambda: orjson.dumps(document()), "application/json"))
    pages = {
        locale: _Page(partial(_render, document, locale), falcon.MEDIA_HTML) for locale in get_args(Locale)
    }
    app.add_route("/api", _PageOfReader(pages))
    app.add_route("/api/page.css", _Page(files(__name__).joinpath("page.css").read_bytes, "text/css"))
    app.add_route("/galat/{code}", _ProblemType())


class _Page:
    """A page that is written when somebody first asks for it: a gateway starts without that work."""

    def __init__(self, write: Callable[[], bytes], content_type: str) -> None:
        self._write = write
        self._content_type = content_type

    @cached_property
    def _plain(self) -> Tagged:
        return Tagged.of(self._write())

    @cached_property
    def _gzipped(self) -> Tagged:
        return Tagged.of(compressed(self._plain.body))

    async def on_get(self, req: Request, resp: Response) -> None:
        resp.content_type = self._content_type
        resp.append_header("Vary", "Accept-Encoding")
        if accepts_gzip(req):
            resp.set_header("Content-Encoding", "gzip")
            answer_tagged(req, resp, self._gzipped)
        else:
            answer_tagged(req, resp, self._plain)


class _PageOfReader:
    """The page in the reader's language."""

    def __init__(self, pages: Mapping[Locale, _Page]) -> None:
        self._pages = pages

    async def on_get(self, req: Request, resp: Response) -> None:
        resp.set_header("Content-Language", req.context.locale)
        resp.append_header("Vary", "Cookie, Accept-Language")
        await self._pages[req.context.locale].on_get(req, resp)


class _ProblemType:
    async def on_get(self, req: Request, resp: Response, code: str) -> None:
        if code not in ANSWERS:
            raise HTTPNotFound
        raise HTTPSeeOther(f"/api#galat-{code}")


def _render(document: Callable[[], dict[str, Any]], locale: Locale) -> bytes:
    tables = {"answers": ANSWERS, "faults": FAULTS, "limits": LIMITS}
    return _template().render(document=document(), locale=locale, **tables).encode()


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader(__name__, "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html")
