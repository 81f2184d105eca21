"""What a page says to the phone that keeps a copy of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from falcon.asgi import Response

from contracts.access import Access
from gateway.pages.citizen.wallet import let_phone_keep, let_phone_not_keep
from tests.unit.gateway.test_bookings import BOOKING

ANDI = Access(
    subject="01976a00-0000-7000-8000-000000000001",
    role="citizen",
    office=None,
    display_name="Pak Andi",
    expires_at=BOOKING.ends_at,
)


def test_a_copy_is_kept_for_a_day_after_the_last_visit_on_it() -> None:
    """A list is of use for as long as one of its tickets is."""
    later = replace(BOOKING, ends_at=BOOKING.ends_at + timedelta(days=3))
    for bookings, last in (([BOOKING], BOOKING), ([later, BOOKING], later)):
        page = Response()
        let_phone_keep(page, ANDI, bookings)
        assert parsedate_to_datetime(page.headers["wallet-until"]) == last.ends_at + timedelta(days=1)


def test_an_empty_list_is_kept_for_a_day() -> None:
    """Who has no bookings sees that too without a network."""
    page, begun = Response(), datetime.now(UTC).replace(microsecond=0)
    let_phone_keep(page, ANDI, [])
    until = parsedate_to_datetime(page.headers["wallet-until"])
    assert begun <= until - timedelta(days=1) <= datetime.now(UTC)


def test_a_page_says_whose_it_is_in_a_word_that_names_nobody() -> None:
    """Another person's page has another word, so the first one's copies go; a bill is not kept."""
    pages = {}
    for access in (ANDI, replace(ANDI, subject="01976a00-0000-7000-8000-000000000002")):
        page = Response()
        let_phone_not_keep(page, access)
        assert "wallet-until" not in page.headers
        pages[access.subject] = page.headers["wallet-owner"]
    assert len(set(pages.values())) == 2
    for subject, word in pages.items():
        assert subject not in word
        assert "Andi" not in word
