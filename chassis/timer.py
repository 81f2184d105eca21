"""Work that a service does by the clock: `@every(seconds=60)`."""

from collections.abc import Callable
from typing import Any, TypeVar

from nameko.timer import Timer

from chassis.log import get_logger

log = get_logger(__name__)

F = TypeVar("F", bound=Callable[..., object])


class Every(Timer):
    """Runs a method at its start and then every so many seconds, one run at a time.

    A run that raises is logged, and the next one comes in its time.
    """

    def __init__(self, *, seconds: float, **options: Any) -> None:
        super().__init__(interval=seconds, eager=True, **options)

    def handle_result(self, worker_ctx: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:
        """Log what went wrong; nameko starts the next run."""
        if exc_info is not None:
            log.error("timed_work_failed", work=self.method_name, exc_info=exc_info)
        return super().handle_result(worker_ctx, result, None)  # type: ignore[no-any-return]


def every(*, seconds: float) -> Callable[[F], F]:
    """Let a service's method run at its start and then every so many seconds."""
    return Every.decorator(seconds=seconds)  # type: ignore[no-any-return]
