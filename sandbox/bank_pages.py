"""The bank's counter: a page on which one pays a billing code, and the same for programs.

GET  /bank            the page, with the last payments
POST /bank            its form: billing_code, amount, how, seconds
GET  /bank/payments   [{settlement_id, billing_code, amount, paid_at, how, answers}], newest first
POST /bank/payments   {"billing_code", "amount", "how", "seconds"} as JSON; the last two may be left out
"""

import re
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, get_args

import falcon
from falcon.asgi import Request, Response
from jinja2 import Environment, FileSystemLoader, select_autoescape

from sandbox.bank import Bank, How, Paid

_CODE = re.compile(r"[0-9]{15}")
_GAPS = re.compile(r"[\s.-]")
MOST_SECONDS = 86_400.0
MOST_RUPIAH = 10**10


class BankPage:
    """The page."""

    def __init__(self, bank: Bank, folder: Path) -> None:
        self._bank = bank
        self._templates = Environment(loader=FileSystemLoader(folder), autoescape=select_autoescape())

    async def on_get(self, req: Request, resp: Response) -> None:
        """Show the counter; `code` and `amount` of the address fill the form."""
        self._show(resp, written=dict(req.params))

    async def on_post(self, req: Request, resp: Response) -> None:
        """Take the money of the form."""
        written = await req.get_media()
        try:
            _pay(self._bank, written)
        except falcon.HTTPBadRequest as wrong:
            resp.status = falcon.HTTP_400
            self._show(resp, written=written, wrong=wrong.description)
            return
        raise falcon.HTTPSeeOther("/bank")

    def _show(self, resp: Response, *, written: Mapping[str, Any], wrong: str | None = None) -> None:
        page = self._templates.get_template("bank.html")
        resp.content_type = falcon.MEDIA_HTML
        resp.cache_control = ["no-store"]
        resp.text = page.render(payments=self._bank.payments, written=written, wrong=wrong)


class BankPayments:
    """The same for programs."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank

    async def on_get(self, _req: Request, resp: Response) -> None:
        """List the last payments."""
        resp.media = [asdict(paid) for paid in self._bank.payments]

    async def on_post(self, req: Request, resp: Response) -> None:
        """Take money."""
        resp.status = falcon.HTTP_202
        resp.media = asdict(_pay(self._bank, await req.get_media()))


def _pay(bank: Bank, written: Any) -> Paid:
    """Take the money that a form or a program tells of. Raises HTTPBadRequest."""
    try:
        code = _GAPS.sub("", str(written["billing_code"]))
        amount = int(_GAPS.sub("", str(written["amount"])))
        how, seconds = written.get("how", "on_time"), float(written.get("seconds") or 0)
    except (KeyError, TypeError, ValueError, AttributeError) as reason:
        raise falcon.HTTPBadRequest(description="billing_code and amount are needed") from reason
    if not _CODE.fullmatch(code):
        raise falcon.HTTPBadRequest(description="a billing code has 15 digits")
    if not 0 < amount <= MOST_RUPIAH or not 0 <= seconds <= MOST_SECONDS or how not in get_args(How):
        raise falcon.HTTPBadRequest(description=f"amount, how ({', '.join(get_args(How))}) or seconds")
    return bank.pay(code, amount, how=how, seconds=seconds)
