"""A citizen looks after their account on a phone whose browser runs no script."""

import pytest
from playwright.sync_api import Page, expect

from contracts.requests.accounts import ChangePassword, CloseSessions
from contracts.requests.dependents import Dependents, ListDependents, ShowDependentAs
from contracts.requests.own_data import ErasePerson
from contracts.requests.profile import CorrectName, ShowAs
from gateway.auth import SESSION_COOKIE
from tests.e2e.citizen_samples import family
from tests.e2e.screens import CitizenPages
from tests.e2e.stage import Stage
from tests.processes import wait_until


@pytest.fixture
def citizen(stage: Stage, phone_without_script: Page) -> CitizenPages:
    """A citizen on the account's page."""
    stage.sign_in(phone_without_script, "andi@contoh.id")
    pages = CitizenPages(phone_without_script, stage.url)
    pages.open("/pesanan")
    phone_without_script.get_by_role("link", name="Akun dan data saya").click()
    return pages


def signed_in(citizen: CitizenPages) -> bool:
    return SESSION_COOKIE in {cookie["name"] for cookie in citizen.page.context.cookies()}


def assert_stranger(citizen: CitizenPages) -> None:
    """Chromium takes a cookie from its jar a moment after the page that told it to has come."""
    wait_until(lambda: not signed_in(citizen))


def test_a_changed_password_leaves_this_phone_signed_in(stage: Stage, citizen: CitizenPages) -> None:
    """And says that the others are not."""
    citizen.change_password("kata-sandi-lama", "kata-sandi-baru")
    asked = stage.backend.last(ChangePassword)
    assert (asked.subject, asked.password, asked.new_password) == (
        "citizen-1", "kata-sandi-lama", "kata-sandi-baru",
    )  # fmt: skip
    expect(citizen.page.get_by_role("status")).to_contain_text("Kata sandi sudah diganti")
    assert signed_in(citizen)


def test_a_password_that_is_too_short_is_told_beside_its_field(citizen: CitizenPages) -> None:
    """Before anybody is asked."""
    citizen.change_password("kata-sandi-lama", "pendek")
    expect(citizen.page.locator("#new_password-fault")).to_contain_text("paling sedikit 10 karakter")


def test_signing_out_everywhere_signs_out_here(stage: Stage, citizen: CitizenPages) -> None:
    """The next page asks to sign in."""
    citizen.submit("Keluar dari semua")
    expect(citizen.page.get_by_role("heading", level=1)).to_have_text("Masuk")
    assert stage.backend.last(CloseSessions).subject == "citizen-1"
    assert_stranger(citizen)


def test_an_account_is_deleted_with_the_password_alone(stage: Stage, citizen: CitizenPages) -> None:
    """Without it nothing happens; with it one is a stranger again."""
    citizen.submit("Hapus akun saya")
    expect(citizen.page.locator("#erase_password-fault")).to_contain_text("Tulis kata sandi")
    assert stage.backend.count(ErasePerson) == 0
    citizen.page.fill("#erase_password", "kata-sandi-lama")
    citizen.submit("Hapus akun saya")
    expect(citizen.page).to_have_url(f"{stage.url}/")
    assert stage.backend.last(ErasePerson).person_id == "citizen-1"
    assert_stranger(citizen)


def test_a_stranger_signs_in_first(stage: Stage, phone_without_script: Page) -> None:
    """And comes back to the account."""
    pages = CitizenPages(phone_without_script, stage.url)
    pages.open("/akun")
    pages.sign_in("andi@contoh.id")
    assert pages.page.url.endswith("/akun")


def test_what_the_hall_shows_is_chosen_before_it_is_seen_there(stage: Stage, citizen: CitizenPages) -> None:
    """Each choice says what the board would show; what is saved is said once."""
    shown = {label.split("\n")[0]: label for label in citizen.page.locator("label.shown").all_inner_texts()}
    assert ["Pak Andi" in shown[words] for words in shown] == [True, False, False, False]
    assert "Pak A•••i" in shown["Nama yang disamarkan"]
    assert "A. P." in shown["Inisial"]
    expect(citizen.page.get_by_role("radio", name="Sapaan dan nama panggilan")).to_be_checked()
    citizen.page.get_by_role("radio", name="Nomor saja").check()
    citizen.submit("Simpan pilihan")
    assert stage.backend.last(ShowAs) == ShowAs(person_id="citizen-1", shown_as="number")
    expect(citizen.page.get_by_role("status")).to_contain_text("Pilihan disimpan")


def test_a_slip_in_the_name_is_corrected(stage: Stage, citizen: CitizenPages) -> None:
    """What is there is shown; another name is told beside the field, with what was written still in it."""
    expect(citizen.page.locator("#name")).to_have_value("Andi Pratama")
    citizen.page.fill("#name", "Andi Pratamma")
    citizen.submit("Simpan nama")
    assert stage.backend.last(CorrectName) == CorrectName(person_id="citizen-1", name="Andi Pratamma")
    expect(citizen.page.get_by_role("status")).to_contain_text("Nama sudah diperbaiki")
    stage.backend.refuse(CorrectName, "name_too_different")
    citizen.page.fill("#name", "Siti Rahmawati")
    citizen.submit("Simpan nama")
    expect(citizen.page.locator("#name-fault")).to_contain_text("nama lain")
    expect(citizen.page.locator("#name")).to_have_value("Siti Rahmawati")


def test_a_choice_that_is_none_is_told_at_its_place(stage: Stage, citizen: CitizenPages) -> None:
    """Nobody is asked, and nothing is changed."""
    citizen.page.evaluate("document.querySelector('[name=shown_as]:checked').value = 'nickname'")
    citizen.submit("Simpan pilihan")
    expect(citizen.page.locator("#shown_as-fault")).to_be_visible()
    assert stage.backend.count(ShowAs) == 0


def test_the_family_has_choices_of_its_own(stage: Stage, citizen: CitizenPages) -> None:
    """A list with what the board would show, beside each."""
    stage.backend.answer(ListDependents, Dependents(dependents=family()))
    citizen.open("/akun/keluarga")
    one = citizen.page.locator("li", has_text="Adik Sari")
    one.get_by_label("Yang tampil di monitor").select_option(label="Adik S•••i (Nama yang disamarkan)")
    with citizen.page.expect_navigation():
        one.get_by_role("button", name="Simpan Adik Sari").click()
    asked = stage.backend.last(ShowDependentAs)
    assert (asked.guardian_id, asked.person_id, asked.shown_as) == ("citizen-1", "dependent-1", "masked")
    expect(citizen.page.get_by_role("status")).to_contain_text("Pilihan disimpan")
