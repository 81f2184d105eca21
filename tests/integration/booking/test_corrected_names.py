"""A name that was mistyped is written as the identity card does; it makes nobody somebody else."""

from datetime import timedelta

import pytest

from contracts.events import HallNameChanged
from contracts.requests.profile import CorrectName, GetProfile, Profile, ShowAs
from services.booking.errors import NameTooDifferent, TooManyAttempts, UnknownAccount
from services.booking.handlers import hall_names
from tests.integration.booking.desk import NOW, Desk
from tests.integration.booking.test_own_data import erase, export

PASSWORD = "kata sandi lama"


@pytest.fixture
def andi(desk: Desk) -> str:
    return desk.register(name="Andi Wijya", password=PASSWORD)


def correct(desk: Desk, person: str, name: str, *, days: int = 0) -> Profile:
    command = CorrectName(person_id=person, name=name)
    return desk.do(hall_names.correct_name, command, now=NOW + timedelta(days=days))


def test_a_slip_is_corrected(desk: Desk, andi: str) -> None:
    """For the account, its export, and what the hall shows of bookings that are ahead."""
    desk.do(hall_names.show_as, ShowAs(person_id=andi, shown_as="initials"))
    desk.book(andi, desk.add_slot())
    desk.heard()
    assert correct(desk, andi, " Bandi Wijaya ").name == "Bandi Wijaya"
    assert desk.do(hall_names.get_profile, GetProfile(person_id=andi)).name == "Bandi Wijaya"
    assert export(desk, andi).account.name == "Bandi Wijaya"
    (told,) = [event for event in desk.heard() if isinstance(event, HallNameChanged)]
    assert told.display_name == "B. W."


def test_what_the_hall_does_not_show_is_told_to_nobody(desk: Desk, andi: str) -> None:
    """The hall calls them by the nickname."""
    desk.book(andi, desk.add_slot())
    desk.heard()
    correct(desk, andi, "Andi Wijaya")
    assert desk.heard() == []


def test_another_name_is_refused(desk: Desk, andi: str) -> None:
    """Whoever buys a place is not let in under it."""
    with pytest.raises(NameTooDifferent):
        correct(desk, andi, "Siti Rahmawati")
    assert desk.do(hall_names.get_profile, GetProfile(person_id=andi)).name == "Andi Wijya"


def test_a_name_is_corrected_twice_a_day(desk: Desk, andi: str) -> None:
    """The same name once more is no correction; tomorrow counts anew."""
    for name in ("Andi Wijaya", "Andi Wijaya", "Andy Wijaya"):
        correct(desk, andi, name)
    for _ in range(2):
        with pytest.raises(TooManyAttempts):
            correct(desk, andi, "Andy Wijayah")
    assert correct(desk, andi, "Andy Wijaya").name == "Andy Wijaya"
    assert correct(desk, andi, "Andy Wijayah", days=1).name == "Andy Wijayah"


def test_nobody_has_no_name(desk: Desk, andi: str) -> None:
    """Nor has who was erased."""
    erase(desk, andi, password=PASSWORD)
    with pytest.raises(UnknownAccount):
        correct(desk, andi, "Andi Wijaya")
