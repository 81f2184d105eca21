"""The kiosk at an office's door: tickets are held to its reader, and who has none takes a number."""

from datetime import UTC, datetime

from falcon.asgi import Request, Response

from gateway.offices import OfficeDirectory
from gateway.pages.dates import zone_words
from gateway.pages.site import Site, signed_in
from gateway.qr import address_svg, follow_address

_LONGEST_NUMBER = 8


class Kiosk:
    """`/kios/{office}`."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """Show the kiosk to a device or an officer of this office."""
        found = self._site.directory.find(office)
        signed_in(req, {"kiosk", "officer"}, office)
        zone = zone_words(datetime.now(UTC), found.timezone)
        self._site.renderer.show(req, resp, "kiosk.html", office=found, zone=zone)


class HallNumberQr:
    """`/kios/{office}/nomor/{number}.svg`."""

    def __init__(self, directory: OfficeDirectory, *, public_url: str) -> None:
        self._directory = directory
        self._public_url = public_url

    async def on_get(self, _req: Request, resp: Response, office: str, number: str) -> None:
        """Draw the code that leads a phone to the office's queue, with this number in it."""
        found = self._directory.find(office)
        resp.data = address_svg(follow_address(self._public_url, found.office, number[:_LONGEST_NUMBER]))
        resp.content_type = "image/svg+xml"
