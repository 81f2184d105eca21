"""Run one nameko service with our settings, log, operations port and signals."""

import os
import signal
import sys
from importlib import import_module
from typing import Any

import eventlet
import nameko
from eventlet.event import Event as Signal
from nameko.containers import ServiceContainer

from chassis import log
from chassis.garbage import collect_rarely
from chassis.service import SETTINGS_KEY
from chassis.settings import SettingsInvalid, load_settings

GRACE_SECONDS = 10.0
"""How long requests and events in hand may take after a signal to stop."""


class Container(ServiceContainer):
    """nameko's container, with log fields that follow a call into its worker."""

    def _run_worker(self, worker_ctx: Any, handle_result: Any) -> None:
        log.bind_log_fields(
            {name: value for name, value in worker_ctx.data.items() if name != "call_id_stack"}
        )
        super()._run_worker(worker_ctx, handle_result)


def run(target: str) -> int:
    """Run `package.module:Class` until a signal stops it; return the exit code."""
    # Not imported above: this module must not be who imports psycopg first.
    waiting = import_module("psycopg.waiting")
    if waiting.wait is not waiting.wait_select:
        raise RuntimeError("psycopg was imported before chassis.database: it would freeze every greenlet")
    module, _, class_name = target.partition(":")
    service_class = getattr(import_module(module), class_name)
    try:
        settings = load_settings(service_class.settings_type)
    except SettingsInvalid as invalid:
        sys.stderr.write(
            f"{service_class.name} can't start:\n" + "".join(f"  {fault}\n" for fault in invalid.faults)
        )
        return 2
    log.configure(process=service_class.name, log_format=settings.log_format, log_level=settings.log_level)
    # Half of nameko's workers are for what takes turns, the rest for what the clock starts.
    nameko.config.setup({SETTINGS_KEY: settings, "max_workers": 2 * settings.workers})
    return _serve(Container(service_class))


def _serve(container: Container) -> int:
    logger = log.get_logger(__name__)
    stop_asked = Signal()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: eventlet.spawn_n(_send_once, stop_asked))
    container.start()
    collect_rarely()
    logger.info("started", pid=os.getpid())
    died = eventlet.spawn(_wait_for_end, container, stop_asked)
    stop_asked.wait()
    if container.started:
        with eventlet.Timeout(GRACE_SECONDS, exception=False):
            container.stop()
    failed = died.dead and died.wait()
    logger.info("stopped", failed=bool(failed))
    return 1 if failed else 0


def _wait_for_end(container: Container, stop_asked: Signal) -> bool:
    """Return whether the container died of an error; whoever waits for the end is told either way."""
    try:
        container.wait()
    except Exception:  # noqa: BLE001  whatever ended it is logged, and the process ends
        log.get_logger(__name__).exception("died")
        _send_once(stop_asked)
        return True
    _send_once(stop_asked)
    return False


def _send_once(signal_event: Signal) -> None:
    if not signal_event.ready():
        signal_event.send(None)
