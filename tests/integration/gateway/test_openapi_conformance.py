"""What the gateway answers is what its OpenAPI document says, whatever is sent.

Schemathesis makes requests from the document, well-formed and not, and sends them to a real gateway
process in front of services that agree to everything. It is bounded: so many for each operation.
"""

import re
import uuid
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, settings

from cli.servers.rabbitmq import RabbitMQ
from gateway.boards import BoardHub
from gateway.offices import OfficeDirectory
from gateway.openapi import openapi_document
from gateway.routes import api_routes
from tests.integration.gateway.every_answer import EVERY_ANSWER
from tests.integration.gateway.responder import Responder
from tests.integration.gateway.running import start_gateway
from tests.processes import Process
from tests.unit.gateway.fakes import FakeServices, token

EXAMPLES_OF_EACH = 10


services = FakeServices()
routes = list(api_routes(backend=services, directory=OfficeDirectory(), hub=BoardHub(services)))
document = openapi_document(routes, server="http://127.0.0.1")
schema = schemathesis.openapi.from_dict(document).exclude(path_regex="stream$")  # a stream never ends


@pytest.fixture(scope="module")
def address(broker: RabbitMQ, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a gateway runs, with services that agree to everything."""
    started: list[Process] = []

    def process(command: tuple[str, ...], environment: dict[str, str]) -> Process:
        log = tmp_path_factory.mktemp("gateway") / "log"
        started.append(Process(command=command, environment=environment, log_file=log))
        return started[-1]

    vhost = f"conformance_{uuid.uuid4().hex[:12]}"
    try:
        with Responder(broker.add_vhost(vhost), EVERY_ANSWER):
            yield start_gateway(process, broker.url(vhost)).url
            for one in started:
                one.stop()
    finally:
        broker.delete_vhost(vhost)


def test_the_gateway_shows_this_very_document(address: str) -> None:
    """Else the test below would prove nothing about it."""
    shown = httpx.get(f"{address}/openapi.json").json()
    assert shown == {**document, "servers": [{"url": address}]}


@schema.parametrize()
@settings(
    max_examples=EXAMPLES_OF_EACH,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
def test_answers_are_as_described(case: schemathesis.Case[Any], address: str) -> None:
    """Statuses, media types, bodies and headers; what is malformed is refused, what is right is taken."""
    at_the_office = "/scans" in case.path or "/counters" in case.path
    if at_the_office and re.fullmatch("[A-Z]{3}", str(case.path_parameters["office"])):
        case.path_parameters["office"] = "TRK"  # the only office at which the officer may do anything
    bearer = token("officer", "TRK") if at_the_office else token()
    case.call_and_validate(base_url=address, headers={"Authorization": f"Bearer {bearer}"})
