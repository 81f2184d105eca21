"""The scalar words of the field, each with the form it must have on the wire."""

from datetime import datetime
from typing import Annotated, Any, Literal, TypeVar

from marshmallow import ValidationError, fields, validate

from contracts.schema import BAD_FORM, OUT_OF_RANGE, TOO_LONG, TOO_SHORT, WholeNumber
from contracts.visible_text import VisibleText

F = TypeVar("F", bound=fields.Field[Any])


class _LengthCode(validate.Validator):
    """A text's length, told apart as too short and too long."""

    def __init__(self, shortest: int, longest: int) -> None:
        self.min = shortest
        self.max = longest
        self.equal = None  # by these three names apispec knows a length

    def __call__(self, value: str) -> str:
        if len(value) > self.max:
            raise ValidationError(f"{TOO_LONG} {self.max}")
        if len(value) < self.min:
            raise ValidationError(f"{TOO_SHORT} {self.min}")
        return value


def _text(longest: int, *, shortest: int = 1, form: str | None = None) -> type[fields.String]:
    checks: list[Any] = [_LengthCode(shortest, longest)]
    if form is not None:
        checks.append(validate.Regexp(form, error=BAD_FORM))
    return _checked(fields.String, checks)


def _visible(longest: int, *, shortest: int = 1) -> type[fields.String]:
    return _checked(fields.String, [_LengthCode(shortest, longest), VisibleText(error=BAD_FORM)])


def whole_number(lowest: int, highest: int) -> type[fields.Integer]:
    """Make the field of a whole number within bounds."""
    return _checked(
        WholeNumber, [validate.Range(lowest, highest, error=f"{OUT_OF_RANGE} {lowest} {highest}")]
    )


class _Number(fields.Float):
    """A number as JSON has them; marshmallow would take "1.5" and true too."""

    def _validated(self, value: Any) -> float:
        if isinstance(value, str | bool):
            raise self.make_error("invalid", input=value)
        return super()._validated(value)


def _degrees(most: int) -> type[fields.Float]:
    return _checked(_Number, [validate.Range(-most, most, error=f"{OUT_OF_RANGE} {-most} {most}")])


def _checked(field: type[F], checks: list[Any]) -> type[F]:
    """Bind checks to a field class: marshmallow_dataclass makes `X | None` optional for classes only."""

    class Checked(field):  # type: ignore[valid-type, misc]  # the base is a parameter
        def __init__(self, **options: Any) -> None:
            super().__init__(**options, validate=checks)

    return Checked


_CLOCK = r"([01][0-9]|2[0-3])[.:][0-5][0-9]"
_CLOCK_OR_MIDNIGHT = rf"({_CLOCK}|24[.:]00)"

OfficeCode = Annotated[str, _text(3, form=r"^[A-Z]{3}\Z")]
ServiceCode = Literal["new", "renewal", "epassport", "replacement", "collection"]
PriorityClass = Literal["regular", "elderly", "disabled", "pregnant", "infant", "ill"]
OfficeStatus = Literal["planned", "socialisation", "pilot", "live", "suspended"]
BookingStatus = Literal["held", "booked", "served", "no_show", "cancelled", "expired", "paid"]
PaymentStatus = Literal["due", "expired", "paid", "credit", "refund_due", "refunded", "void"]
SettlementOutcome = Literal["confirmed", "restored", "moved", "credited", "refund_due"]
RefundReason = Literal[
    "unknown_billing_code",
    "wrong_amount",
    "paid_already",
    "given_up",
    "cancelled",
    "unreadable",
    "settlement_id_reused",
]
SettlementCause = Literal["paid_late", "told_late", "office_closed"]
HoldEnd = Literal["unpaid", "office_closed"]
WaitlistStatus = Literal["waiting", "offered", "booked", "expired", "left"]
TicketState = Literal["waiting", "called", "held", "served", "no_show"]
TicketOrigin = Literal["booking", "walk_in"]
TurnRule = Literal["appointment", "late", "walk_in", "priority", "returned"]
VisitOutcome = Literal["done", "incomplete", "rejected", "other_day"]
CallReason = Literal["ill", "far", "returned", "mistake", "other"]
CounterStanding = Literal["open", "paused", "closed"]
OutageCause = Literal["closed", "holiday", "hours", "suspended"]
HomeVisitStatus = Literal["requested", "scheduled", "done", "declined", "withdrawn"]
HomeVisitReason = Literal["ill", "disabled", "elderly"]
HomeVisitDecline = Literal["conditions_not_met", "outside_area", "no_team", "address_unclear"]
Role = Literal["citizen", "officer", "kiosk", "board", "head", "village", "admin"]
DeviceKind = Literal["kiosk", "board", "counter_board"]
DeviceEnd = Literal["revoked", "secret_reused"]
Locale = Literal["id", "en"]
Sex = Literal["male", "female"]
ShownAs = Literal["number", "initials", "masked", "name"]
NikOverrideReason = Literal["printed_on_card", "registry_error", "date_corrected", "sex_corrected"]
Channel = Literal["whatsapp", "email"]

PersonName = Annotated[str, _visible(120)]
DeviceName = Annotated[str, _visible(40)]
DISPLAY_NAME_LENGTH = 24
DisplayName = Annotated[str, _visible(DISPLAY_NAME_LENGTH)]
PublicNote = Annotated[str, _visible(120)]
ClockTime = Annotated[str, _text(20, form=rf"^{_CLOCK}\Z")]
ClockSpan = Annotated[str, _text(20, form=rf"^{_CLOCK}-{_CLOCK_OR_MIDNIGHT}\Z")]
HomeAddress = Annotated[str, _visible(300, shortest=10)]
PrivateNote = Annotated[str, _visible(300)]
RegionName = Annotated[str, _visible(60)]
Nik = Annotated[str, _text(16, shortest=16, form=r"^[0-9]{16}\Z")]
Phone = Annotated[str, _text(20, shortest=8, form=r"^\+?[0-9 ()-]+\Z")]
Email = Annotated[str, _checked(fields.Email, [_LengthCode(3, 254)])]
Password = Annotated[str, _text(128, shortest=10)]
# PostgreSQL's text cannot hold the NUL that JSON can write.
OneTimeCode = Annotated[str, _text(6, shortest=6, form=r"^[0-9]{6}\Z")]
Login = Annotated[str, _text(254, form=r"^[^\x00]+\Z")]
StaffLogin = Annotated[str, _text(40, shortest=3, form=r"^[a-z][a-z0-9]*([.-][a-z0-9]+)*\Z")]
StaffRole = Literal["officer", "head"]
StaffState = Literal["active", "invited", "inactive"]
InvitationToken = Annotated[str, _text(43, shortest=43, form=r"^[A-Za-z0-9_-]{43}\Z")]
Secret = Annotated[str, _text(128)]
BookingCode = Annotated[str, _text(12, form=r"^[A-Z]{3}-[0-9A-HJKMNP-TV-Z]{6}\Z")]
TicketNumber = Annotated[str, _text(8, form=r"^[A-Z]-[0-9]{3,5}\Z")]
TicketText = Annotated[str, _text(600, shortest=8)]
PlanEdition = Annotated[str, _text(32, shortest=32, form=r"^[0-9a-f]{32}\Z")]
BillingCode = Annotated[str, _text(15, shortest=15, form=r"^[1-9][0-9]{14}\Z")]
SettlementId = Annotated[str, _text(64, form=r"^[\x21-\x7e]+\Z")]
WebhookId = Annotated[str, _text(1024)]
# As much as the gateway takes of any body, in base64.
WebhookBody = Annotated[str, _text(87_384, shortest=0, form=r"^[A-Za-z0-9+/]*={0,2}\Z")]
IdempotencyKey = Annotated[str, _text(64, shortest=8, form=r"^[\x21-\x7e]+\Z")]
Rupiah = Annotated[int, whole_number(1, 10**10)]
CounterNumber = Annotated[int, whole_number(1, 99)]
Count = Annotated[int, whole_number(0, 2**31 - 1)]
Latitude = Annotated[float, _degrees(90)]
Longitude = Annotated[float, _degrees(180)]
Version = Annotated[int, whole_number(1, 2**62)]
Instant = Annotated[datetime, fields.AwareDateTime]
