"""The pages: citizen, assisted booking, kiosk, counter, hall board, office head.

HTML comes from `web/templates`, everything that it loads from `web/static`.
"""

import falcon.asgi
from falcon.asgi import Request, Response

from gateway.backend import Backend
from gateway.boards import BoardHub
from gateway.device_cookies import PAIRING_PAGE
from gateway.offices import OfficeDirectory
from gateway.pages.appointments import AppointmentList
from gateway.pages.assets import site_assets
from gateway.pages.assist import add_assist_routes
from gateway.pages.board import CounterTop, HallBoard, Recording
from gateway.pages.citizen import add_citizen_routes
from gateway.pages.citizen.wallet import WalletWorker
from gateway.pages.closures import Closures
from gateway.pages.counter import CounterChoice, CounterConsole
from gateway.pages.devices import DeviceApproval, DeviceList, DeviceRevocation
from gateway.pages.head import AffectedList, HeadPage, PlanApplied, PlanEditor
from gateway.pages.head_today import HeadToday
from gateway.pages.kiosk import HallNumberQr, Kiosk
from gateway.pages.own_place import add_own_places
from gateway.pages.pairing import PairedRenewal, PairedSession, PairingPage
from gateway.pages.problems import ProblemPages
from gateway.pages.render import Renderer
from gateway.pages.reports import ReportPage
from gateway.pages.site import Site
from gateway.pages.staff import Invited, StaffPage
from gateway.pages.waiting_room import WaitingRoom
from gateway.settings import GatewaySettings
from gateway.voice.announcements import Announcer
from gateway.voice.clips import Clips


def add_routes(
    app: falcon.asgi.App[Request, Response],
    *,
    backend: Backend,
    directory: OfficeDirectory,
    hub: BoardHub,
    announcer: Announcer,
    settings: GatewaySettings,
) -> None:
    """Serve the pages and what they load."""
    assets = site_assets()
    renderer = Renderer(assets)
    site = Site(backend=backend, directory=directory, renderer=renderer, secure=settings.secure)
    clips = Clips(folder=settings.clips_folder)
    app.add_middleware(ProblemPages(renderer))
    app.add_route("/aset/{path:path}", assets)
    app.add_route("/tiket-luring.js", WalletWorker(assets))
    add_citizen_routes(app, site)
    add_assist_routes(app, site, public_url=settings.public_url)
    add_own_places(app)
    app.add_route("/kios/{office}", Kiosk(site))
    app.add_route(
        "/kios/{office}/nomor/{number}.svg", HallNumberQr(directory, public_url=settings.public_url)
    )
    _add_head_routes(app, site, public_url=settings.public_url)
    app.add_route("/undangan/{token}", Invited(site))
    app.add_route(PAIRING_PAGE, PairingPage(site))
    app.add_route(f"{PAIRING_PAGE}/sesi", PairedSession(site))
    app.add_route(f"{PAIRING_PAGE}/perpanjang", PairedRenewal(site))
    app.add_route("/loket/{office}", CounterChoice(site, hub))
    app.add_route("/loket/{office}/janji", AppointmentList(site))
    app.add_route("/loket/{office}/{number:int}", CounterConsole(site))
    app.add_route("/papan/{office}", HallBoard(site, hub, clips, announcer))
    app.add_route("/papan/{office}/{number:int(min=1, max=99)}", CounterTop(site, hub))
    app.add_route("/papan/{office}/rekaman/{language}/{name}", Recording(site, clips))
    app.add_route("/tunggu/{office}", WaitingRoom(site, hub))


def _add_head_routes(app: falcon.asgi.App[Request, Response], site: Site, *, public_url: str) -> None:
    """Serve the pages of an office's head."""
    app.add_route("/kepala/{office}", HeadPage(site))
    app.add_route("/kepala/{office}/hari-ini", HeadToday(site))
    app.add_route("/kepala/{office}/terdampak", AffectedList(site))
    closures = Closures(site)
    app.add_route("/kepala/{office}/tutup", closures)
    app.add_route("/kepala/{office}/tutup/buka", closures, suffix="reopen")
    app.add_route("/kepala/{office}/rencana", PlanEditor(site))
    app.add_route("/kepala/{office}/rencana/berlakukan", PlanApplied(site))
    app.add_route("/kepala/{office}/laporan", ReportPage(site))
    app.add_route("/kepala/{office}/perangkat", DeviceList(site))
    app.add_route("/kepala/{office}/perangkat/kode/{code}", DeviceApproval(site))
    app.add_route("/kepala/{office}/perangkat/{device_id}/lepas", DeviceRevocation(site))
    staff = StaffPage(site, public_url=public_url)
    app.add_route("/kepala/{office}/petugas", staff)
    app.add_route("/kepala/{office}/petugas/{staff_id}/undang", staff, suffix="invitation")
    app.add_route("/kepala/{office}/petugas/{staff_id}/akhiri", staff, suffix="end")
