"""The message templates registered with WhatsApp, and the text that a filled one shows.

Read from a JSON list whose entries have the form of `POST /{business-account}/message_templates`: one BODY
with named parameters, or, for authentication, a code with the button that copies it (`code_template.py`).
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

import orjson

from sandbox.code_template import CodeTemplate
from sandbox.graph_errors import GraphError

Component = Mapping[str, Any]

_NAMED = re.compile(r"\{\{([a-z0-9_]+)\}\}")
_FORBIDDEN = re.compile(r"[\n\t]| {5,}")
_LONGEST_TEXT = 1024


class Template(Protocol):
    """A template that can be filled."""

    def fill(self, components: list[Component]) -> str:
        """Return the text that the reader sees.

        Raises GraphError where WhatsApp refuses; LookupError, TypeError, AttributeError for another form.
        """
        ...


class RegisteredTemplates:
    """The templates by name and language."""

    def __init__(self, entries: list[dict[str, Any]]) -> None:
        self._templates = {(entry["name"], entry["language"]): _template(entry) for entry in entries}

    @classmethod
    def from_file(cls, path: Path) -> "RegisteredTemplates":
        """Read the templates; raises OSError, ValueError, LookupError."""
        return cls(orjson.loads(path.read_bytes()))

    def fill(self, name: str, language: str, components: list[Component]) -> str:
        """Return the text that the reader sees; raises as `Template.fill` does."""
        template = self._templates.get((name, language))
        if template is None:
            raise GraphError(132001, f"template name ({name}) does not exist in {language}")
        return template.fill(components)


class NamedTemplate:
    """A text with names in it."""

    def __init__(self, text: str) -> None:
        self._text = text

    def fill(self, components: list[Component]) -> str:
        """Put the values into the text; raises GraphError."""
        values = _body_values(components)
        expected = set(_NAMED.findall(self._text))
        if len(values) != len(expected):
            counts = f"number of localizable_params ({len(values)})"
            raise GraphError(
                132000, f"body: {counts} does not match the expected number of params ({len(expected)})"
            )
        if set(values) != expected:
            raise GraphError(132012, f"body: unexpected parameters {sorted(set(values) - expected)}")
        if any(_FORBIDDEN.search(value) for value in values.values()):
            raise GraphError(
                132018, "Param text cannot have new-line/tab characters or more than 4 consecutive spaces"
            )
        filled = _NAMED.sub(lambda named: values[named[1]], self._text)
        if len(filled) > _LONGEST_TEXT:
            raise GraphError(132005, f"body: {len(filled)} characters, at most {_LONGEST_TEXT} are allowed")
        return filled


def _template(entry: Mapping[str, Any]) -> Template:
    if entry["category"] == "AUTHENTICATION":
        return CodeTemplate.registered(entry)
    if entry["parameter_format"] != "NAMED":
        raise ValueError(f"{entry['name']}: only named parameters are known here")
    [text] = [component["text"] for component in entry["components"] if component["type"] == "BODY"]
    return NamedTemplate(str(text))


def _body_values(components: list[Component]) -> dict[str, str]:
    values: dict[str, str] = {}
    for component in components:
        if component["type"].lower() != "body":
            raise GraphError(132012, f"component {component['type']} is not part of the template")
        for parameter in component["parameters"]:
            if not parameter.get("parameter_name"):
                raise GraphError(100, "Parameter name is missing or empty")
            if parameter["type"] != "text" or not isinstance(parameter["text"], str) or not parameter["text"]:
                raise GraphError(131009, "Only text parameters with a text are expected.")
            values[parameter["parameter_name"]] = parameter["text"]
    return values
