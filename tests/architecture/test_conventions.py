"""What this code promises of itself. Each promise is kept, and each check would notice if it were not."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import contracts.requests.accounts
import contracts.requests.booking
import contracts.requests.checkin
import contracts.requests.dependents
import contracts.requests.display
import contracts.requests.own_data
import contracts.requests.waitlist
from contracts.events import EVENT_TYPES, FOLLOWED_BY_GATEWAY, SUBSCRIPTIONS
from contracts.requests.base import Request
from tests.architecture import rules

PROJECT = Path(__file__).parents[2]
SERVICES = {"booking", *SUBSCRIPTIONS}
PRODUCERS = {name: event_type.producer for name, event_type in EVENT_TYPES.items()}

Rule = Callable[[Path], Iterator[str]]


def owners() -> dict[str, str]:
    """Every request that can be asked (one that no other derives from), and the service that owns it."""
    modules = (
        contracts.requests.accounts,
        contracts.requests.booking,
        contracts.requests.checkin,
        contracts.requests.dependents,
        contracts.requests.display,
        contracts.requests.waitlist,
        contracts.requests.own_data,
    )
    kinds = {
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Request) and value is not Request
    }
    bases = {base for kind in kinds for base in kind.__mro__[1:]}
    return {kind.__name__: kind.service for kind in kinds - bases}


def mentions() -> dict[str, set[str]]:
    """The events that each service makes and takes."""
    made = {service: {name for name, by in PRODUCERS.items() if by == service} for service in SERVICES}
    return {
        service: events | {event.__name__ for event in SUBSCRIPTIONS.get(service, ())}
        for service, events in made.items()
    }


KEPT: dict[str, Rule] = {
    "every service has the same shape": rules.service_shape,
    "no module and no function is too long": rules.too_long,
    "no file has a name that says nothing": rules.vague_names,
    "the domain is pure": rules.impure_domain,
    "the domain asks no clock and throws no dice": rules.clocks_in_domain,
    "every event is made by its producer": lambda root: rules.unemitted(root, PRODUCERS),
    "every request is answered and asked": lambda root: rules.unanswered(root, owners()),
    "a service's README names its events": lambda root: rules.unmentioned(root, mentions()),
}

GOOD_SERVICE = {
    "README.md": "# made\n\nOut: `ThingHappened`.\n",
    "domain/thing.py": "from datetime import datetime\n\nfrom contracts.words import Count\n",
    "handlers.py": "def do(tx):\n    tx.emit(ThingHappened())\n",
    "store.py": "",
    "service.py": "class MadeService:\n    @answers(DoThing)\n    def do(self): ...\n",
    "settings.py": "",
    "errors.py": "",
    "migrations/env.py": "",
}


@pytest.mark.parametrize("promise", KEPT)
def test_the_code_keeps_its_promise(promise: str) -> None:
    """Every breach is listed, not only the first."""
    assert list(KEPT[promise](PROJECT)) == []


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A made-up project with one service, in which all is well."""
    for name, text in GOOD_SERVICE.items():
        write(tmp_path / "services" / "made" / name, text)
    write(tmp_path / "gateway" / "routes.py", "ask(DoThing())\n")
    return tmp_path


def made_up(rule: str) -> Rule:
    """The rule, told of the made-up project's event and request."""
    about: dict[str, Rule] = {
        "unemitted": lambda root: rules.unemitted(root, {"ThingHappened": "made"}),
        "unanswered": lambda root: rules.unanswered(root, {"DoThing": "made"}),
        "unmentioned": lambda root: rules.unmentioned(root, {"made": {"ThingHappened"}}),
    }
    return about.get(rule) or getattr(rules, rule)


BREACHES = [
    ("service_shape", "services/made/settings.py", None, "services/made has no settings.py"),
    ("service_shape", "services/made/README.md", None, "services/made has no README.md"),
    ("too_long", "chassis/long.py", "x = 1\n" * 301, "chassis/long.py has 301 lines"),
    ("too_long", "gateway/deep.py", "def f():\n" + "    x = 1\n" * 45, "gateway/deep.py: f has 46 lines"),
    ("vague_names", "chassis/utils.py", "", "chassis/utils.py: utils says nothing"),
    ("vague_names", "gateway/helpers/dates.py", "", "gateway/helpers/dates.py: helpers says nothing"),
    ("impure_domain", "services/made/domain/bad.py", "import sqlalchemy\n", "imports sqlalchemy"),
    (
        "impure_domain",
        "services/made/domain/bad.py",
        "from services.made.store import x\n",
        "services.made.store",
    ),
    ("impure_domain", "services/made/domain/bad.py", "from chassis.log import x\n", "imports chassis.log"),
    ("clocks_in_domain", "services/made/domain/bad.py", "datetime.now(UTC)\n", "calls datetime.now()"),
    (
        "clocks_in_domain",
        "services/made/domain/bad.py",
        "def f():\n    return random.choice([1])\n",
        "random.choice",
    ),
    ("unemitted", "services/made/handlers.py", "", "services/made never makes ThingHappened"),
    ("unanswered", "services/made/service.py", "", "does not answer DoThing"),
    ("unanswered", "gateway/routes.py", "", "the gateway never asks DoThing"),
    ("unmentioned", "services/made/README.md", "# made\n", "does not mention ThingHappened"),
]


@pytest.mark.parametrize(
    ("rule", "file", "text", "breach"), BREACHES, ids=[f"{rule}-{file}" for rule, file, *_ in BREACHES]
)
def test_a_breach_is_noticed(tree: Path, rule: str, file: str, text: str | None, breach: str) -> None:
    """Negative control: the made-up project is clean, and one bad file makes exactly the right rule speak."""
    assert list(made_up(rule)(tree)) == []
    if text is None:
        (tree / file).unlink()
    else:
        write(tree / file, text)
    found = list(made_up(rule)(tree))
    assert len(found) == 1
    assert breach in found[0]


@pytest.mark.parametrize("service", SUBSCRIPTIONS)
def test_a_service_handles_what_it_subscribes_to(service: str) -> None:
    """A queue that nobody empties would fill; a handler without a queue would never run."""
    assert rules.handled(PROJECT, service) == {event.__name__ for event in SUBSCRIPTIONS[service]}


def test_the_gateway_follows_what_the_contracts_say() -> None:
    """The catalogue names the gateway as a consumer of these events, and of no others."""
    assert rules.followed(PROJECT) == {event.__name__ for event in FOLLOWED_BY_GATEWAY}


def test_there_are_the_services_that_the_contracts_speak_of() -> None:
    """No service is unknown to the contracts, and no producer or owner of a request is made up."""
    assert {folder.name for folder in rules.services(PROJECT)} == SERVICES
    assert set(PRODUCERS.values()) <= SERVICES
    assert set(owners().values()) <= SERVICES
    assert len(owners()) > 15


def write(path: Path, text: str) -> None:
    """Write a file of the made-up project."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
