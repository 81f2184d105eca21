"""What the demonstration has to try: a full day, people on it, one who waits, an office that is coming."""

from datetime import timedelta

from contracts.requests.booking import ListBookings, ListDays
from contracts.requests.waitlist import ListWaitlist
from services.booking.handlers import own_bookings, slots, waitlists
from services.booking.seed import seed
from services.booking.settings import SeedSettings
from services.booking.store.accounts import find_citizen
from services.booking.store.offices import find_office, rollout_of
from tests.integration.booking.desk import Desk


def play(desk: Desk) -> None:
    """Seed as `make run` does."""
    seed(
        desk.database,
        SeedSettings(
            database_url="",
            demo_hours="always",
            ticket_signer=desk.ticket_signer,
            nik_hmac_key=desk.vault.digest_key,
            nik_cipher_key=desk.vault.cipher_key,
        ),
    )


def person(desk: Desk, email: str) -> str:
    with desk.database.transaction() as tx:
        found = find_citizen(tx, email=email)
    assert found is not None
    return found.subject


def test_the_next_sunday_of_singkawang_is_full_and_somebody_waits(empty_desk: Desk) -> None:
    """Bu Siti comes with four others; when she cancels, there are places again for who waits."""
    play(empty_desk)
    asked = ListDays(office="SKW", for_service="new")
    with empty_desk.database.transaction() as tx:
        full = [day for day in slots.list_days(tx, asked).days if not day.places_left]
        siti, rini = (person(empty_desk, f"{name}@contoh.id") for name in ("siti", "rini"))
        (wish,) = waitlists.list_waitlist(tx, ListWaitlist(person_id=rini)).entries
        booked = own_bookings.list_bookings(tx, ListBookings(person_id=siti), signer=empty_desk.ticket_signer)
    (day,) = full
    assert day.date.weekday() == 6
    assert (wish.status, wish.first_date, wish.last_date) == ("waiting", day.date, day.date)
    assert len(booked.bookings) == 5
    assert {one.status for one in booked.bookings} == {"booked"}


def test_an_office_opens_by_itself_in_two_weeks(empty_desk: Desk) -> None:
    """Until then its page says from when there is something to book."""
    play(empty_desk)
    with empty_desk.database.transaction() as tx:
        office = find_office(tx, "PTK")
        assert office is not None
        assert office.status == "socialisation"
        today = tx.now.astimezone(office.zone).date()
        assert rollout_of(tx, "PTK").opens_on(today) == today + timedelta(days=14)


def test_playing_again_changes_nothing(empty_desk: Desk) -> None:
    """It runs before every start."""
    play(empty_desk)
    empty_desk.heard()
    play(empty_desk)
    assert empty_desk.heard() == []
