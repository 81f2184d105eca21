"""Answers from memory that browsers and proxies may keep and ask about by ETag."""

from dataclasses import dataclass
from hashlib import blake2b

from falcon import HTTP_304
from falcon.asgi import Request, Response

ASK_AGAIN = "public, no-cache"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged:
    """A body ready to send, with the strong ETag of exactly these bytes."""

    body: bytes
    etag: str

    @classmethod
    def of(cls, body: bytes) -> "Tagged":
        """Tag a body by its digest."""
        return cls(body=body, etag=blake2b(body, digest_size=10).hexdigest())


def answer_tagged(req: Request, resp: Response, tagged: Tagged) -> None:
    """Answer the body, or 304 to who has it (RFC 9110, section 13.1.2)."""
    resp.etag = tagged.etag
    resp.set_header("Cache-Control", ASK_AGAIN)
    known = req.if_none_match
    if known and ("*" in known or tagged.etag in known):
        resp.status = HTTP_304
        return
    resp.data = tagged.body


def tag_page(req: Request, resp: Response) -> None:
    """Tag a page that everybody gets; who has it is told so. Somebody's own page is kept by no cache."""
    if resp.get_header("Cache-Control") != "no-store" and resp.data is not None:
        page = resp.data
        resp.data = None
        answer_tagged(req, resp, Tagged.of(page))
        resp.set_header("Cache-Control", "no-cache")
