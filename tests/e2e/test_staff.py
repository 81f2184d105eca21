"""A head invites an officer, who chooses a password and works: no script runs."""

import pytest
from playwright.sync_api import Page, expect

from contracts.requests.staff import AcceptInvitation, EndStaff, InviteStaff, InviteStaffAgain
from tests.e2e.screens import CitizenPages
from tests.e2e.staff_samples import TOKEN
from tests.e2e.staff_states import HEAD, LINK, LIST, choose_password, end, invite
from tests.e2e.stage import Stage


@pytest.fixture
def head(stage: Stage, phone_without_script: Page) -> CitizenPages:
    stage.sign_in(phone_without_script, HEAD)
    pages = CitizenPages(phone_without_script, stage.url)
    pages.open(LIST)
    return pages


def test_a_head_invites_and_hands_over_the_link(stage: Stage, head: CitizenPages) -> None:
    """As a picture for the phone, and as text; it is in no cookie, and no other page shows it."""
    invite(head, login="Dewi.TRK")
    asked = stage.backend.last(InviteStaff)
    assert (asked.office, asked.invited_by, asked.login, asked.name, asked.for_role) == (
        "TRK", "head-1", "dewi.trk", "Bu Dewi", "officer",
    )  # fmt: skip
    expect(head.page.locator("main")).to_contain_text(LINK)
    expect(head.page.locator(".handed-over svg")).to_be_visible()
    assert TOKEN not in str(head.page.context.cookies())
    head.page.get_by_role("link", name="Kembali ke daftar petugas").click()
    assert TOKEN not in head.page.content()


def test_who_is_invited_lands_at_work(stage: Stage, phone_without_script: Page) -> None:
    """Signed in, at the counters of the office."""
    pages = CitizenPages(phone_without_script, stage.url)
    pages.open(LINK)
    expect(pages.page.locator("main")).to_contain_text("dewi.trk")
    choose_password(pages, "pendek")
    expect(pages.page.locator("#password-fault")).to_contain_text("paling sedikit 10 karakter")
    assert pages.page.context.cookies() == []
    choose_password(pages, "kata-sandi-baru")
    asked = stage.backend.last(AcceptInvitation)
    assert (asked.token, asked.password) == (TOKEN, "kata-sandi-baru")
    expect(pages.page).to_have_url(f"{stage.url}/loket/TRK")


def test_another_link_for_who_forgot_the_password(stage: Stage, head: CitizenPages) -> None:
    """Beside the name."""
    with head.page.expect_navigation():
        head.page.get_by_role("button", name="Kata sandi baru Pak Hasan").click()
    assert stage.backend.last(InviteStaffAgain).staff_id == "officer-1"
    expect(head.page.locator("main")).to_contain_text(LINK)


def test_who_has_left_is_ended_after_a_question(stage: Stage, head: CitizenPages) -> None:
    """Nobody ends their own account: it is not offered."""
    assert head.page.get_by_role("article", name="Bu Ratna").locator("summary").count() == 0
    end(head, "Pak Hasan")
    assert stage.backend.last(EndStaff).staff_id == "officer-1"
    expect(head.page.get_by_role("status")).to_contain_text("Akun diakhiri")


def test_what_is_wrong_is_told_beside_its_field(stage: Stage, head: CitizenPages) -> None:
    """And what was typed stays."""
    stage.backend.refuse(InviteStaff, "login_taken")
    invite(head)
    expect(head.page.locator("#login-fault")).to_contain_text("sudah dipakai")
    assert head.page.input_value("#staff_name") == "Bu Dewi"
    invite(head, login="Dewi Lestari")
    expect(head.page.locator("#login-fault")).to_contain_text("huruf kecil, angka, dan titik")


def test_a_link_that_is_none_says_what_to_do(stage: Stage, phone_without_script: Page) -> None:
    """As one that counts no more."""
    answer = CitizenPages(phone_without_script, stage.url).open("/undangan/siapa")
    assert answer.status == 410
    expect(phone_without_script.locator("main")).to_contain_text("Minta tautan baru kepada kepala kantor")
