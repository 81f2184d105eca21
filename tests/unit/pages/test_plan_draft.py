"""A plan that a head is about to apply stays in the head's browser."""

import falcon.testing
import pytest
from falcon.asgi import Request, Response

from gateway.commands import MOST_BODY_BYTES
from gateway.pages.plan_draft import keep_plan, kept_plan

TEXT = "office: TRK\nservices: [new]\n"


def request_with(cookie: str) -> Request:
    """Return a request that brings the cookie along."""
    return falcon.testing.create_asgi_req(headers={"Cookie": f"antrean_plan={cookie}"})


def cookie_of(text: str) -> str:
    resp = Response()
    assert keep_plan(resp, "TRK", text, secure=True)
    (header,) = [value for name, value in resp._asgi_headers() if name == b"set-cookie"]
    assert "Path=/kepala/TRK/rencana" in header.decode()
    return header.decode().partition(";")[0].partition("=")[2]


def test_the_text_comes_back_as_it_was_written() -> None:
    """Letters of any kind, and every line."""
    assert kept_plan(request_with(cookie_of(TEXT + "# Pemadaman listrik, 3½ jam\n"))) == (
        TEXT + "# Pemadaman listrik, 3½ jam\n"
    )


def test_a_plan_too_long_to_be_kept_is_told_as_such() -> None:
    """Then the page answers at once."""
    resp = Response()
    assert not keep_plan(
        resp, "TRK", "".join(f"- {number * 7919 % 100_003}\n" for number in range(4_000)), secure=True
    )
    assert not [name for name, _ in resp._asgi_headers() if name == b"set-cookie"]


def test_a_small_cookie_does_not_become_a_great_text() -> None:
    """No more is unpacked than a form may send."""
    kept = kept_plan(request_with(cookie_of("a" * (MOST_BODY_BYTES * 20))))
    assert kept is not None
    assert len(kept) == MOST_BODY_BYTES


@pytest.mark.parametrize("cookie", ["", "%%%", "e30", "bm9uZQ==", "Ã©"])
def test_a_cookie_that_is_no_plan_is_none(cookie: str) -> None:
    """The page shows the plan in force."""
    assert kept_plan(request_with(cookie)) is None
