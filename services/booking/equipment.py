"""What several parts of the service stand on, made of its settings."""

from typing import Any

from contracts.ticket import TicketSigner
from services.booking.handlers.identity_vault import IdentityVault
from services.booking.handlers.returns import Returns


class Equipment:
    """A part of the service; whoever has it gives it settings and transactions."""

    settings: Any
    transactions: Any

    @property
    def _signer(self) -> TicketSigner:
        return self.settings.ticket_signer  # type: ignore[no-any-return]  # nameko's dependencies have no type

    @property
    def _returns(self) -> Returns:
        return Returns(cool_down=self.settings.cool_down, hold_limit=self.settings.hold_limit)

    def _vault(self) -> IdentityVault:
        return IdentityVault(digest_key=self.settings.nik_hmac_key, cipher_key=self.settings.nik_cipher_key)
