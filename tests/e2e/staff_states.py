"""The pages of who works at an office, and of who is invited, in every state."""

from contracts.requests.staff import AcceptInvitation, EndStaff, FindInvitation, InviteStaff
from tests.e2e.screens import CitizenPages
from tests.e2e.staff_samples import TOKEN
from tests.e2e.state import State

HEAD, LIST, LINK = "kepala.trk", "/kepala/TRK/petugas", f"/undangan/{TOKEN}"


def invite(pages: CitizenPages, name: str = "Bu Dewi", login: str = "dewi.trk") -> None:
    """Fill in the form, on the page of the staff."""
    pages.page.fill("#staff_name", name)
    pages.page.fill("#login", login)
    pages.submit("Buat undangan")


def end(pages: CitizenPages, name: str) -> None:
    """End a member's account, on the same page."""
    one = pages.page.get_by_role("article", name=name)
    one.locator("summary").click()
    with pages.page.expect_navigation():
        one.get_by_role("button", name="Ya, akhiri akun ini").click()


def choose_password(pages: CitizenPages, password: str) -> None:
    """Choose one, on the page of who is invited."""
    pages.page.fill("#password", password)
    pages.submit("Simpan dan masuk")


STAFF_STATES = {
    "staff": State(path=LIST, login=HEAD),
    "staff, nothing written": State(path=LIST, login=HEAD, then=lambda pages: pages.submit("Buat undangan")),
    "staff, login taken": State(path=LIST, login=HEAD, refuses=((InviteStaff, "login_taken"),), then=invite),
    "staff, one has left": State(path=LIST, login=HEAD, then=lambda pages: end(pages, "Pak Hasan")),
    "staff, one's own account": State(
        path=LIST,
        login=HEAD,
        refuses=((EndStaff, "own_account"),),
        then=lambda pages: end(pages, "Pak Hasan"),
    ),
    "staff, invitation": State(path=LIST, login=HEAD, then=invite),
    "invited": State(path=LINK),
    "invited, a short password": State(path=LINK, then=lambda pages: choose_password(pages, "pendek")),
    "invited, too late": State(path=LINK, refuses=((FindInvitation, "invitation_over"),)),
    "invited, used meanwhile": State(
        path=LINK,
        refuses=((AcceptInvitation, "invitation_over"),),
        then=lambda pages: choose_password(pages, "kata-sandi-baru"),
    ),
}
