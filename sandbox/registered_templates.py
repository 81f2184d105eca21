"""The message templates registered with WhatsApp, and the text that a filled one shows.

Read from a JSON list whose entries have the form of `POST /{business-account}/message_templates`:
named parameters, one BODY.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from sandbox.graph_errors import GraphError

_NAMED = re.compile(r"\{\{([a-z0-9_]+)\}\}")
_FORBIDDEN = re.compile(r"[\n\t]| {5,}")
_LONGEST_TEXT = 1024


class RegisteredTemplates:
    """The texts by name and language."""

    def __init__(self, entries: list[dict[str, Any]]) -> None:
        self._texts = {(entry["name"], entry["language"]): _body_text(entry) for entry in entries}

    @classmethod
    def from_file(cls, path: Path) -> "RegisteredTemplates":
        """Read the templates; raises OSError, ValueError, LookupError."""
        return cls(orjson.loads(path.read_bytes()))

    def fill(self, name: str, language: str, values: Mapping[str, str]) -> str:
        """Return the text that the reader sees; raises GraphError where WhatsApp refuses."""
        text = self._texts.get((name, language))
        if text is None:
            raise GraphError(132001, f"template name ({name}) does not exist in {language}")
        expected = set(_NAMED.findall(text))
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
        filled = _NAMED.sub(lambda named: values[named[1]], text)
        if len(filled) > _LONGEST_TEXT:
            raise GraphError(132005, f"body: {len(filled)} characters, at most {_LONGEST_TEXT} are allowed")
        return filled


def _body_text(entry: Mapping[str, Any]) -> str:
    if entry["parameter_format"] != "NAMED":
        raise ValueError(f"{entry['name']}: only named parameters are known here")
    [text] = [component["text"] for component in entry["components"] if component["type"] == "BODY"]
    return str(text)
