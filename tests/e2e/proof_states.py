"""The pages of who forgot the password, or is to be reached elsewhere, in every state."""

from contracts.requests.address_proofs import (
    FinishContactChange,
    FinishRecovery,
    StartContactChange,
    StartRecovery,
    StartRecoveryAtDesk,
)
from contracts.requests.booking import Bookings, ListBookings
from tests.e2e.proof_screens import ProofPages
from tests.e2e.samples import PROOF
from tests.e2e.state import State

CITIZEN, OFFICER = "andi@contoh.id", "petugas.trk"
RECOVERY_CODES = f"/lupa-sandi/kode/{PROOF}"
CONTACT_CODES = f"/akun/kontak/kode/{PROOF}"
AT_DESK = "/bantu/TRK/akun"

PROOF_STATES = {
    "forgotten password": State(path="/lupa-sandi"),
    "forgotten password, an officer's login": State(
        path="/lupa-sandi",
        refuses=((StartRecovery, "bad_login"),),
        then=lambda pages: ProofPages.over(pages).forget("petugas.trk"),
    ),
    "forgotten password, too often": State(
        path="/lupa-sandi",
        refuses=((StartRecovery, "too_many_attempts"),),
        then=lambda pages: ProofPages.over(pages).forget(CITIZEN),
    ),
    "new password": State(path="/lupa-sandi", then=lambda pages: ProofPages.over(pages).forget(CITIZEN)),
    "new password, sent anew": State(path=f"{RECOVERY_CODES}?dikirim=1"),
    "new password, nothing written": State(
        path=RECOVERY_CODES, then=lambda pages: pages.submit("Simpan dan masuk")
    ),
    **{
        f"new password, {code}": State(
            path=RECOVERY_CODES,
            refuses=((FinishRecovery, code),),
            told={"tries_left": 3},
            then=lambda pages: ProofPages.over(pages).recover(),
        )
        for code in ("bad_code", "code_expired")
    },
    "tickets, password chosen": State(
        path=RECOVERY_CODES,
        login=CITIZEN,
        answers=((ListBookings, Bookings(bookings=())),),
        then=lambda pages: ProofPages.over(pages).recover(),
    ),
    "account, another number": State(
        path="/akun", login=CITIZEN, then=lambda pages: ProofPages.over(pages).be_reached_at("0812 9876 5432")
    ),
    "account, no new address": State(
        path="/akun",
        login=CITIZEN,
        refuses=((StartContactChange, "contact_missing"),),
        then=lambda pages: ProofPages.over(pages).be_reached_at(""),
    ),
    "account, number changed": State(
        path=CONTACT_CODES, login=CITIZEN, then=lambda pages: ProofPages.over(pages).prove_number()
    ),
    "new number, both codes": State(path=CONTACT_CODES, login=CITIZEN),
    "new number, taken meanwhile": State(
        path=CONTACT_CODES,
        login=CITIZEN,
        refuses=((FinishContactChange, "account_exists"),),
        then=lambda pages: ProofPages.over(pages).prove_number(),
    ),
    "help to sign in": State(path=AT_DESK, login=OFFICER),
    "help to sign in, nothing written": State(
        path=AT_DESK, login=OFFICER, then=lambda pages: pages.submit("Kirim kode ke pemohon")
    ),
    "help to sign in, no such account": State(
        path=AT_DESK,
        login=OFFICER,
        refuses=((StartRecoveryAtDesk, "no_such_account"),),
        then=lambda pages: ProofPages.over(pages).help_in(),
    ),
    "help to sign in, codes sent": State(
        path=AT_DESK, login=OFFICER, then=lambda pages: ProofPages.over(pages).help_in()
    ),
}
