"""Forgetting persons whose data were erased."""

from collections.abc import Collection

from sqlalchemy import ARRAY, Uuid, bindparam, text

from chassis import tombstones
from chassis.database import Transaction

_IDS = bindparam("people", type_=ARRAY(Uuid(as_uuid=False)))
_MESSAGES = text("DELETE FROM message WHERE person_id = ANY(:people)").bindparams(_IDS)
_CONTACTS = text("DELETE FROM contact WHERE person_id = ANY(:people)").bindparams(_IDS)


def forget_people(tx: Transaction, people: Collection[str]) -> None:
    """Drop all messages to people and how to reach them; what is told of them late stays out."""
    tombstones.bury(tx, people)
    tx.execute(_MESSAGES, {"people": list(people)})
    tx.execute(_CONTACTS, {"people": list(people)})
