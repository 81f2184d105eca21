"""The bank's counter: a page on which one pays a billing code, and the same for programs.

GET  /bank            the page, with the last payments; with what was typed, and why it is no payment
POST /bank            its form: billing_code, amount, how, seconds
GET  /bank/payments   [{settlement_id, billing_code, amount, paid_at, how, answers}], newest first
POST /bank/payments   {"billing_code", "amount", "how", "seconds"} as JSON; the last two may be left out
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urlencode

import falcon
from falcon.asgi import Request, Response
from jinja2 import Environment, FileSystemLoader, select_autoescape

from sandbox.bank import Bank, How, Paid

_CODE = re.compile(r"[0-9]{15}")
_GAPS = re.compile(r"[\s.-]")
_AMOUNT = re.compile(r"(?:rp\.?)?\s*([0-9]+|[0-9]{1,3}(?:[.,\s][0-9]{3})+)", re.IGNORECASE)
"""1000000, or as bills write it: Rp 1.000.000, in English Rp 1,000,000."""
_THOUSANDS = re.compile(r"[.,\s]")
_CHECKED = "periksa"
MOST_SECONDS = 86_400.0
MOST_RUPIAH = 10**10


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """What cannot be paid, in the two languages of the page."""

    id: str
    en: str


class NotPayable(Exception):
    """What was written is no payment."""

    def __init__(self, indonesian: str, english: str) -> None:
        super().__init__(english)
        self.wrong = Wrong(id=indonesian, en=english)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Payment:
    """What somebody pays, and how it comes to be told."""

    code: str
    amount: int
    how: How
    seconds: float


class BankPage:
    """The page."""

    def __init__(self, bank: Bank, folder: Path) -> None:
        self._bank = bank
        self._templates = Environment(loader=FileSystemLoader(folder), autoescape=select_autoescape())

    async def on_get(self, req: Request, resp: Response) -> None:
        """Show the counter; `code` and `amount` of the address fill it, `periksa` says what is wrong."""
        written = dict(req.params)
        self._show(resp, written=written, wrong=_wrong_in(written) if _CHECKED in written else None)

    async def on_post(self, req: Request, _resp: Response) -> None:
        """Take the money of the form; neither Back nor a reload takes it again."""
        written = await req.get_media()
        try:
            _pay(self._bank, written)
        except NotPayable as reason:
            typed = {**written, _CHECKED: "1"} if isinstance(written, Mapping) else {_CHECKED: "1"}
            raise falcon.HTTPSeeOther(f"/bank?{urlencode(typed)}") from reason
        raise falcon.HTTPSeeOther("/bank")

    def _show(self, resp: Response, *, written: Mapping[str, Any], wrong: Wrong | None = None) -> None:
        page = self._templates.get_template("bank.html")
        resp.content_type = falcon.MEDIA_HTML
        resp.cache_control = ["no-store"]
        resp.text = page.render(bank=self._bank, written=written, wrong=wrong)


class BankPayments:
    """The same for programs."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank

    async def on_get(self, _req: Request, resp: Response) -> None:
        """List the last payments."""
        resp.media = [asdict(paid) for paid in self._bank.payments]

    async def on_post(self, req: Request, resp: Response) -> None:
        """Take money."""
        try:
            paid = _pay(self._bank, await req.get_media())
        except NotPayable as reason:
            raise falcon.HTTPBadRequest(description=reason.wrong.en) from reason
        resp.status = falcon.HTTP_202
        resp.media = asdict(paid)


def _pay(bank: Bank, written: Any) -> Paid:
    """Take the money that a form or a program tells of. Raises NotPayable."""
    payment = _payment_in(written)
    return bank.pay(payment.code, payment.amount, how=payment.how, seconds=payment.seconds)


def _wrong_in(written: Any) -> Wrong | None:
    """Say why nothing was paid."""
    try:
        _payment_in(written)
    except NotPayable as reason:
        return reason.wrong
    return None


def _payment_in(written: Any) -> _Payment:
    """Read what is to be paid. Raises NotPayable."""
    if not isinstance(written, Mapping):
        raise NotPayable("Isi kode billing dan jumlahnya.", "Write billing_code and amount.")
    code = _GAPS.sub("", str(written.get("billing_code", "")))
    if not _CODE.fullmatch(code):
        raise NotPayable("Kode billing terdiri dari 15 angka.", "A billing code has 15 digits.")
    how = written.get("how", "on_time")
    if how not in get_args(How):
        raise NotPayable("Pilih yang terjadi dari daftar.", f"`how` is one of {', '.join(get_args(How))}.")
    return _Payment(code=code, amount=_amount(written), how=how, seconds=_seconds(written))


def _amount(written: Mapping[str, Any]) -> int:
    read = _AMOUNT.fullmatch(str(written.get("amount", "")).strip())
    amount = int(_THOUSANDS.sub("", read[1])) if read else 0
    if not 0 < amount <= MOST_RUPIAH:
        raise NotPayable(
            "Tulis jumlahnya dalam rupiah, misalnya Rp 1.000.000, paling banyak Rp 10.000.000.000.",
            "Write the amount in rupiah, like Rp 1.000.000, at most Rp 10.000.000.000.",
        )
    return amount


def _seconds(written: Mapping[str, Any]) -> float:
    try:
        seconds = float(written.get("seconds") or 0)
    except (TypeError, ValueError):
        seconds = -1.0
    if not 0 <= seconds <= MOST_SECONDS:
        raise NotPayable(
            "Terlambatnya ditulis dalam detik, 0 sampai 86400.", "Seconds late are a number from 0 to 86400."
        )
    return seconds
