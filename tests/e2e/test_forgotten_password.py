"""A forgotten password, another number: on a phone whose browser runs no script."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from contracts.requests.address_proofs import (
    FinishContactChange,
    FinishRecovery,
    ResendProofCodes,
    StartContactChange,
    StartRecovery,
    StartRecoveryAtDesk,
)
from gateway.auth import SESSION_COOKIE
from tests.e2e.proof_screens import NEW_WORD, ProofPages
from tests.e2e.samples import PROOF
from tests.e2e.screens import SIGN_IN_WORD
from tests.e2e.stage import Stage

HOUR = "/kantor/TRK/new/2026-11-24/slot-1"


@pytest.fixture
def citizen(stage: Stage, phone_without_script: Page) -> ProofPages:
    return ProofPages(phone_without_script, stage.url)


def test_who_forgot_the_password_books_all_the_same(stage: Stage, citizen: ProofPages) -> None:
    """From the sign-in page by both codes, and back to the hour that was chosen."""
    citizen.open(f"/masuk?lanjut={HOUR}")
    citizen.page.get_by_role("link", name="Lupa kata sandi?").click()
    citizen.forget("0812 3456 7890")
    expect(citizen.page.locator("p.lead")).to_contain_text("Bila 0812 3456 7890 punya akun")
    citizen.recover("123 456", "654-321")
    asked = stage.backend.last(FinishRecovery)
    assert (asked.proof_id, asked.phone_code, asked.email_code, asked.password) == (
        PROOF, "123456", "654321", NEW_WORD,
    )  # fmt: skip
    assert citizen.page.url.endswith(HOUR)
    assert SESSION_COOKIE in {cookie["name"] for cookie in citizen.page.context.cookies()}


def test_the_next_page_says_what_has_changed(citizen: ProofPages) -> None:
    """Where nothing was on the way: the tickets."""
    citizen.open("/lupa-sandi")
    citizen.forget("andi@contoh.id")
    citizen.recover()
    expect(citizen.page.get_by_role("status")).to_contain_text("Kata sandi baru sudah berlaku")
    assert citizen.page.url.endswith("/pesanan")


def test_what_is_no_login_is_told_beside_its_field(stage: Stage, citizen: ProofPages) -> None:
    """And stays to be corrected."""
    stage.backend.refuse(StartRecovery, "bad_login")
    citizen.open("/lupa-sandi")
    citizen.forget("petugas.trk")
    expect(citizen.page.locator("#login-fault")).to_contain_text("bukan nomor telepon atau surel")
    assert citizen.page.input_value("#login") == "petugas.trk"


def test_wrong_codes_keep_their_place_and_the_password_is_typed_anew(
    stage: Stage, citizen: ProofPages
) -> None:
    """With the tries that are left; other codes can be asked for."""
    stage.backend.refuse(FinishRecovery, "bad_code", tries_left=3)
    citizen.open("/lupa-sandi")
    citizen.forget("andi@contoh.id")
    citizen.recover()
    expect(citizen.page.get_by_role("alert")).to_contain_text("masih dapat mencoba 3 kali")
    assert citizen.page.input_value("#phone_code") == "123456"
    assert citizen.page.input_value("#password") == ""
    citizen.submit("Kirim kode baru")
    assert stage.backend.last(ResendProofCodes).proof_id == PROOF
    expect(citizen.page.get_by_role("status")).to_contain_text("Kode baru sudah dikirim")


def test_a_short_password_costs_no_try(stage: Stage, citizen: ProofPages) -> None:
    """It is told before anybody is asked."""
    citizen.open(f"/lupa-sandi/kode/{PROOF}")
    citizen.recover(password="pendek")
    expect(citizen.page.locator("#password-fault")).to_contain_text("paling sedikit 10 karakter")
    assert stage.backend.count(FinishRecovery) == 0


def test_codes_that_count_no_more_lead_to_the_beginning(stage: Stage, citizen: ProofPages) -> None:
    """Where the login stands already."""
    stage.backend.refuse(FinishRecovery, "code_expired")
    citizen.open("/lupa-sandi")
    citizen.forget("andi@contoh.id")
    citizen.recover()
    citizen.page.get_by_role("link", name="Mulai sekali lagi").click()
    assert citizen.page.input_value("#login") == "andi@contoh.id"


def test_another_number_is_proved_by_its_code_alone(stage: Stage, citizen: ProofPages) -> None:
    """The account's page names what counts now; the next asks for the one code, and tells where it went."""
    stage.sign_in(citizen.page, "andi@contoh.id")
    citizen.open("/akun")
    expect(citizen.page.locator("form#kontak")).to_contain_text("+62 812-3456-7890")
    citizen.be_reached_at("0812 9876 5432")
    asked = stage.backend.last(StartContactChange)
    assert (asked.person_id, asked.phone, asked.email, asked.password) == (
        "citizen-1", "0812 9876 5432", None, SIGN_IN_WORD,
    )  # fmt: skip
    expect(citizen.page.locator("p.lead")).to_contain_text("0812 9876 5432")
    assert citizen.page.locator("#email_code").count() == 0
    citizen.prove_number()
    finished = stage.backend.last(FinishContactChange)
    assert (finished.person_id, finished.phone_code, finished.email_code) == ("citizen-1", "123456", None)
    expect(citizen.page.get_by_role("status")).to_contain_text("Nomor atau surel sudah diganti")


@pytest.mark.parametrize(
    ("code", "field"),
    [("contact_missing", "phone"), ("bad_phone", "phone"), ("sign_in_failed", "contact_password")],
)
def test_what_is_wrong_with_an_address_is_told_beside_its_field(
    stage: Stage, citizen: ProofPages, code: str, field: str
) -> None:
    """What was typed stays, but for the password."""
    stage.sign_in(citizen.page, "andi@contoh.id")
    stage.backend.refuse(StartContactChange, code)
    citizen.open("/akun")
    citizen.be_reached_at("0812 9876 5432", "andi.baru@contoh.id")
    expect(citizen.page.locator(f"#{field}-fault")).to_be_visible()
    assert citizen.page.input_value("#phone") == "0812 9876 5432"
    assert citizen.page.input_value("#email") == "andi.baru@contoh.id"
    assert citizen.page.input_value("#contact_password") == ""


def test_an_officer_hands_over_to_the_persons_own_phone(stage: Stage, citizen: ProofPages) -> None:
    """The screen shows where the person goes on; neither codes nor password are typed at the desk."""
    stage.sign_in(citizen.page, "petugas.trk")
    citizen.open("/bantu/TRK")
    citizen.page.get_by_role("link", name="Bantu masuk lagi").click()
    citizen.help_in()
    asked = stage.backend.last(StartRecoveryAtDesk)
    assert (asked.officer_id, asked.nik, asked.birth_date) == (
        "officer-1", "6473012311900001", date(1990, 11, 23),
    )  # fmt: skip
    expect(citizen.page.locator(".handed-over svg")).to_be_visible()
    expect(citizen.page.locator("main")).to_contain_text(f"/lupa-sandi/kode/{PROOF}")
    assert citizen.page.locator("main input").count() == 0


def test_a_nik_without_an_account_is_told_beside_it(stage: Stage, citizen: ProofPages) -> None:
    """The rest need not be written again."""
    stage.sign_in(citizen.page, "petugas.trk")
    stage.backend.refuse(StartRecoveryAtDesk, "no_such_account")
    citizen.open("/bantu/TRK/akun")
    citizen.help_in()
    expect(citizen.page.locator("#nik-fault")).to_contain_text("Tidak ada akun")
    assert citizen.page.input_value("#email") == "andi.baru@contoh.id"


def test_a_village_helps_nobody_into_an_account(stage: Stage, citizen: ProofPages) -> None:
    """That takes an officer, who has seen the identity card."""
    stage.sign_in(citizen.page, "desa.malinau")
    assert citizen.open("/bantu/TRK/akun").status == 403
