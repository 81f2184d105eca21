"""An office's day so far, as its head sees it."""

from collections import defaultdict
from collections.abc import Sequence

from chassis.database import Transaction
from contracts.hall import Step
from contracts.requests import floor_today as contract
from contracts.words import ServiceCode
from services.checkin.domain.office import Office
from services.checkin.errors import UnknownOffice
from services.checkin.store import offices, today


def get_today(tx: Transaction, query: contract.GetToday) -> contract.Today:
    """Read how long today's steps took against their goals, and who was called out of turn and why.

    Raises UnknownOffice.
    """
    office = offices.read(tx, {query.office}).get(query.office)
    if office is None:
        raise UnknownOffice(office=query.office)
    kinds: defaultdict[tuple[ServiceCode, Step], list[today.StepsDone]] = defaultdict(list)
    for done in today.steps_done(tx, office):
        kinds[done.service, done.step].append(done)
    return contract.Today(
        office=office.code,
        date=office.today(tx.now),
        served=today.count_served(tx, office),
        steps=tuple(_against_goal(office, kinds[kind]) for kind in sorted(kinds)),
        choices=today.choices(tx, office),
    )


def _against_goal(office: Office, counts: Sequence[today.StepsDone]) -> contract.StepToday:
    service, step = counts[0].service, counts[0].step
    goal = office.goal_minutes(service, step)
    return contract.StepToday(
        service=service,
        step=step,
        goal_minutes=goal,
        done=sum(count.done for count in counts),
        late=sum(count.done for count in counts if count.minutes >= goal),
        longest_minutes=max(count.minutes for count in counts),
    )
