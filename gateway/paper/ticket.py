"""The ticket on the two papers.

A6, in colour:  band (title, office, place), QR · code · tear · facts, two a row · advice · promise
80 mm, black:   title, office, place · QR · code · tear · one fact below the other · advice · promise
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from contracts.events.booking import OfficeChanged
from contracts.requests.booking import Booking
from contracts.words import Locale
from gateway.paper.sheet import Column, Sheet
from gateway.paper.type import Style
from gateway.paper.words import Fact, TicketWords, ticket_words
from gateway.qr import ticket_modules

Paper = Literal["a6", "80mm"]
Modules = Sequence[Sequence[int]]

_BLACK, _WHITE = "#000000", "#ffffff"
_BRAND, _AMBER, _SOFT = "#0a4553", "#ffc966", "#3f545c"
_A6_WIDTH_MM, _A6_HEIGHT_MM = 105.0, 148.0
_A6_LEAST_QR_MM, _A6_MOST_QR_MM = 46.0, 56.0
_A6_FOOT_MM = 7.0
_ROLL_WIDTH_MM = 80.0

_TITLE = Style(points=8, line_mm=4, centred=True)
_OFFICE = Style(points=11.5, line_mm=5.4, weight="Bold", centred=True, most_lines=2)
_LABEL = Style(points=7, line_mm=3.4, colour=_SOFT)
_VALUE = Style(points=9.5, line_mm=4.6, most_lines=2)
_MAIN = Style(points=11.5, line_mm=5.2, weight="Bold", most_lines=2)
_ADVICE = Style(points=7.5, line_mm=3.3, most_lines=3)
_FINE = Style(points=6.5, line_mm=2.9, colour=_SOFT, centred=True, most_lines=2)
_CODE = Style(points=26, line_mm=10, weight="Bold", centred=True)


def ticket_pdf(
    booking: Booking, office: OfficeChanged, locale: Locale, paper: Paper, *, has_begun: bool = False
) -> bytes:
    """Draw a booking's ticket. Takes some twenty milliseconds of processor time: not for an event loop."""
    words = ticket_words(booking, office, locale, has_begun=has_begun)
    modules = ticket_modules(booking.ticket)
    sheet = _a6(words, modules) if paper == "a6" else _roll(words, modules)
    height_mm = _A6_HEIGHT_MM if paper == "a6" else sheet.y_mm
    return sheet.pdf(height_mm=height_mm, title=f"{words.title} {words.code}", language=locale)


def _a6(words: TicketWords, modules: Modules) -> Sheet:
    """Give what long names leave free to the QR code first, then to the gaps."""
    spare_mm = _A6_HEIGHT_MM - _A6_FOOT_MM - _a6_of(words, modules, qr_mm=_A6_LEAST_QR_MM, gap_mm=0).y_mm
    more_qr_mm = min(spare_mm / 2, _A6_MOST_QR_MM - _A6_LEAST_QR_MM)
    qr_mm, gap_mm = _A6_LEAST_QR_MM + more_qr_mm, (spare_mm - more_qr_mm) / 5
    sheet = _a6_of(words, modules, qr_mm=qr_mm, gap_mm=gap_mm)
    sheet.space(_A6_HEIGHT_MM - _A6_FOOT_MM - sheet.y_mm)
    sheet.write(words.promise, _FINE)
    return sheet


def _a6_of(words: TicketWords, modules: Modules, *, qr_mm: float, gap_mm: float) -> Sheet:
    sheet = Sheet(width_mm=_A6_WIDTH_MM, margin_mm=7)
    sheet.space(2.5)
    sheet.write(words.title, replace(_TITLE, colour=_AMBER))
    sheet.write(words.office, replace(_OFFICE, colour=_WHITE))
    sheet.write(words.place.value, replace(_TITLE, colour=_WHITE))
    sheet.space(2.5)
    sheet.band(_BRAND)
    sheet.qr(modules, qr_mm)
    sheet.write(words.code, _CODE)
    sheet.space(2 + gap_mm / 2)
    sheet.rule(dashed=True)
    sheet.space(1 + gap_mm / 2)
    left, right = Column(left_mm=7, width_mm=47), Column(left_mm=57, width_mm=41)
    sheet.side_by_side((sheet.column, _cell(words.day, _MAIN)))
    sheet.space(gap_mm)
    sheet.side_by_side((left, _cell(words.hours, _MAIN)), (right, _cell(words.service, _VALUE)))
    sheet.space(gap_mm)
    sheet.side_by_side((left, _cell(words.name, _VALUE)), (right, _cell(words.number, _VALUE)))
    sheet.space(0.6 + gap_mm)
    _advise(sheet, words, _ADVICE)
    return sheet


def _roll(words: TicketWords, modules: Modules) -> Sheet:
    """Larger letters, and nothing but black: thermal paper knows no other colour, and fades."""
    sheet = Sheet(width_mm=_ROLL_WIDTH_MM, margin_mm=4)
    sheet.space(4)
    sheet.write(words.title, replace(_TITLE, points=9))
    sheet.write(words.office, replace(_OFFICE, most_lines=3))
    sheet.write(words.place.value, replace(_TITLE, points=9, line_mm=4.4))
    sheet.qr(modules, 64)
    sheet.write(words.code, _CODE)
    sheet.space(3)
    sheet.rule(dashed=True)
    sheet.space(2)
    for fact in (words.day, words.hours):
        _tell(sheet, fact, replace(_MAIN, points=13, line_mm=6))
    for fact in (words.name, words.service, words.number):
        _tell(sheet, fact, replace(_VALUE, points=11, line_mm=5.2))
    sheet.space(1)
    sheet.rule()
    sheet.space(2)
    _advise(sheet, words, replace(_ADVICE, points=9, line_mm=4.3, most_lines=4))
    sheet.space(2)
    sheet.write(words.promise, replace(_FINE, points=7.5, line_mm=3.6, colour=_BLACK, most_lines=3))
    sheet.space(8)
    return sheet


def _cell(fact: Fact, style: Style) -> tuple[tuple[str, Style], ...]:
    return (fact.label, _LABEL), (fact.value, style)


def _tell(sheet: Sheet, fact: Fact, style: Style) -> None:
    sheet.write(fact.label, replace(_LABEL, points=8.5, line_mm=4, colour=_BLACK))
    sheet.write(fact.value, style)
    sheet.space(1)


def _advise(sheet: Sheet, words: TicketWords, style: Style) -> None:
    sheet.write(
        words.advice_title,
        replace(style, points=style.points + 1.5, weight="Bold", line_mm=style.line_mm + 1),
    )
    column = replace(sheet.column, left_mm=sheet.column.left_mm + 4, width_mm=sheet.column.width_mm - 4)
    for number, sentence in enumerate(words.advice, start=1):
        sheet.side_by_side(
            (sheet.column, ((f"{number}.", replace(style, weight="Bold")),)), (column, ((sentence, style),))
        )
        sheet.space(0.4)
