"""What is done for every request before and after its own code: trace, language, asker, headers, time."""

from collections.abc import Sequence
from time import perf_counter
from typing import Any

from falcon.asgi import Request, Response

from gateway import metrics
from gateway.auth import Authenticator
from gateway.client_address import Network
from gateway.locale import choose_locale
from gateway.tracing import continue_trace

# The kiosk's camera reads codes with WebAssembly.
_CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data: blob:; "
    "media-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
SECURITY_HEADERS = {
    "content-security-policy": _CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(self), microphone=(), geolocation=()",
}
_STRICT_TRANSPORT = {"strict-transport-security": "max-age=31536000"}


def security_headers(*, secure: bool) -> dict[str, str]:
    """Return the headers that every answer has; `secure` says that browsers come over https."""
    return SECURITY_HEADERS | (_STRICT_TRANSPORT if secure else {})


class Boundary:
    """Falcon middleware. Fills `req.context` with access, access_fault, locale and traceparent."""

    def __init__(
        self, authenticator: Authenticator, *, secure: bool, trusted_proxies: Sequence[Network] = ()
    ) -> None:
        self._authenticator = authenticator
        self._trusted_proxies = trusted_proxies
        self._headers = security_headers(secure=secure)
        self._timers: dict[tuple[str, str, int], Any] = {}

    async def process_request(self, req: Request, resp: Response) -> None:
        """Say who asks, in which language and trace. Raises CrossSite."""
        context = req.context
        context.begun = perf_counter()
        context.trusted_proxies = self._trusted_proxies
        context.traceparent = continue_trace(req.get_header("traceparent"))
        context.locale = choose_locale(req)
        context.access = context.access_fault = None
        asker = self._authenticator.identify(req)
        context.access, context.access_fault = asker.access, asker.fault

    async def process_response(
        self, req: Request, resp: Response, resource: object, req_succeeded: bool
    ) -> None:
        """Set the headers that every answer has, and note how long it took."""
        missing = {name: value for name, value in self._headers.items() if resp.get_header(name) is None}
        resp.set_headers(missing)
        resp.set_header("traceparent", req.context.traceparent)
        if resp.get_header("cache-control") is None:
            resp.set_header("cache-control", "no-store")
        if resp.sse is None:
            self._timer(req, resp.status_code).observe(perf_counter() - req.context.begun)

    def _timer(self, req: Request, status: int) -> Any:
        key = (req.method, req.uri_template or "-", status)
        timer = self._timers.get(key)
        if timer is None:
            timer = self._timers[key] = metrics.HTTP_SECONDS.labels(*map(str, key))
        return timer
