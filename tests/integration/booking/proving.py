"""Somebody who proves addresses to be theirs: asks for codes, types them."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from contracts.events import Event, ProofCodeIssued, ProofDeclined, SignInChanged
from contracts.requests.accounts import OpenSession, Session
from contracts.requests.address_proofs import (
    AddressProof,
    FinishContactChange,
    FinishRecovery,
    ResendProofCodes,
    StartContactChange,
    StartRecovery,
    StartRecoveryAtDesk,
)
from contracts.requests.profile import Profile
from services.booking.handlers import address_proofs, contact_changes, recoveries, sessions
from services.booking.handlers.one_time_codes import Codes
from tests.integration.booking.desk import NOW, Desk, sent

PHONE, EMAIL, PASSWORD = "+6281234567890", "andi@contoh.id", "sepuluh huruf"
NEW_PASSWORD = "sebelas huruf"


@dataclass(frozen=True, kw_only=True)
class Prover:
    """Asks booking as the gateway would."""

    desk: Desk

    def start(self, login: str, *, now: datetime = NOW, **more: Any) -> tuple[AddressProof, Codes]:
        """Say that the password is forgotten; return the codes too, `000000` where none was sent."""
        return self._begun(
            recoveries.start_recovery, StartRecovery(login=login, **more), now, sign_in=self.desk.sign_in(now)
        )

    def start_at_desk(
        self, nik: str, *, phone: str, email: str, born: date = date(1990, 8, 17), name: str = "Andi Wijaya"
    ) -> tuple[AddressProof, Codes]:
        """Show an officer the identity card, and name the addresses of today."""
        command = StartRecoveryAtDesk(
            officer_id="officer", role="officer", office="TRK", nik=nik, birth_date=born, name=name,
            phone=phone, email=email,
        )  # fmt: skip
        return self._begun(recoveries.start_recovery_at_desk, command, NOW, sign_in=self.desk.sign_in())

    def start_change(self, person_id: str, **to: Any) -> tuple[AddressProof, Codes]:
        """Want to be reached elsewhere."""
        command = StartContactChange(**{"person_id": person_id, "password": PASSWORD, **to})
        return self._begun(contact_changes.start_contact_change, command, NOW, sign_in=self.desk.sign_in())

    def resend(self, begun: AddressProof, *, now: datetime) -> tuple[AddressProof, Codes]:
        """Ask for other codes."""
        command = ResendProofCodes(proof_id=begun.proof_id)
        return self._begun(address_proofs.resend_proof_codes, command, now, vault=self.desk.vault)

    def finish(
        self, begun: AddressProof, codes: Codes, *, password: str = NEW_PASSWORD, now: datetime = NOW
    ) -> Session:
        """Type both codes and a new password."""
        command = FinishRecovery(
            proof_id=begun.proof_id, phone_code=codes.phone, email_code=codes.email, password=password
        )
        return self.desk.do(recoveries.finish_recovery, command, sign_in=self.desk.sign_in(now), now=now)

    def finish_change(
        self, person_id: str, begun: AddressProof, codes: Codes, *, now: datetime = NOW
    ) -> Profile:
        """Type the codes of the new addresses."""
        command = FinishContactChange(
            person_id=person_id,
            proof_id=begun.proof_id,
            phone_code=_typed(codes.phone),
            email_code=_typed(codes.email),
        )
        return self.desk.do(
            contact_changes.finish_contact_change, command, sign_in=self.desk.sign_in(now), now=now
        )

    def sign_in(self, login: str, password: str) -> Session:
        """Sign in."""
        command = OpenSession(login=login, password=password)
        return self.desk.do(sessions.open_session, command, sign_in=self.desk.sign_in())

    def _begun(
        self, use_case: Any, command: object, now: datetime, **more: object
    ) -> tuple[AddressProof, Codes]:
        with self.desk.database.transaction(now=now) as tx:
            begun = use_case(tx, command, **more)
            return begun, sent(tx.emitted)


def told(events: list[Event]) -> set[tuple[str, str, str]]:
    """Who was told what: the event, the channel and the address."""
    return {
        (type(event).__name__, event.channel, event.address)
        for event in events
        if isinstance(event, ProofCodeIssued | ProofDeclined | SignInChanged)
    }


def wrong(codes: Codes) -> Codes:
    """Mistype the mailbox's code."""
    return replace(codes, email=f"{(int(codes.email) + 1) % 10**6:06}")


def _typed(code: str) -> str | None:
    return None if code == "000000" else code
