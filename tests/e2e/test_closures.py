"""A head shuts the office for a day, or opens it after all, without reading a plan; no script runs."""

import pytest
from playwright.sync_api import Page, expect

from contracts.requests.booking import ChangeOfficePlan
from contracts.requests.office_head import DraftClosures, GetOfficePlan
from tests.e2e.head_states import HEAD, close_office, with_closures
from tests.e2e.screens import CitizenPages
from tests.e2e.stage import Stage

LIST = "/kepala/TRK/tutup"


@pytest.fixture
def head(stage: Stage, phone_without_script: Page) -> CitizenPages:
    stage.sign_in(phone_without_script, HEAD)
    return CitizenPages(phone_without_script, stage.url)


def test_a_day_is_shut_after_looking_at_who_is_affected(stage: Stage, head: CitizenPages) -> None:
    """From the coming days; nothing changes before the last button."""
    head.open("/kepala/TRK")
    head.page.get_by_role("link", name="Tutup kantor pada suatu hari").click()
    close_office(head)
    expect(head.page.locator(".notice")).to_contain_text("4 pemesanan akan terdampak")
    assert stage.backend.count(ChangeOfficePlan) == 0
    head.submit("Berlakukan rencana ini")
    (closure,) = stage.backend.last(ChangeOfficePlan).plan.closures
    assert (str(closure.from_date), closure.to_date, closure.hours, closure.reason) == (
        "2026-11-25", None, None, "Pemadaman listrik",
    )  # fmt: skip


def test_some_hours_of_some_days(stage: Stage, head: CitizenPages) -> None:
    """As browsers write dates and hours."""
    head.open(LIST)
    close_office(head, to_date="2026-11-27", from_hour="13:00", to_hour="16:00")
    (closure,) = stage.backend.last(DraftClosures).closures
    assert (str(closure.to_date), closure.hours) == ("2026-11-27", "13.00-16.00")


def test_a_closure_is_lifted_and_the_others_stay(stage: Stage, head: CitizenPages) -> None:
    """Through the same page, which says whose booking can be kept after all."""
    stage.backend.answer(GetOfficePlan, with_closures)
    head.open(LIST)
    with head.page.expect_navigation():
        head.page.get_by_role("button", name="Buka lagi").first.click()
    assert [closure.hours for closure in stage.backend.last(DraftClosures).closures] == ["13.00-16.00"]
    assert head.page.url.endswith("/rencana/berlakukan")


def test_a_closure_that_is_gone_meanwhile_leads_to_the_list(stage: Stage, head: CitizenPages) -> None:
    """Another head was faster."""
    stage.backend.answer(GetOfficePlan, with_closures)
    head.open(LIST)
    stage.backend.forget(GetOfficePlan)
    with head.page.expect_navigation():
        head.page.get_by_role("button", name="Buka lagi").first.click()
    assert head.page.url.endswith(LIST)
    assert stage.backend.count(DraftClosures) == 0


@pytest.mark.parametrize(
    ("fields", "fault", "said"),
    [
        ({"closure_reason": ""}, "closure_reason", "Tulis alasannya"),
        ({"from_date": ""}, "from_date", "Pilih tanggal pertama"),
        ({"from_date": "2026-01-05"}, "from_date", "sudah lewat"),
        ({"from_date": "2026-01-05", "to_date": "2026-01-06"}, "to_date", "sudah lewat"),
        ({"from_hour": "13:00"}, "to_hour", "buka lagi"),
        ({"to_hour": "13:00"}, "from_hour", "pukul berapa kantor tutup"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(
    stage: Stage, head: CitizenPages, fields: dict[str, str], fault: str, said: str
) -> None:
    """Before anybody is asked; what was typed stays."""
    head.open(LIST)
    close_office(head, **fields)
    expect(head.page.locator(f"#{fault}-fault")).to_contain_text(said)
    assert stage.backend.count(DraftClosures) == 0
    typed = {"from_date": "2026-11-25", "closure_reason": "Pemadaman listrik"} | fields
    assert {name: head.page.input_value(f"#{name}") for name in typed} == typed


@pytest.mark.parametrize(
    ("part", "code", "said"),
    [
        ("to_date", "out_of_order", "sebelum tanggal pertama"),
        ("hours", "ends_before_start", "sebelum jam tutup"),
    ],
)
def test_what_booking_finds_wrong_is_told_there_too(
    stage: Stage, head: CitizenPages, part: str, code: str, said: str
) -> None:
    """By the field that its fault points to."""
    stage.backend.refuse(
        DraftClosures, "office_plan_invalid", faults=[{"pointer": f"/closures/0/{part}", "code": code}]
    )
    head.open(LIST)
    close_office(head)
    expect(head.page.locator(".field-fault")).to_contain_text(said)


def test_an_officer_shuts_nothing(stage: Stage, phone_without_script: Page) -> None:
    """That is the head's."""
    stage.sign_in(phone_without_script, "petugas.trk")
    assert CitizenPages(phone_without_script, stage.url).open(LIST).status == 403
