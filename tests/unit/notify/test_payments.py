"""What people are told of what they have to pay, and of their money."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from contracts.events import BookingExpired, BookingHeld, HoldGivenUp, PaymentSettled, RefundDue
from contracts.events.payment import PaymentState
from contracts.words import HoldEnd, Locale, RefundReason, SettlementCause, SettlementOutcome
from services.notify.domain.messages import Message
from services.notify.domain.payments import of_payment, of_refund
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


def settled(
    outcome: SettlementOutcome, cause: SettlementCause | None = "paid_late", **changes: Any
) -> PaymentState:
    """Money that arrived."""
    told = {
        "version": 3,
        "status": "paid",
        "settlement_id": "bank-000042",
        "outcome": outcome,
        "cause": cause,
    }
    return payment(PaymentSettled, **{**told, **changes})


def expired(cause: HoldEnd = "unpaid") -> PaymentState:
    """A hold that ended."""
    return payment(BookingExpired, version=2, status="lapsed", cause=cause)


def refund(reason: RefundReason = "paid_already") -> RefundDue:
    """Money that has to go back."""
    return RefundDue(
        version=1,
        refund_id=REFUND,
        person_id=PERSON,
        code="TRK-7KQ2MX",
        office="TRK",
        service="replacement",
        ends_at=NINE + timedelta(hours=1),
        billing_code="820261124000017",
        amount=1_000_000,
        reason=reason,
    )


def first(event: PaymentState | RefundDue) -> Message:
    """The message for the phone."""
    return (of_refund(event) if isinstance(event, RefundDue) else of_payment(event))[0]


REFUND = "01a1ff5a-fe84-742f-b2cc-e88000a2b2c2"
HELD = payment(BookingHeld)
EXPIRED = expired()
GIVEN_UP = payment(HoldGivenUp, version=2)
TOLD = (HELD, EXPIRED, settled("moved"), settled("credited"), GIVEN_UP, refund())


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
    topics = {
        (one.topic, one.version)
        for event in (HELD, EXPIRED, settled("moved"), settled("credited"))
        for one in of_payment(event)
    }
    assert topics == {(f"payment/{BOOKING}", version) for version in (1, 2, 3)}


@pytest.mark.parametrize("outcome", ["confirmed", "restored", "refund_due"])
def test_once_nothing_is_to_be_paid_the_bill_is_pointless(outcome: SettlementOutcome) -> None:
    """The confirmation with the ticket says the rest, or what has to go back."""
    asked = of_payment(settled(outcome, None))
    assert {(one.topic, one.version, one.told) for one in asked} == {(f"payment/{BOOKING}", 3, False)}


def test_another_amount_than_is_owed_leaves_the_bill_as_it_is() -> None:
    """It is still to be paid."""
    assert of_payment(settled("refund_due", None, status="due")) == ()


def test_money_that_goes_back_is_told_beside_the_rest() -> None:
    """A second payment takes nothing back of what was told of the first."""
    assert {one.topic for one in of_refund(refund())} == {f"refund/{REFUND}"}


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
        (EXPIRED, "tidak ditahan lagi: belum ada kabar", "no longer kept: we heard of no payment"),
        (expired("office_closed"), "kantor tidak melayani", "the office will not work"),
        (GIVEN_UP, "jangan membayar kode billing 820261124000017", "not pay billing code 820261124000017"),
        (settled("moved"), "setelah batas waktu. Kami memesan yang terdekat", "after its time. We booked"),
        (settled("moved", "office_closed"), "kantor tidak melayani", "the office will not work"),
        (settled("moved", "told_late"), "walaupun Anda membayar tepat waktu", "though you paid in time"),
        (settled("credited"), "pilih jadwal lain tanpa membayar lagi", "another time without paying again"),
        (refund(), f"tagihannya sudah lunas. Kami mencatatnya dengan nomor {REFUND}", "was paid already"),
        (refund("cancelled"), "Rp 1.000.000 untuk pemesanan TRK-7KQ2MX", "cancelled after it was paid"),
        (refund("given_up"), "sebelum uangnya tiba", "given up before the money came"),
        (refund("wrong_amount"), "tidak sama dengan tagihan", "not the amount of the bill"),
    ],
)
def test_what_becomes_of_money_is_said_in_both_languages(
    event: PaymentState | RefundDue, indonesian: str, english: str
) -> None:
    """Over both channels."""
    message = first(event)
    for locale, word in (("id", indonesian), ("en", english)):
        assert word in whatsapp_text(letter(message, locale))  # type: ignore[arg-type]  # of a tuple
        assert word in email(letter(message, locale)).text  # type: ignore[arg-type]  # of a tuple


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("event", TOLD, ids=lambda event: first(event).template)
def test_no_place_in_a_text_about_money_stays_empty(event: PaymentState | RefundDue, locale: Locale) -> None:
    """Every {{value}} that a registered template names is sent."""
    message = first(event)
    assert "{{" not in whatsapp_text(letter(message, locale))
    assert "{{" not in email(letter(message, locale)).text
