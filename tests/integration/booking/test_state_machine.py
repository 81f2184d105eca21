"""Whatever people, the office and bad luck do, in any order: no place is sold twice, and none is lost."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from services.booking.domain.sale import Sale
from services.booking.store import bookings as store
from services.booking.store import payments, slots, waitlist
from tests.integration.booking.booking_machine import BookingMachine
from tests.integration.booking.desk import Desk
from tests.integration.booking.town import Town

EXAMPLES, STEPS = 200, 50


@pytest.fixture
def machine(desk: Desk) -> Iterator[type[BookingMachine]]:
    """The machine of a town with this desk."""
    town = Town.founded(desk)
    yield type("Machine", (BookingMachine,), {"town": town})
    town.looks.close()


@pytest.mark.timeout(900)
def test_no_place_is_sold_twice_or_lost_whatever_happens(machine: type[BookingMachine]) -> None:
    """Two hundred days of up to fifty events each."""
    run_state_machine_as_test(machine, settings=_settings(EXAMPLES))


def _nothing(*_arguments: object) -> None:
    """Do nothing, where something was to be done."""


@pytest.mark.parametrize(
    ("module", "name"),
    [
        (slots, "take_places"),
        (slots, "give_back_places"),
        (store, "add_further_slots"),
        (store, "keep_cancelled"),
        (store, "keep_with_places"),
        (waitlist, "forget_returning"),
        (payments, "put_payments"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_a_broken_booking_is_found_out(
    machine: type[BookingMachine], monkeypatch: pytest.MonkeyPatch, module: object, name: str
) -> None:
    """Negative control: without any one of these steps the machine fails."""
    monkeypatch.setattr(module, name, _nothing)
    with pytest.raises(Exception):  # noqa: B017, PT011  many things go wrong, in whatever order
        run_state_machine_as_test(machine, settings=_settings(20))


def test_a_sale_that_counts_wrong_is_found_out(
    machine: type[BookingMachine], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: who is told that all is full, while a place is left, is noticed too."""
    take = Sale.decide

    def stingy(sale: Sale, wish: Any) -> Any:
        sale._places = {slot: one.taken("regular") for slot, one in sale._places.items()}
        return take(sale, wish)

    monkeypatch.setattr(Sale, "decide", stingy)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(machine, settings=_settings(20))


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
