"""What was typed to register comes back to who typed it, whatever a cookie says."""

import falcon.testing
import pytest
from falcon.asgi import Request, Response

from gateway.pages.citizen.draft import REGISTRATION, ROW

TYPED = {
    "name": "Andi Pratama",
    "phone": "0812 3456 7890",
    "nik": "6473012311900001",
    "password": "rahasia-sekali",
}


def request_with(cookie: str) -> Request:
    """Return a request that brings the cookie along."""
    return falcon.testing.create_asgi_req(headers={"Cookie": f"antrean_draft={cookie}"})


def test_a_draft_is_kept_without_nik_and_password() -> None:
    """The rest is read as it was written; scripts and other sites never get it."""
    resp = Response()
    REGISTRATION.keep(resp, TYPED, secure=True)
    (header,) = [value for name, value in resp._asgi_headers() if name == b"set-cookie"]
    text = header.decode()
    cookie, _, attributes = text.partition(";")
    assert REGISTRATION.of(request_with(cookie.partition("=")[2])) == {
        "name": "Andi Pratama",
        "phone": "0812 3456 7890",
    }
    for attribute in ("HttpOnly", "Secure", "SameSite=Strict", "Path=/daftar", "Max-Age=600"):
        assert attribute in attributes


@pytest.mark.parametrize("cookie", ["", "%%%", "e30", "W10=", "bm9uZQ==", "Ã©"])
def test_a_cookie_that_is_no_draft_is_an_empty_form(cookie: str) -> None:
    """Nobody's page breaks over it."""
    assert REGISTRATION.of(request_with(cookie)) == {}


def test_a_draft_of_another_row_says_nothing() -> None:
    """Codes of one registration were not sent where another one's form said."""
    resp = Response()
    REGISTRATION.keep(resp, TYPED | {ROW: "one"}, secure=True)
    (header,) = [value for name, value in resp._asgi_headers() if name == b"set-cookie"]
    request = request_with(header.decode().partition(";")[0].partition("=")[2])
    assert REGISTRATION.of_row(request, "one")["name"] == "Andi Pratama"
    assert REGISTRATION.of_row(request, "another") == {}
