"""The pages: citizen, assisted booking, kiosk, counter, hall board, office head.

HTML comes from `web/templates`, everything that it loads from `web/static`.
"""

import falcon.asgi
from falcon.asgi import Request, Response

from gateway.backend import Backend
from gateway.boards import BoardHub
from gateway.offices import OfficeDirectory
from gateway.pages.assets import site_assets
from gateway.pages.assist import add_assist_routes
from gateway.pages.board import HallBoard
from gateway.pages.citizen import add_citizen_routes
from gateway.pages.citizen.wallet import WalletWorker
from gateway.pages.counter import CounterChoice, CounterConsole
from gateway.pages.head import AffectedList, HeadPage, PlanApplied, PlanEditor
from gateway.pages.kiosk import HallNumberQr, Kiosk
from gateway.pages.problems import ProblemPages
from gateway.pages.render import Renderer
from gateway.pages.site import Site
from gateway.settings import GatewaySettings


def add_routes(
    app: falcon.asgi.App[Request, Response],
    *,
    backend: Backend,
    directory: OfficeDirectory,
    hub: BoardHub,
    settings: GatewaySettings,
) -> None:
    """Serve the pages and what they load."""
    assets = site_assets()
    renderer = Renderer(assets)
    site = Site(backend=backend, directory=directory, renderer=renderer, secure=settings.secure)
    app.add_middleware(ProblemPages(renderer))
    app.add_route("/aset/{path:path}", assets)
    app.add_route("/tiket-luring.js", WalletWorker(assets))
    add_citizen_routes(app, site)
    add_assist_routes(app, site)
    app.add_route("/kios/{office}", Kiosk(site))
    app.add_route(
        "/kios/{office}/nomor/{number}.svg", HallNumberQr(directory, public_url=settings.public_url)
    )
    app.add_route("/kepala/{office}", HeadPage(site))
    app.add_route("/kepala/{office}/terdampak", AffectedList(site))
    app.add_route("/kepala/{office}/rencana", PlanEditor(site))
    app.add_route("/kepala/{office}/rencana/berlakukan", PlanApplied(site))
    app.add_route("/loket/{office}", CounterChoice(site, hub))
    app.add_route("/loket/{office}/{number:int}", CounterConsole(site))
    app.add_route("/papan/{office}", HallBoard(site, hub))
