"""What comes of a ticket that is held to the reader: every outcome and every border, without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.hall import HallRules
from contracts.keys import SigningKey
from contracts.place import Place
from contracts.ticket import Ticket, TicketSigner, TicketVerifier
from contracts.words import TicketState
from services.checkin import errors
from services.checkin.domain.arrival import Admitted, Presence, decide, read_ticket
from services.checkin.domain.office import Office
from services.checkin.domain.visit import Visit, visit_of_ticket

NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""Nine o'clock in Tarakan (UTC+8)."""

TEN = NINE + timedelta(hours=1)
SECOND = timedelta(seconds=1)
RULES = HallRules(early_minutes=60, grace_minutes=15, far_grace_minutes=60)
TARAKAN = Office(
    code="TRK",
    name="Tarakan",
    timezone="Asia/Makassar",
    services=("new",),
    counters=2,
    hall=RULES,
    place=Place(latitude=3.3, longitude=117.63),
)
NUNUKAN = replace(TARAKAN, code="NNX", name="Nunukan", place=Place(latitude=4.14, longitude=117.66))
STRICT = replace(TARAKAN, hall=replace(RULES, late="refused"))
TICKET = Ticket(
    booking_id="0193577a-0000-7000-8000-000000000000",
    office="TRK",
    date=date(2026, 11, 23),
    starts_at=NINE,
    minutes=60,
    service="new",
    priority="regular",
    version=1,
    expires_at=TEN + timedelta(days=1),
)
BOOKED = visit_of_ticket(TICKET)
FAR = replace(BOOKED, is_far=True)
KEY = SigningKey.generate("test")
VERIFIER = TicketVerifier(KEY.public())


def hall_has(state: TicketState, *, no_shows: int = 0) -> Presence:
    """Make a ticket that is in the hall already."""
    counter = 3 if state != "waiting" else None
    return Presence(number="A-007", state=state, counter=counter, waiting_before=4, no_shows=no_shows)


IN_TIME, LATE, BACK = Admitted(), Admitted(is_late=True), Admitted(is_back=True)


@pytest.mark.parametrize(
    ("visit", "here", "now", "outcome"),
    [
        pytest.param(BOOKED, TARAKAN, NINE - timedelta(minutes=60), IN_TIME, id="exactly as early as may be"),
        pytest.param(BOOKED, TARAKAN, NINE - SECOND, IN_TIME, id="a second before the appointment"),
        pytest.param(BOOKED, TARAKAN, NINE, IN_TIME, id="on the minute"),
        pytest.param(BOOKED, TARAKAN, TEN, IN_TIME, id="as the appointment ends"),
        pytest.param(BOOKED, TARAKAN, TEN + SECOND, IN_TIME, id="late, within the grace"),
        pytest.param(BOOKED, TARAKAN, TEN + timedelta(minutes=15), IN_TIME, id="exactly at the grace"),
        pytest.param(BOOKED, STRICT, TEN + timedelta(minutes=15), IN_TIME, id="exactly at the grace, strict"),
        pytest.param(
            BOOKED, TARAKAN, TEN + timedelta(minutes=15, seconds=1), LATE, id="one second after the grace"
        ),
        pytest.param(BOOKED, TARAKAN, TEN + timedelta(hours=6), LATE, id="hours after the grace"),
        pytest.param(FAR, TARAKAN, TEN + timedelta(minutes=60), IN_TIME, id="far, exactly at the grace"),
        pytest.param(
            FAR, TARAKAN, TEN + timedelta(minutes=60, seconds=1), LATE, id="far, one second after the grace"
        ),
        pytest.param(FAR, STRICT, TEN + timedelta(minutes=60), IN_TIME, id="far, at the grace, strict"),
        pytest.param(
            FAR,
            replace(TARAKAN, hall=replace(RULES, grace_minutes=90)),
            TEN + timedelta(minutes=90),
            IN_TIME,
            id="a long way never has less grace",
        ),
    ],
)
def test_who_is_admitted_keeps_their_turn_until_the_grace_ends(
    visit: Visit, here: Office, now: datetime, outcome: Admitted
) -> None:
    """And waits behind from the next second on."""
    assert decide(visit, None, here=here, booked_office=here, now=now) == outcome


@pytest.mark.parametrize(
    ("visit", "here", "now", "refusal", "data"),
    [
        pytest.param(
            BOOKED,
            TARAKAN,
            NINE - timedelta(minutes=60, seconds=1),
            errors.TooEarly,
            {"come_back_at": "2026-11-23T08:00:00+08:00", "starts_at": "2026-11-23T09:00:00+08:00"},
            id="one second too early",
        ),
        pytest.param(
            BOOKED,
            STRICT,
            TEN + timedelta(minutes=15, seconds=1),
            errors.TooLate,
            {"starts_at": "2026-11-23T09:00:00+08:00", "ends_at": "2026-11-23T10:00:00+08:00"},
            id="one second after the grace, strict",
        ),
        pytest.param(
            FAR,
            STRICT,
            TEN + timedelta(minutes=60, seconds=1),
            errors.TooLate,
            {"starts_at": "2026-11-23T09:00:00+08:00", "ends_at": "2026-11-23T10:00:00+08:00"},
            id="far, one second after the grace, strict",
        ),
        pytest.param(
            replace(BOOKED, cancelled=True), TARAKAN, NINE, errors.CancelledBooking, {}, id="cancelled"
        ),
        pytest.param(
            replace(BOOKED, cancelled=True),
            TARAKAN,
            NINE - timedelta(hours=3),
            errors.CancelledBooking,
            {},
            id="cancelled is told before too early",
        ),
        pytest.param(
            BOOKED,
            TARAKAN,
            NINE - timedelta(days=1),
            errors.OtherDay,
            {"date": "2026-11-23", "starts_at": "2026-11-23T09:00:00+08:00", "is_past": False},
            id="a day before",
        ),
        pytest.param(
            BOOKED,
            TARAKAN,
            NINE + timedelta(days=1),
            errors.OtherDay,
            {"date": "2026-11-23", "starts_at": "2026-11-23T09:00:00+08:00", "is_past": True},
            id="a day after",
        ),
        pytest.param(
            replace(BOOKED, office="NNX", cancelled=True),
            TARAKAN,
            NINE - timedelta(days=1),
            errors.CancelledBooking,
            {},
            id="the cancellation is told before office and day: nobody travels for it",
        ),
        pytest.param(
            replace(BOOKED, office="NNX"),
            TARAKAN,
            NINE - timedelta(days=1),
            errors.OtherOffice,
            {"office": "NNX", "office_name": "Nunukan", "distance_km": 93},
            id="the office is told before the day",
        ),
        pytest.param(
            replace(BOOKED, office="NNX"),
            replace(TARAKAN, place=None),
            NINE,
            errors.OtherOffice,
            {"office": "NNX", "office_name": "Nunukan", "distance_km": None},
            id="no distance from an unknown place",
        ),
    ],
)
def test_who_is_not_admitted_is_told_the_first_reason(
    visit: Visit, here: Office, now: datetime, refusal: type[errors.TicketRefused], data: dict[str, object]
) -> None:
    """Whether, then where, then when: what helps most comes first, with what fills its sentence."""
    with pytest.raises(refusal) as refused:
        decide(visit, None, here=here, booked_office={"NNX": NUNUKAN, "TRK": here}[visit.office], now=now)
    assert refused.value.data == data


def test_an_office_never_heard_of_is_told_by_its_code_alone() -> None:
    """Neither a name nor a distance is made up."""
    with pytest.raises(errors.OtherOffice) as refused:
        decide(replace(BOOKED, office="NNX"), None, here=TARAKAN, booked_office=None, now=NINE)
    assert refused.value.data == {"office": "NNX", "office_name": None, "distance_km": None}


@pytest.mark.parametrize(
    ("presence", "refusal", "data"),
    [
        (hall_has("waiting"), errors.AlreadyScanned, {"number": "A-007", "waiting_before": 4}),
        (hall_has("called"), errors.AlreadyCalled, {"number": "A-007", "counter": 3}),
        (hall_has("served"), errors.VisitOver, {"number": "A-007"}),
        (hall_has("no_show", no_shows=2), errors.AbsentAgain, {"number": "A-007"}),
    ],
)
@pytest.mark.parametrize("now", [NINE - timedelta(hours=2), NINE, TEN + timedelta(hours=3)])
def test_a_ticket_in_the_hall_is_told_how_it_stands(
    presence: Presence, refusal: type[errors.TicketRefused], data: dict[str, object], now: datetime
) -> None:
    """Whatever the clock says by now: its person has come."""
    with pytest.raises(refusal) as refused:
        decide(BOOKED, presence, here=STRICT, booked_office=STRICT, now=now)
    assert refused.value.data == data


def test_who_is_back_after_a_missed_call_is_not_late() -> None:
    """They had come in time; even where late ones are refused they wait once more."""
    back = decide(
        BOOKED,
        hall_has("no_show", no_shows=1),
        here=STRICT,
        booked_office=STRICT,
        now=TEN + timedelta(hours=2),
    )
    assert back == BACK


@pytest.mark.parametrize("timezone", ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"])
def test_midnight_is_the_offices_own(timezone: str) -> None:
    """An appointment at one in the night, in each of the three zones: the day before is another day."""
    zone = ZoneInfo(timezone)
    here = replace(TARAKAN, timezone=timezone, hall=replace(RULES, early_minutes=480))
    midnight = datetime(2026, 11, 23, tzinfo=zone)
    starts_at = midnight + timedelta(hours=1)
    visit = replace(BOOKED, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))

    with pytest.raises(errors.OtherDay):
        decide(visit, None, here=here, booked_office=here, now=midnight - SECOND)
    assert decide(visit, None, here=here, booked_office=here, now=midnight) == IN_TIME


def test_a_grace_does_not_reach_into_the_next_day() -> None:
    """Another day is another day, however long the grace."""
    starts_at = datetime(2026, 11, 23, 22, 30, tzinfo=ZoneInfo("Asia/Makassar"))
    visit = replace(FAR, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))
    last = starts_at + timedelta(minutes=90)

    assert decide(visit, None, here=TARAKAN, booked_office=TARAKAN, now=last - SECOND) == IN_TIME
    with pytest.raises(errors.OtherDay):
        decide(visit, None, here=TARAKAN, booked_office=TARAKAN, now=last)


@given(
    minute=st.integers(-8 * 60, 14 * 60),
    early=st.integers(0, 480),
    grace=st.integers(0, 480),
    far_grace=st.integers(0, 480),
    is_far=st.booleans(),
)
def test_time_only_moves_from_too_early_to_in_time_to_late(
    minute: int, early: int, grace: int, far_grace: int, is_far: bool
) -> None:
    """Whatever an office decides: a later scan is never earlier, and a long way never a disadvantage."""
    rules = HallRules(early_minutes=early, grace_minutes=grace, far_grace_minutes=far_grace)
    here = replace(TARAKAN, hall=rules)
    now = NINE + timedelta(minutes=minute)

    stage = _stage(replace(BOOKED, is_far=is_far), here, now)

    assert stage <= _stage(replace(BOOKED, is_far=is_far), here, now + timedelta(minutes=1))
    assert _stage(FAR, here, now) <= _stage(BOOKED, here, now)
    if NINE <= now <= TEN:
        assert stage == 1


def test_a_genuine_ticket_is_read() -> None:
    """Its signature and the clock are enough."""
    assert read_ticket(TicketSigner(KEY).sign(TICKET), VERIFIER, now=NINE) == TICKET


@pytest.mark.parametrize(
    ("text", "now", "refusal"),
    [
        ("https://example.com/menu", NINE, errors.TamperedTicket),
        (TicketSigner(SigningKey.generate("test")).sign(TICKET), NINE, errors.TamperedTicket),
        (TicketSigner(KEY).sign(TICKET), TICKET.expires_at, errors.ExpiredTicket),
    ],
)
def test_what_is_no_valid_ticket_is_refused(
    text: str, now: datetime, refusal: type[errors.TicketRefused]
) -> None:
    """Another text, another key, another time."""
    with pytest.raises(refusal):
        read_ticket(text, VERIFIER, now=now)


def _stage(visit: Visit, here: Office, now: datetime) -> int:
    """Tell too early (0) from in time (1) and late (2)."""
    try:
        return 2 if decide(visit, None, here=here, booked_office=here, now=now).is_late else 1
    except errors.TooEarly:
        return 0
