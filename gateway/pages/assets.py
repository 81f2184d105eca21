"""The files that pages load: kept in memory, compressed once, cached by browsers for ever.

A page names them under the digest of them all (`/aset/3f9c0a1b2d/base.css`), so modules that import
each other by relative address stay in one version, and a new version is a new address. Without the
digest the same files answer too, and are asked for anew each time.
"""

import gzip
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import falcon
from falcon.asgi import Request, Response

WEB = Path(__file__).resolve().parents[2] / "web"

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".txt": "text/plain; charset=utf-8",
}
_ALREADY_COMPRESSED = frozenset({".png", ".woff2"})
_FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """One file, as it is and compressed."""

    content_type: str
    plain: bytes
    gzipped: bytes | None
    etag: str


class Assets:
    """All files of a folder; answers `/aset/{path}`."""

    def __init__(self, folder: Path = WEB / "static") -> None:
        self._assets = {
            path.relative_to(folder).as_posix(): _read(path)
            for path in sorted(folder.rglob("*"))
            if path.suffix in _TYPES
        }
        every = "".join(f"{name}{asset.etag}" for name, asset in self._assets.items())
        self._digest = sha256(every.encode()).hexdigest()[:10]

    def address(self, name: str) -> str:
        """Return where a page finds the file. Raises KeyError for one that is not there."""
        self._assets[name]
        return f"/aset/{self._digest}/{name}"

    async def on_get(self, req: Request, resp: Response, path: str) -> None:
        """Answer the file, or 304 when the browser has it."""
        versioned = path.startswith(f"{self._digest}/")
        asset = self._assets.get(path.removeprefix(f"{self._digest}/"))
        if asset is None:
            raise falcon.HTTPNotFound
        resp.cache_control = [_FOR_EVER if versioned else "no-cache"]
        resp.etag = asset.etag
        resp.append_header("Vary", "Accept-Encoding")
        if asset.etag in (req.if_none_match or ()):
            resp.status = falcon.HTTP_304
            return
        resp.content_type = asset.content_type
        resp.data = asset.plain
        if asset.gzipped is not None and accepts_gzip(req):
            resp.data = asset.gzipped
            resp.set_header("Content-Encoding", "gzip")


@cache
def site_assets() -> Assets:
    """Return the files of this site, read once."""
    return Assets()


def accepts_gzip(req: Request) -> bool:
    """Tell whether the browser takes compressed answers."""
    return "gzip" in (req.get_header("Accept-Encoding") or "")


@cache
def compressed(body: bytes) -> bytes:
    """Return a body gzipped: the same bytes for the same body, and the work is done once."""
    return gzip.compress(body, mtime=0)


def _read(path: Path) -> Asset:
    plain = path.read_bytes()
    return Asset(
        content_type=_TYPES[path.suffix],
        plain=plain,
        gzipped=None if path.suffix in _ALREADY_COMPRESSED else compressed(plain),
        etag=sha256(plain).hexdigest()[:20],
    )
