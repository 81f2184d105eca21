"""Forms are read once, checked wholly, and lead on to this site alone."""

from datetime import date

import pytest

from gateway.pages.citizen.family import relative_of
from gateway.pages.citizen.registration import account_of
from gateway.pages.forms import FormFaults, first_faults, local_address

FORM = {
    "name": "Andi Pratama",
    "nik": "6473 0123 1190 0001",
    "birth_date": "23-11-1990",
    "sex": "male",
    "address": "Pak",
    "nickname": "Andi",
    "phone": "0812 3456 7890",
    "email": "andi@contoh.id",
    "password": "kata-sandi-panjang",
}


def test_a_registration_is_read() -> None:
    """The NIK may be written in groups; the name for the hall is address and nickname."""
    account = account_of(FORM, "id", "192.0.2.1")
    assert account.nik == "6473012311900001"
    assert account.birth_date == date(1990, 11, 23)
    assert account.display_name == "Pak Andi"


@pytest.mark.parametrize(
    ("typed", "read"), [("trk 7k3m9p", "TRK-7K3M9P"), ("TRK-7K3M9P", "TRK-7K3M9P"), ("", None)]
)
def test_the_code_from_the_paper_is_read_however_it_is_spaced(typed: str, read: str | None) -> None:
    """Most people have none."""
    assert account_of({**FORM, "booking_code": typed}, "id", "192.0.2.1").booking_code == read


def test_a_relative_is_read_by_the_same_form() -> None:
    """With the forms of address of a family."""
    form = {**FORM, "address": "Adik", "priority": "regular"}
    assert relative_of(form, "guardian").display_name == "Adik Andi"
    with pytest.raises(FormFaults) as told:
        relative_of(FORM | {"address": "Sdri.", "nickname": ""}, "guardian")
    assert list(told.value.faults) == ["address", "nickname"]


def test_every_fault_is_told_in_the_forms_order() -> None:
    """Not one after the other with each try."""
    with pytest.raises(FormFaults) as told:
        account_of({"nickname": "A" * 30, "address": "Raja", "email": "andi"}, "id", "192.0.2.1")
    assert list(told.value.faults.items()) == [
        ("name", "missing_field"),
        ("nik", "missing_field"),
        ("birth_date", "missing_field"),
        ("sex", "missing_field"),
        ("address", "missing_field"),
        ("nickname", "too_long"),
        ("phone", "missing_field"),
        ("email", "bad_form"),
        ("password", "missing_field"),
    ]


def test_of_a_field_the_first_fault_counts() -> None:
    """Too short and badly formed is too short."""
    assert first_faults([("/nik", "too_short"), ("/nik", "bad_form")]) == {"nik": "too_short"}


@pytest.mark.parametrize("address", ["/", "/?cari=Tarakan", "/tiket/TRK-7H3K9Q#isi"])
def test_addresses_of_this_site_are_gone_to(address: str) -> None:
    """With their query and fragment."""
    assert local_address(address, "/pesanan") == address


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "pesanan",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "/\n",
        "https://evil.example/",
        "javascript:x",
    ],
)
def test_other_addresses_are_not(address: str | None) -> None:
    """Browsers read some paths as another site's address; those too are refused."""
    assert local_address(address, "/pesanan") == "/pesanan"
