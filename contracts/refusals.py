"""What a service answers when it may not do what was asked: a stable code and its data."""

from typing import ClassVar


class Refused(Exception):
    """A request was understood and refused.

    `code` is stable for ever: clients branch on it. `data` fills the sentence that people read and
    travels in the answer, so it must hold nothing personal that the asker may not see.
    """

    code: ClassVar[str] = "refused"

    def __init__(self, **data: object) -> None:
        super().__init__(self.code, data)
        self.data = data


class OutcomeUnknown(Refused):
    """The service stopped in the middle; the request may or may not have taken effect."""

    code = "outcome_unknown"


class ServiceUnavailable(Refused):
    """The service, or what it needs, cannot be reached now; the request had no effect, or may be repeated."""

    code = "service_unavailable"


class RemoteRefusal(Refused):
    """A refusal as the asker sees it, with the code that arrived over the wire."""

    def __init__(self, code: str, data: dict[str, object]) -> None:
        self.code = code  # type: ignore[misc]  # one class stands for every code that can arrive
        super().__init__(**data)


class InvalidRequest(Refused):
    """The request's form is wrong; `faults` lists every pointer and code."""

    code = "invalid_request"


class InternalFault(Refused):
    """The service failed; the log under the same trace id says why."""

    code = "internal"
