"""Forgetting persons whose data were erased."""

from collections.abc import Collection

from sqlalchemy import ARRAY, Uuid, bindparam, text

from chassis.database import Transaction

_IDS = bindparam("people", type_=ARRAY(Uuid(as_uuid=False)))
_MESSAGES = text("DELETE FROM message WHERE person_id = ANY(:people)").bindparams(_IDS)
_CONTACTS = text(
    """
    INSERT INTO contact (person_id, version, display_name, phone, email, locale)
    SELECT person_id, :version, '', '', '', 'id' FROM unnest(:people) AS person_id
    ON CONFLICT (person_id) DO UPDATE
    SET version = excluded.version, display_name = '', phone = '', email = '', locale = 'id'
    """
).bindparams(_IDS)
_NEWEST = 2**62
"""No contact comes after an erasure, whatever is told late."""


def forget_people(tx: Transaction, people: Collection[str]) -> None:
    """Drop all messages to people and how to reach them; an older contact that comes late stays out."""
    tx.execute(_MESSAGES, {"people": list(people)})
    tx.execute(_CONTACTS, {"people": list(people), "version": _NEWEST})
