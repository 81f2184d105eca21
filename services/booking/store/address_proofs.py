"""Addresses that wait to be proved by their codes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, or_

from chassis.database import Transaction
from contracts.events.accounts import ProofPurpose
from contracts.words import Locale
from services.booking.store.code_rows import CodeRecord, CodeRows, Crowd
from services.booking.store.identity_tables import address_proof


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofRecord(CodeRecord):
    """A proof as it is kept: about whose account, if anybody's, and which addresses got codes."""

    proof_id: str
    purpose: ProofPurpose
    person_id: str | None
    subject_digest: bytes
    phone: str | None
    email: str | None
    locale: Locale


ROWS = CodeRows(table=address_proof, key=address_proof.c.proof_id, record=ProofRecord)


def crowd(
    tx: Transaction,
    subject: bytes,
    *,
    phone: str | None,
    email: str | None,
    address: bytes | None,
    since: datetime,
) -> Crowd:
    """Count the proofs since then about the same subject or the same addresses, and from the same network."""
    columns = address_proof.c
    same = [columns.subject_digest == subject]
    same += [column == told for column, told in ((columns.phone, phone), (columns.email, email)) if told]
    return ROWS.crowd(tx, or_(*same), address=address, since=since)


def forget_of(tx: Transaction, person_id: str) -> None:
    """Drop all proofs about a person's account: what they were begun with may be another now."""
    tx.execute(delete(address_proof).where(address_proof.c.person_id == person_id))
