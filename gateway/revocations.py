"""Which sessions were ended before their time: asked for once, then kept up to date by events.

Before the answer has come, and while booking is away, what is not known to be revoked counts: else no
office could work without the centre.
"""

from collections.abc import Iterable

from contracts.access import Access
from contracts.events import SessionsRevoked
from contracts.requests.accounts import Revocation


class RevokedSessions:
    """The session version from which a subject's tokens count, for the few whose sessions were ended.

    It grows by one entry for each subject that did that since the process began, some hundred bytes.
    """

    def __init__(self) -> None:
        self._counts_from: dict[str, int] = {}

    def includes(self, access: Access) -> bool:
        """Say whether a token counts no more."""
        return access.session_version < self._counts_from.get(access.subject, 0)

    def load(self, revocations: Iterable[Revocation]) -> None:
        """Take in the answer to "which were ended"; events that came meanwhile may be newer."""
        for revocation in revocations:
            self._keep_newer(revocation.subject, revocation.session_version)

    def apply(self, event: SessionsRevoked) -> None:
        """Take in that a subject's sessions were ended."""
        self._keep_newer(event.subject, event.version)

    def _keep_newer(self, subject: str, version: int) -> None:
        self._counts_from[subject] = max(version, self._counts_from.get(subject, 0))
