"""The country's offices in memory: asked for once, then kept up to date by events."""

from collections.abc import Iterable

import orjson

from contracts import schema
from contracts.events.booking import OfficeChanged
from contracts.refusals import Refused
from contracts.words import OfficeStatus
from gateway.backend import ServiceUnavailable
from gateway.tagged import Tagged


class UnknownOffice(Refused):
    """There is no such office; data: `office`."""

    code = "unknown_office"


class OfficeDirectory:
    """All offices by name; `loaded` is false until booking has told them once."""

    def __init__(self) -> None:
        self.loaded = False
        self._offices: dict[str, OfficeChanged] = {}
        self._sorted: tuple[OfficeChanged, ...] = ()
        self._rendered: dict[OfficeStatus | None, Tagged] = {}

    def all(self) -> tuple[OfficeChanged, ...]:
        """Return every office, by name. Raises ServiceUnavailable before they are known."""
        self._check_loaded()
        return self._sorted

    def get(self, code: str) -> OfficeChanged | None:
        """Return an office, None for a code that none has. Raises ServiceUnavailable."""
        self._check_loaded()
        return self._offices.get(code)

    def find(self, code: str) -> OfficeChanged:
        """Return an office. Raises UnknownOffice, ServiceUnavailable."""
        office = self.get(code)
        if office is None:
            raise UnknownOffice(office=code)
        return office

    def rendered(self, status: OfficeStatus | None = None) -> Tagged:
        """Return the list, of one status or all, as JSON that is made once for every change."""
        self._check_loaded()
        if status not in self._rendered:
            chosen = [office for office in self._sorted if status in {None, office.status}]
            body = orjson.dumps({"offices": [schema.dump(office) for office in chosen]})
            self._rendered[status] = Tagged.of(body)
        return self._rendered[status]

    def load(self, offices: Iterable[OfficeChanged]) -> None:
        """Take in the answer to "which offices are there"; events that came meanwhile may be newer."""
        for office in offices:
            self._keep_newer(office)
        self.loaded = True
        self._arrange()

    def apply(self, office: OfficeChanged) -> None:
        """Take in a change."""
        if self._keep_newer(office):
            self._arrange()

    def _keep_newer(self, office: OfficeChanged) -> bool:
        known = self._offices.get(office.office)
        if known is not None and known.version >= office.version:
            return False
        self._offices[office.office] = office
        return True

    def _arrange(self) -> None:
        self._sorted = tuple(sorted(self._offices.values(), key=lambda office: office.name))
        self._rendered.clear()

    def _check_loaded(self) -> None:
        if not self.loaded:
            raise ServiceUnavailable
