"""Whatever people, officers and bad luck do, in any order: no ticket is lost, and none is at two counters."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from services.checkin.domain import queue_ticket
from services.checkin.store import hall_tickets, records
from tests.integration.checkin.hall import Hall
from tests.integration.checkin.queue_machine import QueueMachine

EXAMPLES, STEPS = 200, 50


@pytest.fixture
def machine(empty_hall: Hall) -> Iterator[type[QueueMachine]]:
    """The machine of this hall."""
    with empty_hall.database.engine.connect() as looks:
        looks.execution_options(isolation_level="AUTOCOMMIT")
        yield type("Machine", (QueueMachine,), {"hall": empty_hall, "looks": looks})


@pytest.mark.timeout(600)
def test_no_ticket_is_lost_or_called_out_of_turn_whatever_happens(machine: type[QueueMachine]) -> None:
    """Two hundred days of up to fifty events each."""
    run_state_machine_as_test(machine, settings=_settings(EXAMPLES))


def _unchanged(_tx: Any, ticket: Any) -> Any:
    """Keep nothing."""
    return ticket


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("module", "name", "broken"),
    [
        (hall_tickets, "keep", _unchanged),
        (records, "note", lambda *_: None),
        (queue_ticket, "restored", lambda ticket: ticket),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_a_broken_hall_is_found_out(
    machine: type[QueueMachine], monkeypatch: pytest.MonkeyPatch, module: object, name: str, broken: object
) -> None:
    """Negative control: without any one of these the machine fails."""
    monkeypatch.setattr(module, name, broken)
    with pytest.raises(Exception):  # noqa: B017, PT011  many things go wrong, in whatever order
        run_state_machine_as_test(machine, settings=_settings(60))


def _settings(examples: int) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=STEPS,
        deadline=None,
        phases=(Phase.generate, Phase.shrink) if examples == EXAMPLES else (Phase.generate,),
        suppress_health_check=list(HealthCheck),
        derandomize=examples != EXAMPLES,
        database=None,
        report_multiple_bugs=False,
        print_blob=True,
    )
