"""What booking refuses is documented where it is asked, and in its README."""

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import pytest

import services.booking
from contracts.refusals import Refused
from gateway.routes import assistance as assisted_routes
from gateway.routes import bookings as routes
from gateway.routes import devices as device_routes
from gateway.routes import waitlist as waitlist_routes
from services.booking.handlers import (
    assisted_bookings,
    bookings,
    device_sessions,
    own_bookings,
    pairings,
    reschedules,
    waitlists,
)

UseCase = Callable[..., Any]

USE_CASES: dict[str, tuple[UseCase, UseCase]] = {
    "BookSlot": (bookings.book_slots, routes.BookingList.on_post),
    "CancelBooking": (own_bookings.cancel_booking, routes.SingleBooking.on_delete),
    "CancelParty": (own_bookings.cancel_party, routes.WholeParty.on_delete),
    "RescheduleBooking": (reschedules.reschedule_booking, routes.Reschedule.on_post),
    "JoinWaitlist": (waitlists.join_waitlist, waitlist_routes.WaitlistResource.on_post),
    "AcceptOffer": (waitlists.accept_offer, waitlist_routes.OfferAcceptance.on_post),
    "LeaveWaitlist": (waitlists.leave_waitlist, waitlist_routes.SingleWish.on_delete),
    "CancelAssistedBooking": (
        assisted_bookings.cancel_assisted_booking,
        assisted_routes.SingleAssistedBooking.on_delete,
    ),
    "BeginPairing": (pairings.begin_pairing, device_routes.Pairings.on_post),
    "TakePairing": (pairings.take_pairing, device_routes.Pairings.on_post_token),
    "RenewDevice": (device_sessions.renew_device, device_routes.Pairings.on_post_renewal),
    "FindPairing": (pairings.find_pairing, device_routes.OfficePairings.on_get_code),
    "ApprovePairing": (pairings.approve_pairing, device_routes.OfficePairings.on_post),
    "RevokeDevice": (device_sessions.revoke_device, device_routes.SingleDevice.on_delete),
}


def refused_by(use_case: UseCase) -> set[str]:
    """Collect the codes that a handler, and all handlers that it calls, can refuse with."""
    seen: set[object] = set()
    waiting: list[Any] = [use_case]
    codes: set[str] = set()
    while waiting:
        found = waiting.pop()
        if isinstance(found, type) and issubclass(found, Refused):
            codes |= {found.code} - {Refused.code}
        elif isinstance(found, Mapping):
            waiting += found.values()
        elif isinstance(found, FunctionType) and found not in seen and "booking.handlers" in found.__module__:
            seen.add(found)
            waiting += _named_in(found)
    return codes


def _named_in(function: FunctionType) -> Iterator[object]:
    """Give what a function names: its module's functions and tables, and members of other modules."""
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(function)))):
        if isinstance(node, ast.Name):
            yield function.__globals__.get(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            module = function.__globals__.get(node.value.id)
            if isinstance(module, ModuleType):
                yield getattr(module, node.attr)


@pytest.mark.parametrize("asked", sorted(USE_CASES))
def test_what_a_use_case_refuses_is_documented_at_its_operation(asked: str) -> None:
    """Who builds on the API meets no code that its document does not name."""
    use_case, responder = USE_CASES[asked]
    assert refused_by(use_case) - set(responder.operation.refusals) == set()  # type: ignore[attr-defined]


@pytest.mark.parametrize("asked", ["BookSlot", "CancelBooking", "JoinWaitlist", "AcceptOffer"])
def test_the_readme_names_what_is_refused(asked: str) -> None:
    """All of it, in the row of the request."""
    readme = Path(services.booking.__path__[0], "README.md").read_text()
    (row,) = re.findall(rf"^\| `{asked}`.*$", readme, flags=re.MULTILINE)
    assert refused_by(USE_CASES[asked][0]) == set(re.findall(r"`([a-z_]+)`", row))


def test_refusals_are_found_in_tables_and_in_what_is_called() -> None:
    """The control of the tests above."""
    assert {refused.code for refused in bookings._REFUSALS.values()} <= refused_by(bookings.book_slots)
    assert {"no_show_wait", "unknown_service_here"} <= refused_by(waitlists.join_waitlist)
