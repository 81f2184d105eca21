"""What follows for people who did not come, where their office lets anything follow.

    called, and nobody came ──┐
    never came, a day later ──┼──▶ counted anew ──▶ told; so often, and they wait
    came after all, excused ──┘

What counts is always counted anew from the bookings, so that the order in which things are heard, and what
the office says of a day afterwards, make no difference.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from chassis.database import Transaction
from contracts.events import NoShowCounted
from contracts.requests.no_show import NoShowWait
from services.booking.domain.booking import Booking
from services.booking.domain.no_show import NoShowRule, waits_until
from services.booking.domain.office import Office
from services.booking.store import no_shows, offices
from services.booking.store.no_shows import Missed, Waiting

ABSENT_AFTER = timedelta(hours=24)
"""How long after its end a booking without a visit counts: an office without a link tells later who came."""

_LOOKED_BACK = timedelta(days=7)


def count_bookings(tx: Transaction, *, missed: Collection[str], others: Collection[str]) -> None:
    """Count anew for the people of bookings that were just missed, and of others that are missed no more."""
    by_office: dict[str, list[Booking]] = {}
    for booking in no_shows.counted(tx, {*missed, *others}):
        by_office.setdefault(booking.office, []).append(booking)
    for code, found in sorted(by_office.items()):
        office = offices.find_office(tx, code)
        if office is not None and office.no_show is not None:
            told = {one.booking_id for one in found if one.booking_id in missed}
            _count(tx, office, office.no_show, _Asked.about(found, told=told))


def count_days(tx: Transaction, office: Office) -> None:
    """Count anew for all who missed what still matters: the office may have said more of its days."""
    rule = office.no_show
    if rule is not None:
        people = no_shows.who_missed(tx, office.code, since=_first_day(tx, office, rule))
        people |= no_shows.who_waits(tx, office.code)
        _count(tx, office, rule, _Asked(people=frozenset(people)))


def end_waits(tx: Transaction, office: Office, before: NoShowRule) -> None:
    """Let nobody wait any more at an office that has given up its rule."""
    people = no_shows.who_waits(tx, office.code)
    _count(tx, office, before, _Asked(people=frozenset(people)), is_over=True)


def counting_offices(tx: Transaction) -> list[str]:
    """List the offices that count who does not come."""
    return no_shows.counting_offices(tx)


def count_absent(tx: Transaction, code: str) -> None:
    """Find whose booking an office's day went by without them, and count anew for all."""
    office = offices.find_office(tx, code)
    if office is None or office.no_show is None:
        return
    before = tx.now - ABSENT_AFTER
    absent = no_shows.mark_absent(tx, code, since=office.no_show.since, ended=(before - _LOOKED_BACK, before))
    _count(tx, office, office.no_show, _Asked.about(absent, told={one.booking_id for one in absent}))
    count_days(tx, office)


def waits_of(tx: Transaction, asker_id: str) -> tuple[NoShowWait, ...]:
    """Read where a person and those for whom they book have to wait before they book."""
    return tuple(
        NoShowWait(office=code, book_from=day, display_name=one.display_name, dependent=one.dependent)
        for one in no_shows.waits_of_family(tx, asker_id)
        for code, wait in sorted(one.waits.items())
        if (day := waits_until(wait, tx.now)) is not None
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """For whom to count anew, by which bookings, and of which of these they are told in any case."""

    people: frozenset[str]
    bookings: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()

    @classmethod
    def about(cls, found: Iterable[Booking], *, told: Collection[str]) -> "_Asked":
        found = list(found)
        return cls(
            people=frozenset(one.person_id for one in found),
            bookings=frozenset(one.booking_id for one in found),
            told=frozenset(told),
        )


def _count(
    tx: Transaction, office: Office, rule: NoShowRule, asked: _Asked, *, is_over: bool = False
) -> None:
    """Judge people by what they missed, keep until when they wait, and tell them where that changed."""
    if not asked.people:
        return
    waiting = no_shows.lock_waits(tx, asked.people)
    since = _first_day(tx, office, rule)
    found: dict[str, list[Missed]] = {}
    for one in no_shows.list_missed(tx, office.code, waiting, since=since, also=asked.bookings):
        found.setdefault(one.booking.person_id, []).append(one)
    for person_id, known in sorted(waiting.items()):
        of_person = found.get(person_id, [])
        counting = [one.booking for one in of_person if one.counts and not is_over]
        judgement = rule.judge(one.date for one in counting)
        wait = judgement.wait_at(office.zone, tx.now)
        is_changed = _keep_wait(tx, office.code, known, wait)
        news = [one for one in counting if one.booking_id in asked.told]
        if of_person and (news or is_changed):
            about = (news or counting or [one.booking for one in of_person])[-1]
            _tell(tx, about, rule, judgement.missed, wait)


def _keep_wait(tx: Transaction, office: str, known: Waiting, wait: str | None) -> bool:
    """Keep until when somebody waits at an office; say whether that is news."""
    before = known.waits.get(office)
    if wait != before:
        others = {code: until for code, until in known.waits.items() if code != office}
        no_shows.put_waits(tx, known.person_id, others if wait is None else {**others, office: wait})
    return waits_until(before, tx.now) != waits_until(wait, tx.now)


def _tell(tx: Transaction, about: Booking, rule: NoShowRule, missed: int, wait: str | None) -> None:
    tx.emit(
        NoShowCounted(
            version=round(tx.now.timestamp() * 1000),
            booking_id=about.booking_id,
            code=about.code,
            person_id=about.person_id,
            office=about.office,
            starts_at=about.starts_at,
            missed=missed,
            after=rule.after,
            within_days=rule.within_days,
            wait_days=rule.wait_days,
            book_from=waits_until(wait, tx.now),
        )
    )


def _first_day(tx: Transaction, office: Office, rule: NoShowRule) -> date:
    return rule.first_that_counts(tx.now.astimezone(office.zone).date())
