"""Forgetting persons whose data were erased."""

from collections.abc import Collection

from sqlalchemy import ARRAY, Text, Uuid, bindparam, text

from chassis import tombstones
from chassis.database import Transaction

_IDS = bindparam("people", type_=ARRAY(Uuid(as_uuid=False)))
_MESSAGES = text("DELETE FROM message WHERE person_id = ANY(:people)").bindparams(_IDS)
_CONTACTS = text("DELETE FROM contact WHERE person_id = ANY(:people)").bindparams(_IDS)
_NOTICES = text("DELETE FROM notice WHERE split_part(subject, '/', 1) = ANY(:people)").bindparams(
    bindparam("people", type_=ARRAY(Text))
)
"""Of their accounts; those of proofs and registrations are gone within minutes."""


def forget_people(tx: Transaction, people: Collection[str]) -> None:
    """Drop all messages to people and how to reach them; what is told of them late stays out."""
    tombstones.bury(tx, people)
    tx.execute(_MESSAGES, {"people": list(people)})
    tx.execute(_CONTACTS, {"people": list(people)})
    tx.execute(_NOTICES, {"people": list(people)})
