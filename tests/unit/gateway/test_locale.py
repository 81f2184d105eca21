"""Which language an answer is in."""

import pytest

from gateway.locale import negotiate
from tests.unit.gateway.fakes import gateway

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("id-ID,id;q=0.9,en;q=0.8", "id"),
        ("en;q=0.5, id;q=0.7", "id"),
        ("de, fr;q=0.9", "id"),
        ("de, en;q=0.2", "en"),
        ("EN-us", "en"),
        ("en;q=0", "id"),
        ("en;q=quick", "id"),
        ("*", "id"),
        ("", "id"),
    ],
)
def test_the_browsers_wish_counts_where_it_is_one_of_ours(accepted: str, chosen: str) -> None:
    """Accept-Language by weight; Indonesian for everybody else."""
    assert negotiate(accepted) == chosen


@pytest.mark.parametrize(
    ("query", "headers", "language"),
    [
        ("", {}, "id"),
        ("", {"Accept-Language": "en"}, "en"),
        ("", {"Accept-Language": "en", "Cookie": "lang=id"}, "id"),
        ("?lang=en", {"Cookie": "lang=id"}, "en"),
        ("?lang=fr", {"Cookie": "lang=en"}, "en"),
        ("?lang=fr", {}, "id"),
    ],
)
async def test_the_address_comes_before_the_cookie_and_the_browser(
    query: str, headers: dict[str, str], language: str
) -> None:
    """What somebody chose by hand wins; an unknown language is no choice."""
    async with gateway() as api:
        answer = await api.http.simulate_get(f"/v1/nothing{query}", headers=headers)
        assert answer.headers["content-language"] == language
