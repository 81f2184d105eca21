"""Contacts and offices: the newest version of each, and nothing older."""

from collections.abc import Collection, Mapping
from zoneinfo import ZoneInfo

from sqlalchemy import text

from chassis.database import Transaction
from contracts.events import ContactChanged, OfficeChanged

_PUT_CONTACT = text(
    """
    INSERT INTO contact (person_id, version, display_name, phone, email, locale)
    VALUES (:person_id, :version, :display_name, :phone, :email, :locale)
    ON CONFLICT (person_id) DO UPDATE
    SET version = excluded.version, display_name = excluded.display_name,
        phone = excluded.phone, email = excluded.email, locale = excluded.locale
    WHERE contact.version < excluded.version
    """
)
_PUT_OFFICE = text(
    """
    INSERT INTO office (code, version, name, timezone)
    VALUES (:office, :version, :name, :timezone)
    ON CONFLICT (code) DO UPDATE
    SET version = excluded.version, name = excluded.name, timezone = excluded.timezone
    WHERE office.version < excluded.version
    """
)

_ZONES = text("SELECT code, timezone FROM office WHERE code = ANY(:codes)")


def put_contact(tx: Transaction, event: ContactChanged) -> None:
    """Store a person's contact, unless a newer one is stored."""
    tx.execute(
        _PUT_CONTACT,
        {
            "person_id": event.person_id,
            "version": event.version,
            "display_name": event.display_name,
            "phone": event.phone or "",
            "email": event.email or "",
            "locale": event.locale,
        },
    )


def put_office(tx: Transaction, event: OfficeChanged) -> None:
    """Store an office's name and time zone, unless newer ones are stored."""
    tx.execute(
        _PUT_OFFICE,
        {"office": event.office, "version": event.version, "name": event.name, "timezone": event.timezone},
    )


def zones(tx: Transaction, offices: Collection[str]) -> Mapping[str, ZoneInfo]:
    """Return the time zones of those offices that are known."""
    found = tx.execute(_ZONES, {"codes": list(offices)})
    return {row.code: ZoneInfo(row.timezone) for row in found}
