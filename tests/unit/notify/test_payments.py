"""What people are told of what they have to pay, and of their money."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from contracts.events import BookingExpired, BookingHeld, PaymentSettled
from contracts.events.payment import PaymentState
from contracts.words import Locale, SettlementOutcome
from services.notify.domain.payments import of_payment
from services.notify.texts.letters import email
from tests.unit.notify.samples import BOOKING, PERSON
from tests.unit.notify.test_texts import LOCALES, letter, whatsapp_text

NINE = datetime(2026, 11, 24, 1, tzinfo=UTC)


def payment(kind: type[PaymentState], **changes: Any) -> PaymentState:
    """A lost passport at Tarakan on a Tuesday at 09.00 WITA; to be paid the day before until 10.30."""
    told: dict[str, Any] = {
        "version": 1,
        "payment_id": BOOKING,
        "person_id": PERSON,
        "code": "TRK-7KQ2MX",
        "people": 1,
        "office": "TRK",
        "service": "replacement",
        "starts_at": NINE,
        "ends_at": NINE + timedelta(hours=1),
        "billing_code": "820261124000017",
        "amount": 1_000_000,
        "due_at": NINE - timedelta(hours=22, minutes=30),
        "status": "due",
        **changes,
    }
    return kind(**told)


def settled(outcome: SettlementOutcome) -> PaymentState:
    """Money that arrived."""
    more = {"version": 3, "status": "paid", "settlement_id": "bank-000042", "outcome": outcome}
    return payment(PaymentSettled, **more)


HELD = payment(BookingHeld)
EXPIRED = payment(BookingExpired, version=2, status="lapsed")
TOLD = (HELD, EXPIRED, settled("moved"), settled("credited"), settled("refund_due"))


def test_who_has_to_pay_is_told_at_once_over_both_channels_until_the_hold_ends() -> None:
    """Later it is of no use: the place is not kept any more."""
    asked = of_payment(HELD)
    assert [(one.template, one.channel) for one in asked] == [
        ("payment_due", "whatsapp"),
        ("payment_due", "email"),
    ]
    assert {one.expires_at for one in asked} == {HELD.due_at}
    assert all(one.urgent for one in asked)


def test_the_end_of_a_hold_makes_the_bill_pointless() -> None:
    """Both are about the same payment; what becomes of late money is newer than both."""
    topics = {(one.topic, one.version) for event in TOLD[:4] for one in of_payment(event)}
    assert topics == {(f"payment/{BOOKING}", version) for version in (1, 2, 3)}


@pytest.mark.parametrize("outcome", ["confirmed", "restored"])
def test_money_that_makes_a_booking_sure_needs_no_message_of_its_own(outcome: SettlementOutcome) -> None:
    """The confirmation with the ticket says it."""
    assert of_payment(settled(outcome)) == ()


def test_money_that_goes_back_is_told_beside_the_rest() -> None:
    """A second payment takes nothing back of what was told of the first."""
    assert {one.topic for one in of_payment(settled("refund_due"))} == {"settlement/bank-000042"}


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("id", ("Rp 1.000.000", "820261124000017", "Senin, 23 November 2026 pukul 10.30 WITA", "09.00 WITA")),
        ("en", ("Rp 1,000,000", "820261124000017", "Monday, 23 November 2026 at 10:30 WITA", "09:00 WITA")),
    ],
)
def test_a_bill_says_how_much_with_which_code_and_until_when(locale: Locale, words: tuple[str, ...]) -> None:
    """By the office's clock, with the way to the booking."""
    message, _ = of_payment(HELD)
    for text in (whatsapp_text(letter(message, locale)), email(letter(message, locale)).text):
        for word in (*words, "TRK-7KQ2MX", "https://antrean.example/tiket/TRK-7KQ2MX"):
            assert word in text


@pytest.mark.parametrize(
    ("event", "indonesian", "english"),
    [
        (EXPIRED, "tidak ditahan lagi", "no longer kept"),
        (settled("moved"), "Kami memesan yang terdekat", "We booked the nearest one"),
        (settled("credited"), "pilih jadwal lain tanpa membayar lagi", "another time without paying again"),
        (settled("refund_due"), "bank-000042", "bank-000042"),
    ],
)
def test_what_becomes_of_money_is_said_in_both_languages(
    event: PaymentState, indonesian: str, english: str
) -> None:
    """Over both channels."""
    message, _ = of_payment(event)
    for locale, word in (("id", indonesian), ("en", english)):
        assert word in whatsapp_text(letter(message, locale))  # type: ignore[arg-type]  # of a tuple
        assert word in email(letter(message, locale)).text  # type: ignore[arg-type]  # of a tuple


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("event", TOLD, ids=lambda event: of_payment(event)[0].template)
def test_no_place_in_a_text_about_money_stays_empty(event: PaymentState, locale: Locale) -> None:
    """Every {{value}} that a registered template names is sent."""
    message, _ = of_payment(event)
    assert "{{" not in whatsapp_text(letter(message, locale))
    assert "{{" not in email(letter(message, locale)).text
