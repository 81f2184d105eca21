"""Why an office does not work at the time of a booking, and why money took another way, as people read it."""

from typing import Literal

from contracts.words import HoldEnd, HomeVisitDecline, Locale, OutageCause, SettlementCause

MoneyReason = HoldEnd | SettlementCause | Literal["wrong_amount", "paid_already", "given_up", "cancelled"]

_REASONS: dict[Locale, dict[OutageCause, tuple[str, str]]] = {
    "id": {
        "closed": ("kantor tutup", "{note}"),
        "holiday": ("hari libur", "hari libur, {note}"),
        "hours": ("jam kerja kantor berubah", "jam kerja kantor berubah, {note}"),
        "suspended": ("antrean daring kantor ini dihentikan sementara",) * 2,
    },
    "en": {
        "closed": ("the office is closed", "{note}"),
        "holiday": ("it is a public holiday", "it is a public holiday, {note}"),
        "hours": ("the office has changed its hours", "the office has changed its hours, {note}"),
        "suspended": ("this office has suspended its online queue",) * 2,
    },
}
"""For each cause the words without and with a note."""


def reason_words(cause: OutageCause, note: str, locale: Locale) -> str:
    """Name the reason in one line; WhatsApp refuses values with several spaces on end."""
    bare, noted = _REASONS[locale][cause]
    told = " ".join(note.split())
    return noted.format(note=told) if told else bare


_OF_MONEY: dict[Locale, dict[MoneyReason, str]] = {
    "id": {
        "unpaid": "belum ada kabar pembayaran sampai batas waktunya",
        "office_closed": "kantor tidak melayani pada waktu itu",
        "paid_late": "pembayarannya setelah batas waktu",
        "told_late": "kabar dari bank baru tiba setelah batas waktu, walaupun Anda membayar tepat waktu",
        "wrong_amount": "jumlahnya tidak sama dengan tagihan",
        "paid_already": "tagihannya sudah lunas",
        "given_up": "pemesanannya sudah dibatalkan sebelum uangnya tiba",
        "cancelled": "pemesanan yang sudah lunas dibatalkan",
    },
    "en": {
        "unpaid": "we heard of no payment in time",
        "office_closed": "the office will not work at that time",
        "paid_late": "it was paid after its time",
        "told_late": "the bank's word came only after its time, though you paid in time",
        "wrong_amount": "it is not the amount of the bill",
        "paid_already": "the bill was paid already",
        "given_up": "the booking was given up before the money came",
        "cancelled": "the booking was cancelled after it was paid",
    },
}


def money_words(why: MoneyReason, locale: Locale) -> str:
    """Name in one line why a hold ended, money bought another place, or goes back."""
    return _OF_MONEY[locale][why]


_OF_VISITS: dict[Locale, dict[HomeVisitDecline, str]] = {
    "id": {
        "conditions_not_met": "syarat kunjungan ke rumah belum terpenuhi",
        "outside_area": "alamatnya di luar wilayah yang dikunjungi kantor ini",
        "no_team": "belum ada tim yang dapat berangkat",
        "address_unclear": "alamatnya belum jelas",
    },
    "en": {
        "conditions_not_met": "the conditions of a visit at home are not met",
        "outside_area": "the address is outside of what this office visits",
        "no_team": "there is no team that can come",
        "address_unclear": "the address is not clear",
    },
}


def visit_words(why: HomeVisitDecline, locale: Locale) -> str:
    """Name in one line why nobody comes to somebody's home."""
    return _OF_VISITS[locale][why]
