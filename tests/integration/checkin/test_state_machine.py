"""Whatever people, officers and bad luck do, in any order: no ticket is lost, and none is at two counters."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.integration.checkin.hall import Hall
from tests.integration.checkin.queue_broken import BROKEN
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


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("module", "name", "broken"), [mutation for _, *mutation in BROKEN], ids=[what for what, *_ in BROKEN]
)
def test_a_broken_hall_is_found_out(
    machine: type[QueueMachine], monkeypatch: pytest.MonkeyPatch, module: object, name: str, broken: object
) -> None:
    """Negative control: where any one of these rules is broken, the hall is not as its model."""
    monkeypatch.setattr(module, name, broken)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(machine, settings=_settings(120))


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
