"""Officers let people register whose NIK tells another birth date or sex than their identity card does."""

import uuid
from datetime import timedelta

from chassis.database import Transaction
from contracts.requests.accounts import NikOverride, OverrideNik
from services.booking.domain.audit import Deed
from services.booking.domain.nik import is_nik
from services.booking.errors import BadNik
from services.booking.handlers import audit
from services.booking.handlers.identity_vault import IdentityVault
from services.booking.store import nik_overrides

LASTS = timedelta(days=7)
"""How long the person has time to register."""


def override_nik(tx: Transaction, command: OverrideNik, *, vault: IdentityVault) -> NikOverride:
    """Let exactly this NIK, birth date and sex pass. Raises BadNik for what has not even the form of one."""
    if not is_nik(command.nik):
        raise BadNik
    override_id, expires_at = str(uuid.uuid4()), tx.now + LASTS
    identity = vault.identity_digest(command.nik, command.birth_date, command.sex)
    nik_overrides.put(tx, identity, override_id=override_id, expires_at=expires_at)
    deed = Deed(
        actor=command.officer_id,
        role=command.role,
        office=command.office,
        action="nik_overridden",
        subject=override_id,
        details={"reason": command.reason},
    )
    audit.record(tx, deed, key=vault.audit_key)
    return NikOverride(override_id=override_id, expires_at=expires_at)


def forget_expired_overrides(tx: Transaction) -> None:
    """Drop overrides that nobody used in time."""
    nik_overrides.forget_expired(tx)
