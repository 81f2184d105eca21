"""The probe with a relay that forgets events once they are sent: for showing that the tests would notice."""

from chassis.publisher import Publisher
from tests.integration.chassis.probe import ProbeService


def _confirm_unasked(self: Publisher) -> None:
    for publication in self._unconfirmed.values():
        self._outcome.confirmed.append(publication.key)
    self._unconfirmed.clear()


Publisher._wait_for_confirms = _confirm_unasked  # type: ignore[method-assign]

__all__ = ["ProbeService"]
