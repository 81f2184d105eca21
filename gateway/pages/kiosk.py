"""The kiosk at an office's door: tickets are held to its reader."""

from datetime import UTC, datetime

from falcon.asgi import Request, Response

from gateway.pages.dates import zone_words
from gateway.pages.site import Site, signed_in


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
