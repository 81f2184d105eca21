"""Booking codes."""

from hypothesis import given
from hypothesis import strategies as st

from contracts import schema
from contracts.requests.booking import GetBooking
from services.booking.domain.booking_code import CODE_BITS, booking_code

number = st.integers(0, 2**CODE_BITS - 1)


@given(number)
def test_every_number_makes_a_code_of_the_contract(drawn: int) -> None:
    """The form is the one that the contract asks for."""
    code = booking_code("TRK", drawn)
    assert schema.load(GetBooking, {"person_id": "p", "code": code}).code == code


@given(number, number)
def test_two_numbers_never_make_one_code(first: int, second: int) -> None:
    """No bit of the number is lost."""
    assert (booking_code("TRK", first) == booking_code("TRK", second)) == (first == second)


def test_codes_begin_with_the_office_and_use_crockfords_alphabet() -> None:
    """The first and the last number show the alphabet's ends."""
    assert booking_code("SKW", 0) == "SKW-000000"
    assert booking_code("SKW", 2**CODE_BITS - 1) == "SKW-ZZZZZZ"
