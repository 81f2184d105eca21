"""The gateway's ASGI application, put together from its parts."""

from typing import Any

import falcon.asgi
from falcon.asgi import Request, Response

from gateway import pages
from gateway.auth import Authenticator
from gateway.availability import AvailabilityCopies
from gateway.backend import Backend
from gateway.boards import BoardHub
from gateway.boundary import Boundary
from gateway.documentation import add_documentation_routes
from gateway.office_codes import OfficeCodes
from gateway.offices import OfficeDirectory
from gateway.problems import add_error_handlers
from gateway.revocations import RevokedSessions
from gateway.routes import api_routes
from gateway.settings import GatewaySettings
from gateway.voice.announcements import Announcer
from gateway.voice.synthesis import installed_synthesizer


class GatewayApp(falcon.asgi.App[Request, Response]):
    """Falcon's application, in which what answers GET answers HEAD too (RFC 9110, section 9.3.2)."""

    def add_route(self, uri_template: str, resource: object, **options: Any) -> None:
        """Serve a resource."""
        suffix = f"_{options['suffix']}" if options.get("suffix") else ""
        get = getattr(resource, f"on_get{suffix}", None)
        if get is not None and not hasattr(resource, f"on_head{suffix}"):
            setattr(resource, f"on_head{suffix}", get)
        super().add_route(uri_template, resource, **options)


def make_app(
    settings: GatewaySettings,
    *,
    backend: Backend,
    directory: OfficeDirectory,
    hub: BoardHub,
    authenticator: Authenticator | None = None,
    copies: AvailabilityCopies | None = None,
) -> GatewayApp:
    """Build the application that serves the API, its documentation and the pages."""
    authenticator = authenticator or Authenticator(settings.access_keys, RevokedSessions())
    boundary = Boundary(authenticator, secure=settings.secure, trusted_proxies=settings.trusted_proxies)
    app = GatewayApp(middleware=[boundary, OfficeCodes()])
    add_error_handlers(app)
    announcer = Announcer(hub, installed_synthesizer())
    routes = list(
        api_routes(
            backend=backend,
            directory=directory,
            hub=hub,
            copies=copies or AvailabilityCopies(backend),
            announcer=announcer,
            payment_webhook=settings.payment_webhook,
            public_url=settings.public_url,
        )
    )
    for route in routes:
        app.add_route(route.template, route.resource, suffix=route.suffix)
    add_documentation_routes(app, routes, server=settings.public_url)
    pages.add_routes(
        app, backend=backend, directory=directory, hub=hub, announcer=announcer, settings=settings
    )
    return app
