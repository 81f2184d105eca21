"""A template that brings a one-time code: WhatsApp words it, and adds a button that copies the code.

    POST /{business-account}/message_templates
    {"name": ..., "language": ..., "category": "AUTHENTICATION", "components": [
      {"type": "BODY", "add_security_recommendation": true},
      {"type": "FOOTER", "code_expiration_minutes": 10},
      {"type": "BUTTONS", "buttons": [{"type": "OTP", "otp_type": "COPY_CODE"}]}]}

Whoever sends one names the code twice, for the text and for the button.

Source: WhatsApp Cloud API, "Copy code authentication templates" (v23.0).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from sandbox.graph_errors import GraphError

_LONGEST_CODE = 15
_LONGEST_MINUTES = 90

_WORDS = {
    "id": (
        "{code} adalah kode verifikasi Anda.",
        "Demi keamanan, jangan bagikan kode ini.",
        "Kode ini kedaluwarsa dalam {minutes} menit.",
    ),
    "en": (
        "{code} is your verification code.",
        "For your security, do not share this code.",
        "This code expires in {minutes} minutes.",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeTemplate:
    """One as it is registered, in one language."""

    language: str
    recommends: bool
    minutes: int | None

    @classmethod
    def registered(cls, entry: Mapping[str, Any]) -> Self:
        """Read a registration. Raises ValueError where WhatsApp would not take it, LookupError."""
        components = {component["type"]: component for component in entry["components"]}
        [button] = components["BUTTONS"]["buttons"]
        if (button["type"], button["otp_type"]) != ("OTP", "COPY_CODE"):
            raise ValueError(f"{entry['name']}: without a button that copies the code it cannot be sent")
        if "text" in components["BODY"]:
            raise ValueError(f"{entry['name']}: WhatsApp words what brings a code")
        minutes = components.get("FOOTER", {}).get("code_expiration_minutes")
        if minutes is not None and not 1 <= minutes <= _LONGEST_MINUTES:
            raise ValueError(f"{entry['name']}: a code expires in 1 to {_LONGEST_MINUTES} minutes")
        if entry["language"] not in _WORDS:
            raise ValueError(f"{entry['name']}: no words are known here for {entry['language']}")
        recommends = bool(components["BODY"].get("add_security_recommendation"))
        return cls(language=entry["language"], recommends=recommends, minutes=minutes)

    def fill(self, components: list[Mapping[str, Any]]) -> str:
        """Put the code into the text; raises GraphError."""
        found = {str(component["type"]).lower(): component for component in components}
        if not found.keys() <= {"body", "button"}:
            raise GraphError(132012, f"components {sorted(found)} are not those of the template")
        in_text = _code(found.get("body"), "body")
        button = found.get("button")
        if button is not None and (button["sub_type"].lower(), str(button["index"])) != ("url", "0"):
            raise GraphError(132012, "button: the one at index 0 has the sub_type url")
        if _code(button, "buttons: Button at index 0 of type Url") != in_text:
            raise GraphError(132012, "button: its code is not the one of the body")
        is_code, is_safe, is_short = _WORDS[self.language]
        told = [is_code.format(code=in_text), *([is_safe] if self.recommends else [])]
        footer = "" if self.minutes is None else f"\n\n{is_short.format(minutes=self.minutes)}"
        return " ".join(told) + footer


def _code(component: Mapping[str, Any] | None, where: str) -> str:
    """Read the one value of a component; raises GraphError."""
    values = [] if component is None else [parameter["text"] for parameter in component["parameters"]]
    if len(values) != 1:
        raise GraphError(131008, f"{where} requires a parameter")
    [code] = values
    if not isinstance(code, str) or not 1 <= len(code) <= _LONGEST_CODE:
        raise GraphError(131009, f"{where}: a code has 1 to {_LONGEST_CODE} characters")
    return code
