"""The probe with a relay that forgets events once they are sent: for showing that the tests would notice."""

from chassis.publisher import Batch, Publisher
from tests.integration.chassis.probe import ProbeService


def _confirm_unasked(self: Publisher, batch: Batch) -> None:
    batch.confirmed += [publication.key for publication, _ in self._unconfirmed.values()]
    self._unconfirmed.clear()


Publisher.wait_for = _confirm_unasked  # type: ignore[method-assign]

__all__ = ["ProbeService"]
