"""What a phone keeps of a citizen's tickets: whose it is and for how long, and the worker that keeps it."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from falcon import dt_to_http
from falcon.asgi import Request, Response

from contracts.access import Access
from contracts.requests.booking import Booking
from gateway.pages.assets import Assets

KEPT_AFTERWARDS = timedelta(days=1)
_WORKER = "js/wallet/worker.js"


class WalletWorker:
    """`/tiket-luring.js`: the service worker, at the root because its scope is the folder that it lies in."""

    def __init__(self, assets: Assets) -> None:
        self._assets = assets

    async def on_get(self, req: Request, resp: Response) -> None:
        """Answer the script, never from a cache: a new version is in force at the next visit."""
        await self._assets.on_get(req, resp, path=_WORKER)


def let_phone_keep(resp: Response, access: Access, bookings: Iterable[Booking]) -> None:
    """Say whose page this is, in a word that names nobody, and until when a copy is of use."""
    ends = max((booking.ends_at for booking in bookings), default=datetime.now(UTC))
    let_phone_not_keep(resp, access)
    resp.set_header("wallet-until", dt_to_http(ends + KEPT_AFTERWARDS))


def let_phone_not_keep(resp: Response, access: Access) -> None:
    """Say whose page this is, and nothing of a copy: a bill is no ticket, and would soon be wrong."""
    resp.set_header("wallet-owner", sha256(f"wallet {access.subject}".encode()).hexdigest()[:16])
