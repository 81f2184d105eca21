"""What booking answers about accounts: registering, signing in, and what is signed in with."""

from chassis.database import Transaction
from chassis.requests import answers
from contracts.requests.accounts import (
    ChangePassword,
    CloseSessions,
    CreateAccount,
    ListRevocations,
    NikOverride,
    OpenSession,
    OverrideNik,
    Registration,
    ResendCodes,
    Revocation,
    Revocations,
    Session,
    VerifyAccount,
)
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
from contracts.requests.staff import (
    AcceptInvitation,
    EndStaff,
    FindInvitation,
    Invitation,
    InvitedStaff,
    InviteStaff,
    InviteStaffAgain,
    ListStaff,
    Staff,
)
from services.booking.equipment import Equipment
from services.booking.handlers import (
    address_proofs,
    colleagues,
    contact_changes,
    nik_overrides,
    recoveries,
    registrations,
    sessions,
)


class AccountAnswers(Equipment):
    """A part of the service."""

    @answers(CreateAccount)
    def create_account(self, tx: Transaction, command: CreateAccount) -> Registration:
        """Begin to register a person."""
        return registrations.create_account(tx, command, sign_in=self._sign_in())

    @answers(ResendCodes)
    def resend_codes(self, tx: Transaction, command: ResendCodes) -> Registration:
        """Send the codes of a registration anew."""
        return registrations.resend_codes(tx, command, sign_in=self._sign_in())

    @answers(VerifyAccount)
    def verify_account(self, tx: Transaction, command: VerifyAccount) -> Session:
        """Make the account of who has the codes."""
        return registrations.verify_account(tx, command, sign_in=self._sign_in())

    @answers(OpenSession)
    def open_session(self, tx: Transaction, command: OpenSession) -> Session:
        """Sign in."""
        return sessions.open_session(tx, command, sign_in=self._sign_in())

    @answers(ChangePassword)
    def change_password(self, tx: Transaction, command: ChangePassword) -> Session:
        """Change a password."""
        return sessions.change_password(tx, command, sign_in=self._sign_in())

    @answers(CloseSessions)
    def close_sessions(self, tx: Transaction, command: CloseSessions) -> Revocation:
        """Sign out everywhere."""
        return sessions.close_sessions(tx, command)

    @answers(ListRevocations)
    def list_revocations(self, tx: Transaction, query: ListRevocations) -> Revocations:
        """Read which tokens count no more."""
        return sessions.list_revocations(tx, query, sign_in=self._sign_in())

    @answers(OverrideNik)
    def override_nik(self, tx: Transaction, command: OverrideNik) -> NikOverride:
        """Let a person register whose NIK tells something else than the identity card."""
        return nik_overrides.override_nik(tx, command, vault=self._vault())

    @answers(ListStaff)
    def list_staff(self, tx: Transaction, query: ListStaff) -> Staff:
        """Read who works at an office's counters."""
        return colleagues.list_staff(tx, query)

    @answers(InviteStaff)
    def invite_staff(self, tx: Transaction, command: InviteStaff) -> Invitation:
        """Invite somebody to work at an office."""
        return colleagues.invite_staff(tx, command, key=self._vault().audit_key)

    @answers(InviteStaffAgain)
    def invite_staff_again(self, tx: Transaction, command: InviteStaffAgain) -> Invitation:
        """Let a member choose another password."""
        return colleagues.invite_staff_again(tx, command, key=self._vault().audit_key)

    @answers(EndStaff)
    def end_staff(self, tx: Transaction, command: EndStaff) -> Staff:
        """Let a member sign in no more."""
        return colleagues.end_staff(tx, command, key=self._vault().audit_key)

    @answers(FindInvitation)
    def find_invitation(self, tx: Transaction, query: FindInvitation) -> InvitedStaff:
        """Read who is invited."""
        return colleagues.find_invitation(tx, query)

    @answers(AcceptInvitation)
    def accept_invitation(self, tx: Transaction, command: AcceptInvitation) -> Session:
        """Choose one's password."""
        return colleagues.accept_invitation(tx, command, sign_in=self._sign_in())

    @answers(StartRecovery)
    def start_recovery(self, tx: Transaction, command: StartRecovery) -> AddressProof:
        """Begin to choose another password."""
        return recoveries.start_recovery(tx, command, sign_in=self._sign_in())

    @answers(StartRecoveryAtDesk)
    def start_recovery_at_desk(self, tx: Transaction, command: StartRecoveryAtDesk) -> AddressProof:
        """Begin it for who shows an officer the identity card."""
        return recoveries.start_recovery_at_desk(tx, command, sign_in=self._sign_in())

    @answers(FinishRecovery)
    def finish_recovery(self, tx: Transaction, command: FinishRecovery) -> Session:
        """Choose another password."""
        return recoveries.finish_recovery(tx, command, sign_in=self._sign_in())

    @answers(ResendProofCodes)
    def resend_proof_codes(self, tx: Transaction, command: ResendProofCodes) -> AddressProof:
        """Send the codes of a proof anew."""
        return address_proofs.resend_proof_codes(tx, command, vault=self._vault())

    @answers(StartContactChange)
    def start_contact_change(self, tx: Transaction, command: StartContactChange) -> AddressProof:
        """Begin to be reached elsewhere."""
        return contact_changes.start_contact_change(tx, command, sign_in=self._sign_in())

    @answers(FinishContactChange)
    def finish_contact_change(self, tx: Transaction, command: FinishContactChange) -> Profile:
        """Be reached elsewhere."""
        return contact_changes.finish_contact_change(tx, command, sign_in=self._sign_in())
