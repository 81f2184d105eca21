"""Visits at home: who may ask, which office hears of it, what it answers, and what is left of it."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select, text

from contracts.envelope import decode
from contracts.events import HomeVisitAnswered, HomeVisitRequested
from contracts.refusals import Refused
from contracts.requests.home_visits import (
    DeclineHomeVisit,
    FinishHomeVisit,
    HomeVisit,
    HomeVisitCase,
    ListHomeVisits,
    ListOwnHomeVisits,
    RequestHomeVisit,
    ScheduleHomeVisit,
    WithdrawHomeVisit,
)
from services.booking import errors
from services.booking.handlers import home_visits
from services.booking.home_visit_errors import (
    BadVisitTime,
    HomeVisitAhead,
    HomeVisitOpen,
    HomeVisitOver,
    NoOfficeForDistrict,
    SensitiveConsentMissing,
    UnknownHomeVisit,
)
from services.booking.store.audit import audit_entry
from services.booking.store.home_visits import home_visit
from tests.contention import at_once
from tests.integration.booking.desk import NOW, TARAKAN, TODAY, Desk
from tests.integration.booking.test_own_data import erase, export
from tests.integration.booking.test_parties import add

ADDRESS = "Jalan Kelapa 7, RT 3, di belakang masjid"
NOTE = "Pakai tabung oksigen"
TUESDAY = TODAY + timedelta(days=1)


def ask(desk: Desk, person: str, *, now: Any = NOW, **changes: Any) -> HomeVisit:
    """Ask for a visit."""
    told = {
        "person_id": person,
        "district": "Kabupaten Malinau",
        "address": ADDRESS,
        "reason": "ill",
        "note": NOTE,
        "consent": True,
        **changes,
    }
    return desk.do(home_visits.request_home_visit, RequestHomeVisit(**told), vault=desk.vault, now=now)


def own(desk: Desk, person: str) -> tuple[HomeVisit, ...]:
    """Read a person's requests."""
    query = ListOwnHomeVisits(person_id=person)
    return desk.do(home_visits.list_own_home_visits, query, vault=desk.vault).visits


def cases(desk: Desk, office: str = "TRK", *, now: Any = NOW) -> tuple[HomeVisitCase, ...]:
    """Read an office's list."""
    query = ListHomeVisits(office=office, officer_id="head-1", role="head")
    return desk.do(home_visits.list_home_visits, query, vault=desk.vault, now=now).cases


def withdraw(desk: Desk, person: str, visit_id: str) -> HomeVisit:
    """Need it no more."""
    command = WithdrawHomeVisit(person_id=person, visit_id=visit_id)
    return desk.do(home_visits.withdraw_home_visit, command, vault=desk.vault)


def _answer(visit_id: str, office: str = "TRK") -> dict[str, Any]:
    return {"office": office, "officer_id": "head-1", "role": "head", "visit_id": visit_id}


def schedule(
    desk: Desk, visit_id: str, day: date = TUESDAY, window: str = "09.00-12.00", office: str = "TRK"
) -> HomeVisit:
    """Say when the office comes."""
    command = ScheduleHomeVisit(**_answer(visit_id, office), date=day, window=window)
    return desk.do(home_visits.schedule_home_visit, command, vault=desk.vault)


def decline(desk: Desk, visit_id: str, reason: Any = "no_team") -> HomeVisit:
    """Say why it does not."""
    command = DeclineHomeVisit(**_answer(visit_id), decline_reason=reason)
    return desk.do(home_visits.decline_home_visit, command, vault=desk.vault)


def finish(desk: Desk, visit_id: str, *, now: Any = NOW) -> HomeVisit:
    """Say that it was made."""
    command = FinishHomeVisit(**_answer(visit_id))
    return desk.do(home_visits.finish_home_visit, command, vault=desk.vault, now=now)


def rows(desk: Desk) -> list[Any]:
    """Read what is kept."""
    with desk.database.engine.connect() as connection:
        return list(connection.execute(select(home_visit)))


def test_the_office_that_covers_the_district_hears_of_it(desk: Desk, andi: str) -> None:
    """With name, phone, address and reason; another office does not."""
    desk.add_office(replace(TARAKAN, code="SKW", covers=("Kabupaten Bengkayang",)))
    visit = ask(desk, andi)
    assert (visit.office, visit.status, visit.address, visit.reason) == ("TRK", "requested", ADDRESS, "ill")
    (case,) = cases(desk)
    assert (case.visit, case.name, case.phone) == (visit, "Andi Wijaya", "+6281234567890")
    assert cases(desk, "SKW") == ()
    assert own(desk, andi) == (visit,)


def test_what_tells_of_health_is_in_no_event_and_not_readable_in_the_database(desk: Desk, andi: str) -> None:
    """Neither address, nor reason, nor note, nor district; the ciphertext is bound to its request."""
    ask(desk, andi)
    with desk.database.engine.connect() as connection:
        (body,) = connection.execute(text("SELECT body FROM outbox")).scalars()
        kept = str(connection.execute(text("SELECT home_visit::text FROM home_visit")).all())
    assert isinstance(decode(body).data, HomeVisitRequested)
    for secret in (ADDRESS, NOTE, "Malinau", "ill"):
        assert secret.encode() not in body
        assert secret not in kept
        assert secret.encode().hex() not in kept


def test_a_dependent_is_asked_for_under_their_own_name(desk: Desk, andi: str) -> None:
    """Their request is beside one's own: one open request a person."""
    mother = add(desk, andi).person_id
    theirs, mine = ask(desk, andi, dependent=mother, reason="elderly"), ask(desk, andi)
    assert (theirs.dependent, mine.dependent) == (mother, None)
    assert [one.visit.visit_id for one in cases(desk)] == [theirs.visit_id, mine.visit_id]
    for dependent in (mother, None):
        with pytest.raises(HomeVisitOpen):
            ask(desk, andi, dependent=dependent)
    assert {event.person_id for event in desk.heard() if isinstance(event, HomeVisitRequested)} == {
        mother,
        andi,
    }


def test_asking_ten_times_at_once_is_one_request(desk: Desk, andi: str) -> None:
    """The database keeps it, whatever comes together."""
    outcomes = at_once([partial(ask, desk, andi)] * 10)
    assert sum(isinstance(one, HomeVisit) for one in outcomes) == len(rows(desk)) == 1
    assert sum(isinstance(one, HomeVisitOpen) for one in outcomes) == 9


def test_the_office_says_when_it_comes_and_comes(desk: Desk, andi: str) -> None:
    """On its own clock; another day is told too, and then it is over, so another may be asked for."""
    visit = ask(desk, andi)
    desk.heard()
    planned = schedule(desk, visit.visit_id)
    assert planned.starts_at is not None
    assert (planned.status, planned.starts_at.isoformat()) == ("scheduled", "2026-11-24T01:00:00+00:00")
    moved = schedule(desk, visit.visit_id, TUESDAY + timedelta(days=1), "13.00-15.00")
    told = [event for event in desk.heard() if isinstance(event, HomeVisitAnswered)]
    assert [(one.version, one.starts_at) for one in told] == [(2, planned.starts_at), (3, moved.starts_at)]
    with pytest.raises(HomeVisitAhead):
        finish(desk, visit.visit_id)
    assert finish(desk, visit.visit_id, now=NOW + timedelta(days=3)).status == "done"
    assert desk.heard() == []
    assert cases(desk) == ()
    with pytest.raises(HomeVisitOver):
        schedule(desk, visit.visit_id)
    assert ask(desk, andi).status == "requested"


def test_the_office_says_why_it_does_not_come(desk: Desk, andi: str) -> None:
    """Before it has said when, and after; the person reads the reason."""
    visit = ask(desk, andi)
    schedule(desk, visit.visit_id)
    desk.heard()
    decline(desk, visit.visit_id, "address_unclear")
    (told,) = desk.heard()
    assert isinstance(told, HomeVisitAnswered)
    assert (told.status, told.decline_reason, told.starts_at) == ("declined", "address_unclear", None)
    assert own(desk, andi)[0].decline_reason == "address_unclear"
    with pytest.raises(HomeVisitOver) as refused:
        withdraw(desk, andi, visit.visit_id)
    assert refused.value.data == {"status": "declined"}


def test_who_asked_needs_it_no_more(desk: Desk, andi: str) -> None:
    """Said twice it is the same; without a day the office has it on its list no longer."""
    visit = ask(desk, andi)
    assert withdraw(desk, andi, visit.visit_id).status == "withdrawn"
    assert withdraw(desk, andi, visit.visit_id).status == "withdrawn"
    assert cases(desk) == ()
    with pytest.raises(HomeVisitOver):
        decline(desk, visit.visit_id)


def test_nobody_touches_anothers_request(desk: Desk, andi: str) -> None:
    """Neither another citizen, nor another office, nor who makes an id up."""
    visit = ask(desk, andi)
    desk.add_office(replace(TARAKAN, code="SKW"))
    for use_case in (
        partial(withdraw, desk, desk.person(), visit.visit_id),
        partial(schedule, desk, visit.visit_id, office="SKW"),
        partial(schedule, desk, "nothing"),
    ):
        with pytest.raises(UnknownHomeVisit):
            use_case()
    assert own(desk, andi)[0].status == "requested"


def test_reading_and_answering_are_written_down_without_what_was_read(desk: Desk, andi: str) -> None:
    """Who, when, which office and which request; an empty list is not worth a line."""
    cases(desk)
    visit = ask(desk, andi)
    cases(desk)
    schedule(desk, visit.visit_id)
    with desk.database.engine.connect() as connection:
        deeds = list(connection.execute(select(audit_entry).order_by(audit_entry.c.sequence)))
    assert [(deed.action, deed.actor, deed.subject) for deed in deeds] == [
        ("home_visits_read", "head-1", "TRK"),
        ("home_visit_answered", "head-1", visit.visit_id),
    ]
    assert deeds[-1].details == {"status": "scheduled"}


def test_the_copy_has_it_and_erasure_leaves_nothing(desk: Desk, andi: str) -> None:
    """The dependent's too."""
    mother = add(desk, andi).person_id
    visits = {ask(desk, andi).visit_id, ask(desk, andi, dependent=mother).visit_id}
    copied = export(desk, andi).home_visits
    assert {one.visit_id for one in copied} == visits
    assert {(one.address, one.note) for one in copied} == {(ADDRESS, NOTE)}
    erase(desk, andi)
    assert rows(desk) == []
    assert cases(desk) == ()


def test_what_is_over_is_dropped_after_its_time(desk: Desk, andi: str) -> None:
    """Closed, or scheduled and never said to be done; what still waits for an answer stays."""
    mother = add(desk, andi).person_id
    done, waits = ask(desk, andi), ask(desk, andi, dependent=mother)
    schedule(desk, done.visit_id)
    kept = timedelta(days=30)
    desk.do(home_visits.forget_home_visits, kept=kept, now=NOW + timedelta(days=29))
    assert len(rows(desk)) == 2
    desk.do(home_visits.forget_home_visits, kept=kept, now=NOW + timedelta(days=32))
    assert [row.visit_id for row in rows(desk)] == [waits.visit_id]
    decline(desk, waits.visit_id)
    desk.do(home_visits.forget_home_visits, kept=kept, now=NOW + timedelta(days=31))
    assert rows(desk) == []


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"consent": False}, SensitiveConsentMissing),
        ({"district": "Kabupaten Bengkayang"}, NoOfficeForDistrict),
        ({"dependent": "nobody"}, errors.UnknownDependent),
        ({"person_id": "nobody"}, errors.UnknownAccount),
    ],
)
def test_what_cannot_be_asked_is_refused_and_leaves_nothing(
    desk: Desk, andi: str, changes: dict[str, Any], refusal: type[Refused]
) -> None:
    """And tells nobody."""
    with pytest.raises(refusal):
        ask(desk, andi, **changes)
    assert rows(desk) == desk.heard() == []


@pytest.mark.parametrize(
    ("day", "window"),
    [
        (TODAY, "07.00-08.00"),
        (TUESDAY, "12.00-09.00"),
        (TUESDAY, "09.00-09.00"),
        (TODAY + timedelta(days=61), "09.00-12.00"),
    ],
)
def test_a_window_lies_ahead_and_ends_after_it_begins(desk: Desk, andi: str, day: date, window: str) -> None:
    """Sixty days at most; until midnight at the latest."""
    visit = ask(desk, andi)
    with pytest.raises(BadVisitTime):
        schedule(desk, visit.visit_id, day, window)
    assert schedule(desk, visit.visit_id, TUESDAY, "20.00-24.00").status == "scheduled"
