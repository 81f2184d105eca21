"""The ticket on paper: what another library reads in the PDF, and a decoder in its picture."""

import asyncio
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import product
from time import perf_counter
from typing import Any, get_args

import pypdfium2
import pytest
import zxingcpp
from pypdf import PageObject, PdfReader

from contracts.requests.booking import GetBooking
from contracts.words import Locale, ServiceCode
from gateway.pages.assets import Assets
from gateway.pages.render import Renderer
from gateway.paper.ticket import Paper, ticket_pdf
from gateway.paper.type import Style, cut, printable, width_mm
from gateway.paper.words import ticket_words
from tests.held_clock import hold_clock
from tests.unit.gateway.fakes import bearer, gateway, office
from tests.unit.gateway.test_bookings import BOOKING, CANCELLED, TICKET

pytestmark = pytest.mark.anyio

ADDRESS = "/v1/bookings/TRK-7K3M9P/ticket.pdf"
PRINTING = "gateway.routes.tickets"
PAPERS: tuple[Paper, ...] = ("a6", "80mm")
POINTS_A_MM = 72 / 25.4
OFFICE = replace(office(), name="Kantor Imigrasi Kelas I Khusus Non TPI Jakarta Selatan")
BODY = Style(points=10, line_mm=5, most_lines=2)


def test_a_ticket_for_an_hour_that_has_begun_asks_nobody_to_be_early() -> None:
    """It says until when one can still come."""
    told: tuple[tuple[Locale, str, str], ...] = (
        ("id", "Datang sekarang, paling lambat", "30 menit"),
        ("en", "Come now", "30 minutes"),
    )
    for locale, words, early in told:
        now, later = (
            ticket_words(BOOKING, OFFICE, locale, has_begun=begun).advice[0] for begun in (True, False)
        )
        assert words in now
        assert early in later
        assert early not in now


@pytest.fixture(autouse=True)
def _hours_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Print on the morning of the visit, whatever day it is."""
    hold_clock(monkeypatch, PRINTING, BOOKING.starts_at - timedelta(hours=4))


@pytest.mark.parametrize("paper", PAPERS)
async def test_it_says_all_that_one_needs_on_the_day(paper: Paper) -> None:
    """Office, city, day, hours with the zone's name, code, name, service, number and what to bring."""
    async with gateway(OFFICE) as api:
        api.services.answers[GetBooking] = BOOKING
        answer = await api.http.simulate_get(f"{ADDRESS}?paper={paper}", headers=bearer())
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == 'inline; filename="TRK-7K3M9P.pdf"'
    assert answer.headers["cache-control"] == "no-store"
    text = _text(_page(answer.content))
    for words in (
        "Kantor Imigrasi Kelas I Khusus Non TPI Jakarta Selatan",
        "Tarakan, Kalimantan Utara",
        "TRK-7K3M9P",
        "Selasa, 24 November 2026",
        "12.00–13.00 WITA",
        "Pak Andi",
        "Paspor baru",
        "Nomor antrean",
        "Datang 30 menit lebih awal, dengan KTP dan dokumen asli.",
    ):
        assert words in text


async def test_from_the_hour_on_it_asks_to_come_now(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second before it still asks to be early."""
    for after, words in ((timedelta(seconds=-1), "30 menit lebih awal"), (timedelta(), "Datang sekarang")):
        hold_clock(monkeypatch, PRINTING, BOOKING.starts_at + after)
        async with gateway(OFFICE) as api:
            api.services.answers[GetBooking] = BOOKING
            answer = await api.http.simulate_get(ADDRESS, headers=bearer())
        assert words in _text(_page(answer.content))


async def test_it_is_in_the_language_of_who_asks() -> None:
    """English in English, and the document says so."""
    async with gateway(OFFICE) as api:
        api.services.answers[GetBooking] = BOOKING
        answer = await api.http.simulate_get(f"{ADDRESS}?lang=en", headers=bearer())
    page = _page(answer.content)
    assert "Tuesday, 24 November 2026" in _text(page)
    assert "Come 30 minutes early" in _text(page)
    reader = PdfReader(io.BytesIO(answer.content))
    assert str(reader.root_object["/Lang"]) == "en"
    assert reader.metadata is not None
    assert reader.metadata.title == "Queue ticket TRK-7K3M9P"


@pytest.mark.parametrize(("query", "width", "height"), [("", 105, 148), ("?paper=a6", 105, 148)])
async def test_a_sheet_is_a6(query: str, width: float, height: float) -> None:
    """105 × 148 mm; that is what one gets without asking for a paper, too."""
    async with gateway(OFFICE) as api:
        api.services.answers[GetBooking] = BOOKING
        answer = await api.http.simulate_get(f"{ADDRESS}{query}", headers=bearer())
    assert _size_mm(_page(answer.content)) == pytest.approx((width, height), abs=0.1)


def test_a_roll_is_80_mm_wide_and_as_long_as_what_is_on_it() -> None:
    """A longer name makes a longer ticket; nothing is wasted, and the cutter has room."""
    short = _size_mm(_page(ticket_pdf(BOOKING, office(), "id", "80mm")))
    long = _size_mm(_page(ticket_pdf(BOOKING, OFFICE, "id", "80mm")))
    assert (short[0], long[0]) == pytest.approx((80, 80), abs=0.1)
    assert 150 < short[1] < long[1] < 230


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("dots_an_inch", [150, 203])
def test_a_decoder_reads_the_ticket_from_the_printed_page(paper: Paper, dots_an_inch: int) -> None:
    """A thermal printer has 203 dots an inch; a poor copy of a sheet has fewer."""
    page = pypdfium2.PdfDocument(ticket_pdf(BOOKING, OFFICE, "id", paper))[0]
    picture = (
        page.render(scale=dots_an_inch / 72, grayscale=True).to_pil().point(lambda grey: 255 * (grey > 127))
    )
    (code,) = zxingcpp.read_barcodes(picture)
    assert (code.text, code.format) == (TICKET, zxingcpp.BarcodeFormat.QRCode)


@pytest.mark.parametrize("paper", PAPERS)
def test_the_code_is_drawn_and_the_fonts_come_along(paper: Paper) -> None:
    """No picture in the document, so it is sharp at any size; no font has to be on the printer's side."""
    page = _page(ticket_pdf(BOOKING, OFFICE, "id", paper))
    assert list(page.images) == []
    used = {font["/BaseFont"]: font for font in _fonts(page) if "PlusJakartaSans" in str(font["/BaseFont"])}
    assert len(used) >= 2
    assert all(font["/FontDescriptor"].get("/FontFile2") for font in used.values())


@pytest.mark.parametrize(
    ("service", "locale", "name"),
    [*product(get_args(ServiceCode), get_args(Locale), ["Sdri. " + "W" * 18, "M" * 24, "Pak Andi"])],
)
def test_the_longest_words_stay_on_the_sheet(service: ServiceCode, locale: Locale, name: str) -> None:
    """Even all of them at once: nothing is below the edge, and the last sentence is below the others."""
    booking = replace(BOOKING, service=service, display_name=name)
    page = _page(ticket_pdf(booking, replace(OFFICE, name=OFFICE.name * 3), locale, "a6"))
    heights = list(_baselines(page))
    assert min(heights) > 1.5 * POINTS_A_MM
    assert min(heights) == heights[-1]
    text = _text(page)
    assert text.index(ticket_words(booking, OFFICE, locale).advice[0][:20]) < text.index(
        "Gratis" if locale == "id" else "Free"
    )


def test_a_line_is_never_wider_than_its_place() -> None:
    """Between words where possible, within a word where not; what is left out is an ellipsis."""
    for text in ("Kantor Imigrasi Kelas I Khusus Non TPI Jakarta Selatan", "W" * 60, "satu", "a b c"):
        lines = cut(text, BODY, 40)
        assert len(lines) <= 2
        assert all(width_mm(line, BODY) <= 40 for line in lines)
    assert cut("Kantor Imigrasi Kelas I Khusus Non TPI Jakarta Selatan", BODY, 40) == [
        "Kantor Imigrasi Kelas I",
        "Khusus Non TPI Jakart…",
    ]
    assert cut("Pak Andi", BODY, 40) == ["Pak Andi"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ibu Ńgurah Łucja", "Ibu Ńgurah Łucja"),
        ("Nguyễn", "Nguyễn"),
        ("Ţĕst ①", "Ţĕst 1"),
        ("Bu 王", "Bu ?"),
        ("e\u0301", "é"),
    ],
)
def test_a_letter_that_the_font_lacks_leaves_no_empty_box(name: str, shown: str) -> None:
    """Latin letters with any marks are there; others become their plain letter or a question mark."""
    assert printable(name, BODY) == shown


async def test_a_cancelled_booking_has_no_ticket_on_paper() -> None:
    """409, as for the pictures."""
    async with gateway(OFFICE) as api:
        api.services.answers[GetBooking] = CANCELLED
        answer = await api.http.simulate_get(ADDRESS, headers=bearer())
        assert (answer.status_code, answer.json["code"]) == (409, "booking_cancelled")


async def test_an_unknown_paper_is_refused_before_anybody_is_asked() -> None:
    """422, with the parameter's name."""
    async with gateway(OFFICE) as api:
        answer = await api.http.simulate_get(f"{ADDRESS}?paper=a0", headers=bearer())
        assert (answer.status_code, answer.json["errors"][0]["parameter"]) == (422, "paper")
        assert api.services.asked == []


async def test_drawing_does_not_hold_up_the_others() -> None:
    """While ten tickets are drawn the event loop goes on; drawn in it, it would stand still for as long."""
    async with gateway(OFFICE) as api:
        api.services.answers[GetBooking] = BOOKING
        await api.http.simulate_get(ADDRESS, headers=bearer())
        drawing = asyncio.gather(*(api.http.simulate_get(ADDRESS, headers=bearer()) for _ in range(10)))
        begun, rounds = perf_counter(), 0
        while not drawing.done():
            await asyncio.sleep(0)
            rounds += 1
        seconds = perf_counter() - begun
        assert {answer.status_code for answer in await drawing} == {200}
    assert rounds > 50, (rounds, seconds)


def test_services_are_named_as_on_the_pages() -> None:
    """One service has one name, on the screen and on paper."""
    for locale in get_args(Locale):
        pages = Renderer(Assets())._environments[locale].get_template("parts/words.html").module
        for service, name in pages.service_names.items():  # type: ignore[attr-defined]  # set in the template
            booking = replace(BOOKING, service=service)
            assert ticket_words(booking, OFFICE, locale).service.value == name


def _page(pdf: bytes) -> PageObject:
    (page,) = PdfReader(io.BytesIO(pdf)).pages
    return page


def _text(page: PageObject) -> str:
    """Return the page's text with its lines joined."""
    return " ".join(page.extract_text().split())


def _size_mm(page: PageObject) -> tuple[float, float]:
    return float(page.mediabox.width) / POINTS_A_MM, float(page.mediabox.height) / POINTS_A_MM


def _fonts(page: PageObject) -> Iterator[Any]:
    for font in page["/Resources"]["/Font"].values():  # type: ignore[index]  # a PDF dictionary
        yield font.get_object()


def _baselines(page: PageObject) -> Iterator[float]:
    """Yield how far above the sheet's lower edge each line of text stands, in points."""
    heights: list[float] = []

    def visit(text: str, matrix: list[float], text_matrix: list[float], *_: object) -> None:
        if text.strip():
            heights.append(matrix[5] + text_matrix[5])

    page.extract_text(visitor_text=visit)
    yield from heights
