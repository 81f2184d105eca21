"""Who may ask what: tokens, cookies, roles, offices."""

from datetime import UTC, datetime, timedelta, tzinfo

import pytest
from falcon.asgi import Response

from contracts.access import AccessSigner
from contracts.events import SessionsRevoked
from contracts.keys import SigningKey
from contracts.requests.accounts import CloseSessions, Revocation, Session
from contracts.requests.booking import Bookings, ListBookings
from contracts.requests.checkin import Counter, GetCounter
from gateway.auth import SESSION_COOKIE, begin_session
from tests.unit.gateway import fakes
from tests.unit.gateway.fakes import bearer, gateway, office, token

pytestmark = pytest.mark.anyio

COUNTER = Counter(office="TRK", counter=1, state="open", services=("new",), ticket=None, waiting=0)


async def test_a_stranger_is_asked_to_sign_in() -> None:
    """401 with a challenge."""
    async with gateway() as api:
        answer = await api.http.simulate_get("/v1/bookings")
        assert (answer.status_code, answer.json["code"]) == (401, "not_signed_in")
        assert answer.headers["www-authenticate"] == 'Bearer realm="antrean"'


async def test_a_token_signs_in_by_header_and_by_cookie() -> None:
    """Programs send a bearer token, browsers a cookie."""
    async with gateway() as api:
        api.services.answers[ListBookings] = Bookings(bookings=())
        for headers in (bearer(), {"Cookie": f"lang=en; {SESSION_COOKIE}={token()}"}):
            answer = await api.http.simulate_get("/v1/bookings", headers=headers)
            assert (answer.status_code, answer.json) == (200, {"bookings": [], "waits": []})
        assert api.services.asked == [ListBookings(person_id=fakes.PERSON)] * 2


async def test_a_token_whose_time_is_over_is_told_apart() -> None:
    """`session_expired` for a genuine one, also when it was seen while it was good."""
    async with gateway() as api:
        api.services.answers[ListBookings] = Bookings(bookings=())
        answer = await api.http.simulate_get("/v1/bookings", headers=bearer(lives=timedelta(seconds=-1)))
        assert (answer.status_code, answer.json["code"]) == (401, "session_expired")


async def test_a_token_is_not_good_longer_because_it_was_seen_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """The signature is remembered, the expiry is looked at every time."""
    async with gateway() as api:
        api.services.answers[ListBookings] = Bookings(bookings=())
        headers = bearer(lives=timedelta(hours=1))
        assert (await api.http.simulate_get("/v1/bookings", headers=headers)).status_code == 200
        monkeypatch.setattr("gateway.auth.datetime", _two_hours_later())
        late = await api.http.simulate_get("/v1/bookings", headers=headers)
        assert late.json["code"] == "session_expired"


def _two_hours_later() -> type:
    class Later(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Later":
            return super().now(tz) + timedelta(hours=2)

    return Later


@pytest.mark.parametrize(
    "authorization", ["Bearer nonsense", "Bearer ", "Basic dXNlcjpwYXNz", "Bearer a.b.c", "bearer\t"]
)
async def test_what_is_no_token_is_refused(authorization: str) -> None:
    """`bad_token`, without a word of why."""
    async with gateway() as api:
        answer = await api.http.simulate_get("/v1/bookings", headers={"Authorization": authorization})
        assert (answer.status_code, answer.json["code"]) == (401, "bad_token")


async def test_another_keys_token_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A token of the same form by a key that is not ours, even with our key id."""
    async with gateway() as api:
        monkeypatch.setattr(fakes, "AccessSigner", lambda _key: AccessSigner(SigningKey.generate("test")))
        answer = await api.http.simulate_get("/v1/bookings", headers=bearer())
        assert answer.json["code"] == "bad_token"


async def test_a_changed_token_is_refused() -> None:
    """Every part of the token is under the signature."""
    async with gateway() as api:
        head, claims, signature = token().split(".")
        for changed in (f"{head}.{claims[:-2]}AA.{signature}", f"{head}.{claims}.{signature[:-4]}AAAA"):
            answer = await api.http.simulate_get(
                "/v1/bookings", headers={"Authorization": f"Bearer {changed}"}
            )
            assert answer.json["code"] == "bad_token"


async def test_a_bad_token_does_not_shut_what_is_public() -> None:
    """A browser with an old cookie still sees the offices."""
    async with gateway(office()) as api:
        answer = await api.http.simulate_get(
            "/v1/offices", headers={"Cookie": f"{SESSION_COOKIE}={token(lives=timedelta(seconds=-1))}"}
        )
        assert answer.status_code == 200


async def test_a_role_does_its_own_work_only() -> None:
    """A citizen runs no counter, an officer books nothing, a kiosk calls nobody."""
    async with gateway(office()) as api:
        for path, headers in (
            ("/v1/offices/TRK/counters/1", bearer("citizen")),
            ("/v1/offices/TRK/counters/1", bearer("kiosk", "TRK")),
            ("/v1/bookings", bearer("officer", "TRK")),
        ):
            answer = await api.http.simulate_get(path, headers=headers)
            assert (answer.status_code, answer.json["code"]) == (403, "not_allowed")
        assert api.services.asked == []


async def test_an_officer_stays_in_the_own_office() -> None:
    """403 for another office, and the sentence names the own one."""
    async with gateway(office(), office("SKW")) as api:
        api.services.answers[GetCounter] = COUNTER
        own = await api.http.simulate_get("/v1/offices/TRK/counters/1", headers=bearer("officer", "TRK"))
        assert own.status_code == 200
        other = await api.http.simulate_get("/v1/offices/SKW/counters/1", headers=bearer("officer", "TRK"))
        assert (other.status_code, other.json["code"]) == (403, "other_office")
        assert "TRK" in other.json["detail"]


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://antrean.example"}, False),
        ({"Origin": "http://antrean.example"}, True),
        ({"Origin": "http://evil.example"}, False),
        ({"Origin": "null"}, False),
        ({}, False),
    ],
)
async def test_a_cookie_changes_things_for_our_own_pages_only(headers: dict[str, str], allowed: bool) -> None:
    """Another site's page that makes the browser post gets nothing."""
    async with gateway() as api:
        answer = await api.http.simulate_delete(
            "/v1/sessions",
            host="antrean.example",
            headers={"Cookie": f"{SESSION_COOKIE}={token()}", **headers},
        )
        assert answer.status_code == (204 if allowed else 403)
        if not allowed:
            assert answer.json["code"] == "cross_site"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 422),
        ({"Origin": "http://antrean.example"}, 422),
        ({"Origin": "http://evil.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
    ],
)
async def test_another_site_cannot_sign_its_visitors_in(headers: dict[str, str], status: int) -> None:
    """Also without a cookie; programs, which send neither header, are not in the way."""
    async with gateway() as api:
        answer = await api.http.simulate_post(
            "/v1/sessions", host="antrean.example", json={}, headers=headers
        )
        assert answer.status_code == status


def test_the_sessions_cookie_is_out_of_reach() -> None:
    """For scripts, for other sites, and on https for anybody on the way."""
    session = Session(
        token="a.b.c",
        expires_at=datetime(2026, 11, 24, tzinfo=UTC),
        subject=fakes.PERSON,
        role="citizen",
        office=None,
        display_name="Pak Andi",
    )
    response = Response()
    begin_session(response, session, secure=True)
    cookie = response._cookies[SESSION_COOKIE]  # type: ignore[index]  # set just now
    assert cookie.value == "a.b.c"
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Lax", True)
    assert (cookie["path"], cookie["expires"]) == ("/", "Tue, 24 Nov 2026 00:00:00 GMT")


async def test_a_bearer_token_needs_no_origin() -> None:
    """Browsers add no Authorization header by themselves."""
    async with gateway() as api:
        answer = await api.http.simulate_delete(
            "/v1/sessions", headers={**bearer(), "Sec-Fetch-Site": "cross-site"}
        )
        assert answer.status_code == 204


async def test_signing_out_takes_the_cookie_back() -> None:
    """The browser is told to forget it."""
    async with gateway() as api:
        answer = await api.http.simulate_delete("/v1/sessions")
        cookie = answer.cookies[SESSION_COOKIE]
        assert (cookie.value, cookie.same_site) == ("", "Lax")
        assert cookie.expires is not None


async def test_a_session_that_was_ended_counts_no_more() -> None:
    """From the event on; others, and the next session of the same person, still count."""
    async with gateway() as api:
        api.services.answers[ListBookings] = Bookings(bookings=())
        headers = bearer()
        assert (await api.http.simulate_get("/v1/bookings", headers=headers)).status_code == 200
        api.revoked.apply(SessionsRevoked(version=2, subject=fakes.PERSON))
        api.revoked.apply(SessionsRevoked(version=9, subject="somebody else"))
        ended = await api.http.simulate_get("/v1/bookings", headers=headers)
        assert (ended.status_code, ended.json["code"]) == (401, "session_revoked")
        again = await api.http.simulate_get("/v1/bookings", headers=bearer(session_version=2))
        assert again.status_code == 200


async def test_an_answer_that_comes_after_a_newer_event_takes_nothing_back() -> None:
    """The snapshot was read before the event happened."""
    async with gateway() as api:
        api.revoked.apply(SessionsRevoked(version=3, subject=fakes.PERSON))
        api.revoked.load([Revocation(subject=fakes.PERSON, session_version=2)])
        ended = await api.http.simulate_get("/v1/bookings", headers=bearer(session_version=2))
        assert ended.json["code"] == "session_revoked"


async def test_signing_out_everywhere_takes_the_cookie_back_too() -> None:
    """The browser that asked for it is signed out at once."""
    async with gateway() as api:
        api.services.answers[CloseSessions] = Revocation(subject=fakes.PERSON, session_version=2)
        answer = await api.http.simulate_delete("/v1/me/sessions", headers=bearer("kiosk", "TRK"))
        assert answer.status_code == 204
        assert answer.cookies[SESSION_COOKIE].value == ""
        assert api.services.asked == [CloseSessions(subject=fakes.PERSON)]


async def test_nobody_changes_anothers_password() -> None:
    """Whose it is follows from the token, and cannot be said in the body."""
    async with gateway() as api:
        body = {"password": "rahasia", "new_password": "sepuluh huruf", "subject": "somebody else"}
        answer = await api.http.simulate_put("/v1/me/password", json=body, headers=bearer())
        assert (answer.status_code, answer.json["code"]) == (422, "unknown_field")
        assert api.services.asked == []
