"""The pages of who books for people, as they handle them."""

from typing import Self

from tests.e2e.screens import CitizenPages, Person


class HelpPages(CitizenPages):
    """An officer or a village's clerk before the site."""

    @classmethod
    def over(cls, pages: CitizenPages) -> Self:
        """Go on with pages that are open already."""
        return cls(pages.page, pages.url)

    def fill(self, person: Person) -> None:
        """Fill in who comes, and go on to the consent."""
        for field in ("name", "nik", "birth_date", "nickname"):
            self.page.fill(f"#{field}", getattr(person, field))
        self.page.get_by_role("radio", name=person.address, exact=True).check()
        self.submit("Lanjut: persetujuan")

    def agree(self) -> None:
        """Say that the applicant agreed before one's eyes, and book."""
        self.page.get_by_label("Bagaimana pemohon menyetujui?").select_option("spoken")
        self.page.get_by_label("setuju dipesankan").check()
        self.submit("Pesankan sekarang")

    def book(self, person: Person) -> None:
        """Fill in both screens, and book."""
        self.fill(person)
        self.agree()

    def book_without_consent(self, person: Person) -> None:
        """Say how the applicant agreed, but not that they did."""
        self.fill(person)
        self.page.get_by_label("Bagaimana pemohon menyetujui?").select_option("spoken")
        self.submit("Pesankan sekarang")

    def find(self, code: str) -> None:
        """Look for what was booked, on the page where helping begins."""
        self.page.get_by_label("Kode pemesanan").fill(code)
        self.submit("Cari tiket")
