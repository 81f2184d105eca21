"""What the gateway answers is what its OpenAPI document says, whatever is sent.

Schemathesis makes requests from the document, well-formed and not, and sends them to a real gateway
process in front of services that agree to everything. It is bounded: so many for each operation.
"""

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, settings

from cli.servers.rabbit_access import RabbitAccess
from contracts import visible_text
from gateway.availability import AvailabilityCopies
from gateway.boards import BoardHub
from gateway.offices import OfficeDirectory
from gateway.openapi import openapi_document
from gateway.routes import api_routes
from gateway.voice.announcements import Announcer
from tests.contracts.strategies import visible
from tests.integration.gateway.every_answer import EVERY_ANSWER
from tests.integration.gateway.responder import Responder
from tests.integration.gateway.running import start_gateway
from tests.processes import processes
from tests.servers import fresh_vhost
from tests.unit.gateway.fakes import FakeServices, token

EXAMPLES_OF_EACH = 5
schemathesis.openapi.format(visible_text.FORMAT, visible(300))

services = FakeServices()
hub = BoardHub(services)
routes = list(
    api_routes(
        backend=services,
        directory=OfficeDirectory(),
        hub=hub,
        announcer=Announcer(hub, None),
        copies=AvailabilityCopies(services),
    )
)
document = openapi_document(routes, server="http://127.0.0.1")
schema = schemathesis.openapi.from_dict(document).exclude(path_regex="stream$")  # a stream never ends


@pytest.fixture(scope="module")
def address(broker: RabbitAccess, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a gateway runs, with services that agree to everything."""
    with (
        fresh_vhost(broker) as vhost,
        Responder(vhost, EVERY_ANSWER),
        processes(tmp_path_factory.mktemp("gateway")) as process,
    ):
        yield start_gateway(process, vhost).url


def test_the_gateway_shows_this_very_document(address: str) -> None:
    """Else the test below would prove nothing about it."""
    shown = httpx.get(f"{address}/openapi.json").json()
    assert shown == {**document, "servers": [{"url": address}]}


# A parameter beside schemathesis's own: without one pytest gives all operations one node id, and xdist runs
# what has the same node id once.
@schema.parametrize()
@pytest.mark.parametrize("language", ["id"])
@settings(
    max_examples=EXAMPLES_OF_EACH,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
def test_answers_are_as_described(case: schemathesis.Case[Any], address: str, language: str) -> None:
    """Statuses, media types, bodies and headers; what is malformed is refused, what is right is taken."""
    at_the_office = "/scans" in case.path or "/counters" in case.path
    if at_the_office and re.fullmatch("[A-Z]{3}", str(case.path_parameters["office"])):
        case.path_parameters["office"] = "TRK"  # the only office at which the officer may do anything
    bearer = token("officer", "TRK") if at_the_office else token()
    case.call_and_validate(
        base_url=address, headers={"Authorization": f"Bearer {bearer}", "Accept-Language": language}
    )
