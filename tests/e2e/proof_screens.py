"""The pages of who forgot the password, or is to be reached elsewhere, as they handle them."""

from typing import Self

from tests.e2e.screens import SIGN_IN_WORD, CitizenPages

NEW_WORD = "kata-sandi-baru"


class ProofPages(CitizenPages):
    """A citizen, or an officer who helps one, before the site."""

    @classmethod
    def over(cls, pages: CitizenPages) -> Self:
        """Go on with pages that are open already."""
        return cls(pages.page, pages.url)

    def forget(self, login: str) -> None:
        """Say which account it is, on the page of forgotten passwords."""
        self.page.fill("#login", login)
        self.submit("Lanjut: minta kode")

    def recover(
        self, phone_code: str = "123456", email_code: str = "654321", password: str = NEW_WORD
    ) -> None:
        """Type both codes and a new password."""
        self.page.fill("#phone_code", phone_code)
        self.page.fill("#email_code", email_code)
        self.page.fill("#password", password)
        self.submit("Simpan dan masuk")

    def be_reached_at(self, phone: str, email: str = "", password: str = SIGN_IN_WORD) -> None:
        """Write another number or address on the account's page, which is shown."""
        form = self.page.locator("form#kontak")
        form.locator("#phone").fill(phone)
        form.locator("#email").fill(email)
        form.locator("#contact_password").fill(password)
        self.submit("Lanjut: minta kode")

    def prove_number(self, phone_code: str = "123456") -> None:
        """Type the code that came to the new number."""
        self.page.fill("#phone_code", phone_code)
        self.submit("Simpan")

    def help_in(self) -> None:
        """As an officer: write down the identity card, and where the person is reached now."""
        self.page.fill("#name", "Andi Pratama")
        self.page.fill("#nik", "6473 0123 1190 0001")
        self.page.fill("#birth_date", "23-11-1990")
        self.page.fill("#phone", "0812 9876 5432")
        self.page.fill("#email", "andi.baru@contoh.id")
        self.submit("Kirim kode ke pemohon")
