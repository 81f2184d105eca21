"""A form goes back to who sent it with what they typed, and nothing secret travels along."""

import falcon.testing
import pytest
from falcon.asgi import Request, Response

from contracts.refusals import Refused
from gateway.pages.forms import FormFaults
from gateway.pages.sent_back import SentBack, is_sent_back, send_back, sent_back


class WrongCode(Refused):
    code = "bad_code"


def header_of(resp: Response) -> str:
    (header,) = [value for name, value in resp._asgi_headers() if name == b"set-cookie"]
    return header.decode()


def cookie_of(form: SentBack, *, address: str = "/masuk?lanjut=%2Fpesanan") -> str:
    """Send a form back and return what the browser keeps."""
    resp = Response()
    send_back(resp, address, form, secure=True)
    assert (resp.status, resp.location) == ("303 See Other", address)
    return header_of(resp).partition(";")[0].partition("=")[2]


def request_with(cookie: str, path: str = "/masuk") -> Request:
    """Return a request that brings the cookie along."""
    return falcon.testing.create_asgi_req(path=path, headers={"Cookie": f"antrean_form={cookie}"})


def test_the_page_shows_what_was_typed_and_what_is_wrong_once() -> None:
    """It takes the cookie back; no cache keeps the page."""
    wrong = SentBack.because(WrongCode(tries_left=3), {"login": "andi@contoh.id"})
    req, resp = request_with(cookie_of(wrong)), Response()
    form = sent_back(req, resp)
    assert form.typed == {"login": "andi@contoh.id"}
    assert form.refused is not None
    assert (form.refused.code, form.refused.data) == ("bad_code", {"tries_left": 3})
    assert "Max-Age=0" in header_of(resp) or "expires" in header_of(resp)
    assert is_sent_back(req)


def test_a_code_about_a_field_stands_beside_it() -> None:
    """As the faults of the form do."""
    about = SentBack.because(WrongCode(), fields={"bad_code": "phone_code"})
    assert (about.faults, about.refused) == ({"phone_code": "bad_code"}, None)
    form = sent_back(
        request_with(cookie_of(SentBack.because(FormFaults({"login": "missing_field"})))), Response()
    )
    assert (form.faults, form.refused) == ({"login": "missing_field"}, None)


def test_passwords_and_niks_stay_behind_and_scripts_read_nothing() -> None:
    """Nor does another site's page make the browser bring it."""
    secrets = dict.fromkeys(("password", "new_password", "erase_password", "nik"), "rahasia-sekali")
    resp = Response()
    send_back(resp, "/masuk", SentBack(typed={**secrets, "login": "andi"}), secure=True)
    header = header_of(resp)
    for attribute in ("HttpOnly", "Secure", "SameSite=Strict", "Max-Age=60"):
        assert attribute in header
    cookie = header.partition(";")[0].partition("=")[2]
    assert sent_back(request_with(cookie), Response()).typed == {"login": "andi"}


def test_another_page_does_not_take_it() -> None:
    """Two forms in two tabs are not mixed up."""
    resp = Response()
    assert (
        sent_back(request_with(cookie_of(SentBack(typed={"login": "andi"})), "/daftar"), resp) == SentBack()
    )
    assert not [name for name, _ in resp._asgi_headers() if name == b"set-cookie"]


def test_what_no_cookie_holds_is_left_out_and_the_fault_is_still_told() -> None:
    """However much somebody writes."""
    typed = {f"field{number}": "ش" * 5_000 for number in range(9)}
    cookie = cookie_of(SentBack(typed=typed, faults={"name": "too_long"}))
    assert len(cookie) < 4_000
    form = sent_back(request_with(cookie), Response())
    assert (form.typed, form.faults) == ({}, {"name": "too_long"})


@pytest.mark.parametrize(
    "cookie", ["", "%%%", "e30", "W10=", "bm9uZQ==", "Ã©", "eyJwYWdlIjoiL21hc3VrIiwiZGF0YSI6M30="]
)
def test_a_cookie_that_is_no_form_is_nothing(cookie: str) -> None:
    """Nobody's page breaks over it."""
    assert sent_back(request_with(cookie), Response()) == SentBack()
