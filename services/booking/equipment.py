"""What several parts of the service stand on, made of its settings."""

from typing import Any

from chassis.threads import run_in_thread
from contracts.ticket import TicketSigner
from services.booking.handlers.identity_vault import IdentityVault
from services.booking.handlers.passwords import Passwords
from services.booking.handlers.returns import Returns
from services.booking.handlers.sessions import SignIn

PASSWORDS = Passwords(run=run_in_thread)


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

    def _sign_in(self) -> SignIn:
        settings = self.settings
        return SignIn(
            transactions=self.transactions,
            vault=self._vault(),
            passwords=PASSWORDS,
            signer=settings.access_signer,
            lasts=settings.session_lasts,
            device_lasts=settings.device_session_lasts,
            paired_device_lasts=settings.paired_device_lasts,
        )
