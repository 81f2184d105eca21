"""Visits at home that were called off, that wait for long, and how many may be asked for."""

from datetime import timedelta

import pytest

from services.booking import metrics
from services.booking.handlers import home_visits
from services.booking.home_visit_errors import HomeVisitLimit
from tests.integration.booking.desk import NOW, Desk
from tests.integration.booking.test_home_visits import ask, cases, rows, schedule, withdraw
from tests.integration.booking.test_parties import add


def test_the_office_reads_that_a_visit_is_called_off_until_it_would_be_over(desk: Desk, andi: str) -> None:
    """Or officers would stand before a door in Malinau."""
    visit = ask(desk, andi)
    planned = schedule(desk, visit.visit_id)
    assert planned.ends_at is not None
    called_off = withdraw(desk, andi, visit.visit_id)
    (case,) = cases(desk)
    assert (case.visit, case.name) == (called_off, "Andi Wijaya")
    assert cases(desk, now=planned.ends_at) == ()


def test_three_visits_a_month_are_asked_for_and_no_more(desk: Desk, andi: str) -> None:
    """For each person; the refused one leaves nothing, and thirty days later there is one again."""
    for _ in range(3):
        withdraw(desk, andi, ask(desk, andi).visit_id)
    with pytest.raises(HomeVisitLimit) as refused:
        ask(desk, andi)
    assert refused.value.data == {"most": 3, "days": 30}
    assert len(rows(desk)) == 3
    ask(desk, andi, dependent=add(desk, andi).person_id)
    assert ask(desk, andi, now=NOW + timedelta(days=30)).status == "requested"


def test_a_request_without_an_answer_is_marked_and_measured(desk: Desk, andi: str) -> None:
    """After a week, for the office and for operations; answered, for neither."""
    visit = ask(desk, andi)
    later = NOW + timedelta(days=7, seconds=1)
    assert [case.is_overdue for case in cases(desk)] == [False]
    assert [case.is_overdue for case in cases(desk, now=later)] == [True]
    desk.do(home_visits.measure_home_visits, now=later)
    (told,) = metrics.HOME_VISITS_OLDEST_SECONDS.collect()
    assert [(one.labels, one.value) for one in told.samples] == [({"office": "TRK"}, 7 * 86_400 + 1)]
    schedule(desk, visit.visit_id)
    desk.do(home_visits.measure_home_visits, now=later)
    (told,) = metrics.HOME_VISITS_OLDEST_SECONDS.collect()
    assert told.samples == []
