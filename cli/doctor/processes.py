"""Checks of our own processes: each says itself whether it is ready."""

from collections.abc import Iterator

import httpx

from cli.doctor.finding import Finding
from cli.servers.local_http import LOCAL_HTTP
from cli.servers.ports import LOOPBACK
from cli.settings import SERVICES, UpSettings

PROCESSES = (*SERVICES, "gateway", "sandbox")


def check_processes(settings: UpSettings) -> Iterator[Finding]:
    """One finding a process, and one for the pages."""
    for process in PROCESSES:
        url = f"http://{LOOPBACK}:{settings.ports.ops(process)}/readyz"
        yield _check(process, url, advice=f"see {settings.home / 'log' / process}.log, or start it: make run")
    pages = f"http://{LOOPBACK}:{settings.ports.gateway}/"
    yield _check("pages", pages, advice=f"see {settings.home / 'log' / 'gateway'}.log, or start it: make run")


def _check(part: str, url: str, *, advice: str) -> Finding:
    try:
        answer = LOCAL_HTTP.get(url, headers={"Accept": "text/html, application/json"})
    except httpx.TransportError:
        return Finding(part=part, state="does not answer", advice=advice)
    if answer.is_success:
        return Finding(part=part, state="ready")
    return Finding(part=part, state=f"not ready ({answer.text[:200].strip()})", advice=advice)
