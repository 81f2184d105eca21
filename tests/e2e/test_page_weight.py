"""Every page comes with all that it loads in less than 100 kB, counted as it crosses the network."""

import re
from collections.abc import Callable

import pytest
from falcon.inspect import inspect_app
from playwright.sync_api import Page

from contracts.requests.booking import GetBooking
from gateway.app import make_app
from gateway.boards import BoardHub
from gateway.offices import OfficeDirectory
from gateway.settings import GatewaySettings
from tests.e2e.browser import DESK, PHONE
from tests.e2e.device_samples import USER_CODE
from tests.e2e.payment_samples import billed
from tests.e2e.samples import CODE, DAY, PROOF, REGISTRATION
from tests.e2e.scripted import ScriptedBackend
from tests.e2e.staff_states import LINK
from tests.e2e.stage import Stage

MOST_BYTES = 100_000
MOST_BYTES_WITH_CAMERA = 520_000

DECODER = ("reader/zxing_reader.wasm", "reader/index.js", "share.js")

CITIZEN, OFFICER, KIOSK, HEAD = "andi@contoh.id", "petugas.trk", "kios.trk", "kepala.trk"
VILLAGE = "desa.malinau"
PAGES = {
    "/": "",
    "/daftar": "",
    f"/daftar/kode/{REGISTRATION}": "",
    "/masuk": "",
    "/lupa-sandi": "",
    f"/lupa-sandi/kode/{PROOF}": "",
    f"/akun/kontak/kode/{PROOF}": CITIZEN,
    "/loket/TRK/janji": OFFICER,
    "/bantu/TRK/akun": OFFICER,
    f"/bantu/TRK/akun/{PROOF}": OFFICER,
    "/?cari=Kalimantan": "",
    "/kantor/TRK": "",
    "/kantor/BPN": "",
    "/kantor/TRK/hari-ini": "",
    "/transparansi": "",
    "/kantor/TRK/new": "",
    f"/kantor/TRK/new/{DAY}": "",
    f"/kantor/TRK/new/{DAY}/slot-1": CITIZEN,
    "/kantor/TRK/new/tunggu": CITIZEN,
    "/pesanan": CITIZEN,
    f"/tiket/{CODE}": CITIZEN,
    f"/tiket/{CODE}/batal": CITIZEN,
    f"/tiket/{CODE}/jadwal": CITIZEN,
    f"/tiket/{CODE}/jadwal/{DAY}": CITIZEN,
    f"/tiket/{CODE}/jadwal/{DAY}/slot-1": CITIZEN,
    "/akun": CITIZEN,
    "/akun/keluarga": CITIZEN,
    "/kepala/TRK": HEAD,
    "/kepala/TRK/hari-ini": HEAD,
    "/kepala/TRK/perangkat": HEAD,
    "/kepala/TRK/petugas": HEAD,
    "/kepala/TRK/tutup": HEAD,
    LINK: "",
    f"/kepala/TRK/perangkat/kode/{USER_CODE}": HEAD,
    "/pasang": "",
    "/kepala/TRK/laporan": HEAD,
    "/kepala/TRK/terdampak": HEAD,
    "/kepala/TRK/rencana": HEAD,
    "/kunjungan": CITIZEN,
    "/bantu/TRK/kunjungan": HEAD,
    "/bantu/TRK": OFFICER,
    "/bantu/TRK/new": OFFICER,
    f"/bantu/TRK/new/{DAY}": OFFICER,
    f"/bantu/TRK/new/{DAY}/slot-1": OFFICER,
    f"/bantu/TRK/tiket/{CODE}": VILLAGE,
    f"/bantu/TRK/tiket/{CODE}/batal": VILLAGE,
    "/papan/TRK": "",
    "/papan/TRK/1": "",
    "/tunggu/TRK?nomor=A-012": "",
    "/loket/TRK": OFFICER,
    "/loket/TRK/1": OFFICER,
    "/kios/TRK": KIOSK,
    "/api": "",
    "/tidak/ada": "",
}
NOT_LOOKED_AT = re.compile(
    r"/v1/|/aset/|/galat/|/openapi\.json|/api/page\.css|/keluar|/akun/(?!keluarga$|kontak/kode)|/daftar-tunggu/|/papan/{office}/rekaman/|.*/berlakukan$|/tiket-luring\.js|.*/ulang$|.*/nomor/|/pasang/|.*/lepas$|.*/(undang|akhiri|buka)$|/livez|/readyz|/(loket|kios|kepala|kantor|papan|tunggu)$|/bantu(/{office}/tiket)?$|.*/kunjungan/{visit_id}/"
)


class Weight:
    """Counts what a tab receives: headers and bodies, compressed as they are sent."""

    def __init__(self, page: Page) -> None:
        self.received = 0.0
        devtools = page.context.new_cdp_session(page)
        devtools.send("Network.enable")
        devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
        devtools.on("Network.loadingFinished", self._add)

    def _add(self, finished: dict[str, float]) -> None:
        self.received += finished["encodedDataLength"]


@pytest.mark.parametrize(("path", "login"), PAGES.items(), ids=PAGES.keys())
def test_a_page_is_light(stage: Stage, new_page: Callable[..., Page], path: str, login: str) -> None:
    """On 2G (some 20 kB a second) the first visit takes five seconds at most, the next one almost none."""
    page = new_page(viewport=PHONE if login in ("", CITIZEN) else DESK, service_workers="block")
    if login:
        stage.sign_in(page, login)
    weight = Weight(page)
    page.goto(f"{stage.url}{path}", wait_until="load")
    page.evaluate("() => document.fonts.ready")
    assert page.url == f"{stage.url}{path}"
    assert 1_000 < weight.received < MOST_BYTES


def test_a_bill_is_light(stage: Stage, new_page: Callable[..., Page]) -> None:
    """Where payment comes first the ticket's address shows it, with a script of its own."""
    page = new_page(viewport=PHONE, service_workers="block")
    stage.sign_in(page, CITIZEN)
    stage.backend.answer(GetBooking, billed("due", people=5))
    weight = Weight(page)
    page.goto(f"{stage.url}/tiket/{CODE}", wait_until="load")
    page.evaluate("() => document.fonts.ready")
    assert 1_000 < weight.received < MOST_BYTES


def test_the_camera_of_the_kiosk_is_loaded_only_when_it_is_used(stage: Stage, desk: Page) -> None:
    """With a scanner the decoder is never loaded; with a camera it comes once, 428 kB on the office line."""
    stage.sign_in(desk, KIOSK)
    weight = Weight(desk)
    desk.goto(f"{stage.url}/kios/TRK", wait_until="load")
    assert weight.received < MOST_BYTES
    load(desk, *DECODER)
    assert MOST_BYTES < weight.received < MOST_BYTES_WITH_CAMERA


def test_a_heavy_page_is_noticed(stage: Stage, phone: Page) -> None:
    """The control of the count: with the decoder on it a page is over the limit."""
    weight = Weight(phone)
    phone.goto(stage.url, wait_until="load")
    load(phone, DECODER[0])
    assert weight.received > MOST_BYTES


def test_no_page_is_left_out() -> None:
    """Every address of the site that people look at is in the list."""
    backend = ScriptedBackend()
    settings = GatewaySettings(amqp_url="amqp://nowhere", access_keys=backend.key.public())
    app = make_app(settings, backend=backend, directory=OfficeDirectory(), hub=BoardHub(backend))
    templates = {route.path for route in inspect_app(app).routes}
    pages = {template for template in templates if not NOT_LOOKED_AT.match(template)}
    forms = {template: re.compile(re.sub(r"\{[^}]*\}", "[^/]+", template) + r"\Z") for template in pages}
    assert len(pages) > 15
    missing = {
        template
        for template, form in forms.items()
        if not any(form.match(path.partition("?")[0]) for path in PAGES)
    }
    assert missing == set()


def load(page: Page, *files: str) -> None:
    """Let the page fetch files of the decoder, as the camera's script does."""
    page.evaluate(
        "async (files) => { for (const file of files) await (await fetch(file)).arrayBuffer(); }",
        [f"/aset/vendor/zxing-wasm/{file}" for file in files],
    )
