"""The OpenAPI document, made from the contracts and from what each operation says of itself."""

import inspect
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any

from apispec import APISpec
from falcon.routing import map_http_methods

from contracts import schema
from contracts.documents.schemas import PortablePlugin, schema_name
from contracts.office_plan import PLAN_FAULT_CODES
from contracts.requests.accounts import CreateAccount
from contracts.requests.booking import GetBooking
from contracts.requests.checkin import GetCounter
from contracts.requests.dependents import RemoveDependent
from contracts.requests.devices import FindPairing, RevokeDevice
from contracts.requests.floor import ExplainTurn
from contracts.requests.home_visits import WithdrawHomeVisit
from contracts.requests.staff import EndStaff
from contracts.requests.waitlist import AcceptOffer
from contracts.requests.walk_in import GetAdmission
from gateway import errors, problems
from gateway.operation import Operation, Parameter
from gateway.routes import Route

_PATH = {
    "office": Parameter(contract=GetCounter, field="office"),
    "number": Parameter(contract=GetCounter, field="counter"),
    "ticket_number": Parameter(contract=ExplainTurn, field="number"),
    "code": Parameter(contract=GetBooking, field="code"),
    "entry_id": Parameter(contract=AcceptOffer, field="entry_id"),
    "person_id": Parameter(contract=RemoveDependent, field="person_id"),
    "user_code": Parameter(contract=FindPairing, field="user_code"),
    "device_id": Parameter(contract=RevokeDevice, field="device_id"),
    "staff_id": Parameter(contract=EndStaff, field="staff_id"),
    "language": Parameter(contract=CreateAccount, field="locale"),
    "visit_id": Parameter(contract=WithdrawHomeVisit, field="visit_id"),
    "ticket_id": Parameter(contract=GetAdmission, field="ticket_id"),
}
_OF_EVERY_BODY = ("bad_json", "body_too_large", "unsupported_media_type", *sorted(schema.FAULT_CODES))
_OF_EVERY_QUERY = ("missing_field", "wrong_type", "unknown_choice")
_OF_EVERY_ROLE = ("not_signed_in", "session_expired", "session_revoked", "bad_token", "not_allowed")
_OF_EVERY_SERVICE = ("no_answer", "overloaded", "service_unavailable")
_TEMPLATE_FIELD = re.compile(r"\{(\w+)[^{}]*\}")
_ABOUT = "Queue for passport offices: book a slot, scan the ticket, call, follow the board."
_SECURITY = {
    "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
    "cookie": {"type": "apiKey", "in": "cookie", "name": "antrean_session"},
}


def openapi_document(routes: Iterable[Route], *, server: str) -> dict[str, Any]:
    """Describe the routes as OpenAPI 3.1."""
    document = _Document(server)
    for route in routes:
        for method, responder in map_http_methods(route.resource, suffix=route.suffix).items():
            described = getattr(responder, "operation", None)
            if isinstance(described, Operation) and method != "HEAD":
                document.add(route, method.lower(), responder, described)
    return document.finished()


class _Document:
    def __init__(self, server: str) -> None:
        self._marshmallow = PortablePlugin(schema_name_resolver=schema_name)
        self._bodies: set[str] = set()
        self._tags: set[str] = set()
        self._spec = APISpec(
            title="Antrean",
            version="1",
            openapi_version="3.1.0",
            plugins=[self._marshmallow],
            servers=[{"url": server}],
            info={"description": _ABOUT},
        )
        for name, scheme in _SECURITY.items():
            self._spec.components.security_scheme(name, scheme)
        self._spec.components.schema("Problem", _PROBLEM)

    def add(self, route: Route, method: str, responder: Any, operation: Operation) -> None:
        summary, _, rest = inspect.getdoc(responder).partition("\n\n")  # type: ignore[union-attr]  # linted
        path = _TEMPLATE_FIELD.sub(r"{\1}", route.template)
        described: dict[str, Any] = {
            "tags": [self._tag(route.resource)],
            "operationId": f"{method}{type(route.resource).__name__}{(route.suffix or '').capitalize()}",
            "summary": " ".join(summary.split()),
            "description": " ".join(rest.split()),
            "parameters": list(self._parameters(path, operation)),
            "responses": self._responses(method, operation),
            "security": [{name: list(operation.roles)} for name in _SECURITY] if operation.roles else [],
        }
        if operation.takes is not None:
            described["requestBody"] = {
                "required": operation.body_required,
                "content": {"application/json": {"schema": self._body(operation.takes, operation.given)}},
            }
        self._spec.path(path, operations={method: described})

    def _tag(self, resource: object) -> str:
        """Group operations by the module that has them; its docstring is what the group is about."""
        module = import_module(type(resource).__module__)
        tag = module.__name__.rpartition(".")[2]
        if tag not in self._tags:
            self._tags.add(tag)
            self._spec.tag({"name": tag, "description": inspect.getdoc(module)})
        return tag

    def finished(self) -> dict[str, Any]:
        document: dict[str, Any] = self._spec.to_dict()
        for name, component in document["components"]["schemas"].items():
            if name not in self._bodies:  # answers may gain fields, bodies may not
                component.pop("additionalProperties", None)
        return document

    def _parameters(self, path: str, operation: Operation) -> Iterator[dict[str, Any]]:
        placed = [("path", name, _PATH[name]) for name in _TEMPLATE_FIELD.findall(path)]
        placed += [("query", name, parameter) for name, parameter in operation.query.items()]
        placed += [("header", name, parameter) for name, parameter in operation.headers.items()]
        for place, name, parameter in placed:
            contract: type = parameter.contract
            field = schema.schema_of(contract).fields[parameter.field]
            described = self._marshmallow.converter.field2property(field)  # type: ignore[union-attr]
            yield {"in": place, "name": name, "required": parameter.required, "schema": described}

    def _responses(self, method: str, operation: Operation) -> dict[str, Any]:
        responses: dict[str, Any] = {str(operation.status): self._success(operation)}
        by_status: dict[int, list[str]] = defaultdict(list)
        for code in dict.fromkeys(_codes(method, operation)):
            by_status[errors.status(code)].append(code)
        for status in sorted(by_status):
            titles = [f"`{code}`: {errors.title(code, 'en')}" for code in by_status[status]]
            responses[str(status)] = {
                "description": "\n".join(titles),
                "content": {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
            }
        return responses

    def _success(self, operation: Operation) -> dict[str, Any]:
        success: dict[str, Any] = {"description": "Done"}
        if operation.answers is not None:
            success["content"] = {operation.media_type: {"schema": self._reference(operation.answers)}}
        elif operation.status != 204:
            success["content"] = {operation.media_type: {"schema": {"type": "string"}}}
        return success

    def _body(self, contract: type, given: tuple[str, ...]) -> dict[str, Any]:
        self._bodies.add(contract.__name__)
        whole = schema.schema_of(contract)
        return self._component(contract.__name__, type(whole)(exclude=given))

    def _reference(self, contract: type) -> dict[str, Any]:
        return self._component(contract.__name__, schema.schema_of(contract))

    def _component(self, name: str, described: Any) -> dict[str, Any]:
        if name not in self._spec.components.schemas:
            self._spec.components.schema(name, schema=described)
        return {"$ref": f"#/components/schemas/{name}"}


def _codes(method: str, operation: Operation) -> Iterator[str]:
    if operation.takes is not None:
        yield from _OF_EVERY_BODY
    if operation.query:
        yield from _OF_EVERY_QUERY
    if operation.roles:
        yield from _OF_EVERY_ROLE
    if method != "get":
        yield "cross_site"
    yield from operation.refusals
    if operation.asks_service:
        yield from _OF_EVERY_SERVICE
    yield "internal"


_PROBLEM = {
    "description": "What went wrong (RFC 9457). Programs branch on `code`; people read `title` and `detail`.",
    "type": "object",
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "instance": {"type": "string", "description": "The trace id, which our log has too"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "pointer": {"type": "string", "description": "In the body: JSON Pointer (RFC 6901)"},
                    "header": {"type": "string", "description": "Not in the body: the header's name"},
                    "parameter": {"type": "string", "description": "In the address: the parameter's name"},
                    "code": {"type": "string", "enum": sorted(schema.FAULT_CODES | PLAN_FAULT_CODES)},
                    "detail": {"type": "string"},
                },
                "required": ["code", "detail"],
            },
        },
        "opens_on": {
            "type": ["string", "null"],
            "format": "date",
            "description": "From when a closed office takes bookings, where that is known",
        },
        "nearest": {
            "type": "array",
            "description": "The nearest open offices with the service, as the crow flies",
            "items": {
                "type": "object",
                "properties": {
                    "office": {"type": "string"},
                    "name": {"type": "string"},
                    "distance_km": {"type": "integer"},
                },
                "required": ["office", "name", "distance_km"],
            },
        },
    },
    "required": ["type", "title", "status", "code", "instance"],
}
