"""Messages as WhatsApp templates: the name, the language and the values; WhatsApp puts them into the text.

`whatsapp.json` holds the texts as they are registered with WhatsApp: each entry is the body of one
`POST /{business-account}/message_templates` (Cloud API v23.0, named parameters). The values that a
template is sent are the ones that its text names, in the text's order.

What brings a code is an authentication template: WhatsApp alone words it, in each language, and adds a
button that copies the code. So all codes have one template, and what a code is for is said by the page that
asks for it.

Source: WhatsApp Cloud API, "Copy code authentication templates".
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from services.notify.domain.messages import Template
from services.notify.texts.wording import Letter, values

_CODE: Template = "one_time_code"
_OF_CODES: frozenset[Template] = frozenset({_CODE, "recovery_code", "contact_code"})
_NAMED = re.compile(r"\{\{([a-z_]+)\}\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateMessage:
    """A template by name and language, with the named values of its body in order, or with a code alone."""

    name: str
    language: str
    parameters: tuple[tuple[str, str], ...] = ()
    one_time_code: str | None = None


def template_message(letter: Letter) -> TemplateMessage:
    """Choose the template for a letter, and fill its values."""
    known = values(letter)
    language = letter.contact.locale
    if letter.template in _OF_CODES:
        return TemplateMessage(name=_CODE, language=language, one_time_code=known["one_time_code"])
    return TemplateMessage(
        name=letter.template,
        language=language,
        parameters=tuple((name, known[name]) for name in _parameter_names(letter.template, language)),
    )


@cache
def _parameter_names(template: str, language: str) -> tuple[str, ...]:
    [text] = [
        component["text"]
        for entry in json.loads(files(__package__).joinpath("whatsapp.json").read_bytes())
        if (entry["name"], entry["language"]) == (template, language)
        for component in entry["components"]
        if component["type"] == "BODY"
    ]
    return tuple(dict.fromkeys(_NAMED.findall(text)))
