"""What the next page says once."""

import pytest
from falcon.asgi import Response

from gateway.pages.flash import say_next


@pytest.mark.parametrize("secure", [True, False])
def test_the_word_travels_as_the_session_does(secure: bool) -> None:
    """Over https only, where the site is served so."""
    answer = Response()
    say_next(answer, "booked", "TRK-7K3M9P", secure=secure)
    (cookie,) = (value for name, value in answer._wsgi_headers() if name == "set-cookie")
    assert ("Secure" in cookie) is secure
