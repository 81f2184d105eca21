"""Why an office does not work at the time of a booking, as its person reads it."""

from contracts.words import Locale, OutageCause

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
