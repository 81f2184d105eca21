"""Turn a template and its values into a page in the reader's language."""

import gzip
import re
from collections.abc import Mapping
from functools import partial
from types import CodeType
from typing import Any
from urllib.parse import urlencode

import falcon
from falcon.asgi import Request, Response
from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket

from contracts.words import Locale
from gateway import errors
from gateway.device_cookies import is_device
from gateway.locale import LANGUAGE_COOKIE
from gateway.pages import dates, documents, money
from gateway.pages.assets import WEB, Assets, accepts_gzip
from gateway.pages.catalogue import script_words, translations
from gateway.pages.phones import dialled
from gateway.pages.sent_back import is_sent_back

_YEAR_SECONDS = 365 * 24 * 3600
_WORTH_COMPRESSING_BYTES = 1024
_CLASS = re.compile(r"Kelas (I+)\b")


class _CompiledOnce(BytecodeCache):
    """Templates compiled in this process, for every language and every site in it: each takes some 20 ms."""

    def __init__(self) -> None:
        self._compiled: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template its code, if the same text was compiled before."""
        bucket.code = self._compiled.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template's code."""
        if bucket.code is not None:
            self._compiled[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _CompiledOnce()


class Renderer:
    """Renders pages; one environment for each language, made at start."""

    def __init__(self, assets: Assets) -> None:
        self._environments: dict[Locale, Environment] = {
            "id": _environment(assets, "id"),
            "en": _environment(assets, "en"),
        }

    def show(self, req: Request, resp: Response, template: str, /, **values: Any) -> None:
        """Answer the page. Pages with a person's own data, and forms sent back, are kept by no cache."""
        locale: Locale = req.context.locale
        access = req.context.access
        page = self._environments[locale].get_template(template)
        html = page.render(
            person=access,
            on_device=is_device(req),
            here=req.relative_uri,
            other_locale=_other_locale(req),
            **values,
        ).encode()
        resp.content_type = falcon.MEDIA_HTML
        resp.set_header("Content-Language", locale)
        resp.set_header("Cache-Control", "no-store" if access or is_sent_back(req) else "no-cache")
        resp.append_header("Vary", "Cookie, Accept-Language, Accept-Encoding")
        _remember_language(req, resp)
        if len(html) >= _WORTH_COMPRESSING_BYTES and accepts_gzip(req):
            html = gzip.compress(html, compresslevel=6, mtime=0)
            resp.set_header("Content-Encoding", "gzip")
        resp.data = html


def unbroken(office_name: str) -> str:
    """Keep an office's class on one line: "Kelas II" means nothing in two."""
    return _CLASS.sub("Kelas\N{NO-BREAK SPACE}\\1", office_name)


def _environment(assets: Assets, locale: Locale) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(WEB / "templates"),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
        bytecode_cache=_COMPILED,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words = translations(locale)
    environment.install_gettext_callables(  # type: ignore[attr-defined]  # added by the i18n extension
        words.gettext, words.ngettext, newstyle=True
    )
    environment.filters.update(unbroken=unbroken, dialled=dialled)
    environment.globals.update(
        locale=locale,
        asset=assets.address,
        script_words=script_words(locale),
        day_words=partial(dates.day_words, locale=locale),
        weekday_words=partial(dates.weekday_words, locale=locale),
        month_words=partial(dates.month_words, locale=locale),
        hour_words=partial(dates.hour_words, locale=locale),
        moment_words=partial(dates.moment_words, locale=locale),
        duration_words=partial(dates.duration_words, locale=locale),
        zone_words=dates.zone_words,
        documents=partial(documents.documents, locale=locale),
        childs_documents=partial(documents.childs_documents, locale=locale),
        rupiah_words=partial(money.rupiah_words, locale=locale),
        local_day=dates.local_day,
        local_hour=dates.local_hour,
        title=partial(errors.title, locale=locale),
        advice=partial(errors.advice, locale=locale),
        fault_sentence=partial(errors.fault_sentence, locale=locale),
    )
    return environment


def _other_locale(req: Request) -> Mapping[str, str]:
    """Say how to get the same page in the other language."""
    locale: Locale = "en" if req.context.locale == "id" else "id"
    return {
        "locale": locale,
        "address": f"{req.path}?{urlencode({**req.params, 'lang': locale}, doseq=True)}",
    }


def _remember_language(req: Request, resp: Response) -> None:
    """Keep the language that somebody asked for by name."""
    if req.get_param("lang") == req.context.locale:
        resp.set_cookie(
            LANGUAGE_COOKIE,
            req.context.locale,
            max_age=_YEAR_SECONDS,
            path="/",
            secure=False,
            same_site="Lax",
        )
