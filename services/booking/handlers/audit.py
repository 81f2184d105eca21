"""Writing down what staff do, and what is done to people's data, in the transaction that does it.

One writes at a time, until its transaction has ended: so nothing that citizens do by the thousand is
written here.
"""

from dataclasses import dataclass

from chassis.database import Transaction
from contracts.requests.booking import ChangeOfficePlan
from services.booking.domain.audit import START, Break, Deed, Entry, Head, digest_of, first_break
from services.booking.store import audit


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a walk along the log found: how far it holds, and where it breaks first, if it does."""

    head: Head
    broken: Break | None


def record(tx: Transaction, deed: Deed, *, key: bytes) -> None:
    """Write a deed down; it is in the log if and only if the transaction takes effect."""
    last = audit.take_turn(tx)
    entry = Entry(sequence=last.sequence + 1, at=tx.now, deed=deed)
    audit.add(tx, entry, digest_of(entry, last.digest, key=key))


def verify(tx: Transaction, *, key: bytes, noted: Head | None = None) -> Verdict:
    """Walk along the whole log. `noted` is a head from before, which must still be there."""
    head = START
    for entry, digest in audit.walk(tx):
        broken = first_break(entry, digest, after=head, key=key)
        if broken is None and noted is not None and noted.sequence == entry.sequence:
            broken = _unlike(noted, digest)
        if broken is not None:
            return Verdict(head=head, broken=broken)
        head = Head(sequence=entry.sequence, digest=digest)
    if noted is not None and noted.sequence > head.sequence:
        return Verdict(head=head, broken=Break(sequence=head.sequence + 1, reason="missing"))
    return Verdict(head=head, broken=None)


def record_change_of_plan(tx: Transaction, command: ChangeOfficePlan, *, key: bytes) -> None:
    """Write down that an office's head decided anew about it; it is undone with the change."""
    if command.changed_by is None:
        return
    deed = Deed(
        actor=command.changed_by,
        role="head",
        office=command.office,
        action="plan_changed",
        subject=command.office,
        details={},
    )
    record(tx, deed, key=key)


def _unlike(noted: Head, digest: bytes) -> Break | None:
    return None if noted.digest == digest else Break(sequence=noted.sequence, reason="not_the_noted_one")
