"""What pages load comes compressed, with its right type, and is kept by browsers for ever."""

import gzip

import falcon.asgi
import pytest
from falcon.testing import TestClient

from gateway.pages.assets import Assets

ASSETS = Assets()


@pytest.fixture
def client() -> TestClient:
    """A browser before the assets."""
    app: falcon.asgi.App[falcon.asgi.Request, falcon.asgi.Response] = falcon.asgi.App()
    app.add_route("/aset/{path:path}", ASSETS)
    return TestClient(app)


def test_a_versioned_file_is_kept_for_ever(client: TestClient) -> None:
    """Its address changes with its content, so nobody need ask again."""
    answer = client.simulate_get(ASSETS.address("base.css"))
    assert answer.status_code == 200
    assert "immutable" in answer.headers["cache-control"]


def test_a_file_without_a_version_is_asked_for_anew(client: TestClient) -> None:
    """And answered with 304 while it is the same."""
    first = client.simulate_get("/aset/base.css")
    assert first.headers["cache-control"] == "no-cache"
    again = client.simulate_get("/aset/base.css", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("js/board/main.js", "text/javascript; charset=utf-8"),
        ("vendor/zxing-wasm/reader/zxing_reader.wasm", "application/wasm"),
        ("fonts/plus-jakarta-sans.woff2", "font/woff2"),
        ("img/icons.svg", "image/svg+xml"),
    ],
)
def test_files_have_the_type_that_browsers_insist_on(client: TestClient, name: str, media_type: str) -> None:
    """Modules and WebAssembly run under no other type."""
    assert client.simulate_get(ASSETS.address(name)).headers["content-type"] == media_type


def test_text_comes_compressed_to_who_can_read_it(client: TestClient) -> None:
    """The same bytes after unpacking; fonts, compressed already, come as they are."""
    plain = client.simulate_get("/aset/base.css").content
    packed = client.simulate_get("/aset/base.css", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain
    font = client.simulate_get("/aset/fonts/plus-jakarta-sans.woff2", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in font.headers


@pytest.mark.parametrize(
    "path", ["nothing.css", "../templates/base.html", "..%2Ftokens.css", "vendor/README.md"]
)
def test_nothing_else_is_served(client: TestClient, path: str) -> None:
    """Only the files that were there at start, by their exact names."""
    assert client.simulate_get(f"/aset/{path}").status_code == 404


def test_a_page_cannot_name_a_file_that_is_not_there() -> None:
    """A mistyped name fails where it is written."""
    with pytest.raises(KeyError):
        ASSETS.address("bsae.css")
