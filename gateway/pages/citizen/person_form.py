"""Who somebody is, as the forms of an account and of the family ask it."""

from collections.abc import Collection, Mapping
from typing import Any, TypeVar

from gateway.pages.forms import FormFaults, fill, iso_date

C = TypeVar("C")

_IN_ORDER = ("name", "nik", "birth_date", "sex", "booking_code", "address", "nickname", "shown_as")
_AFTER_THEM = ("phone", "priority", "consent_given", "email", "password")
_FIELD_OF = {"display_name": "nickname"}


def fill_person(
    contract: type[C], form: Mapping[str, str], more: Mapping[str, Any], *, forms_of_address: Collection[str]
) -> C:
    """Build a request about a person; the name for the hall is a form of address and a nickname.

    `more` is what the contract has beside that. Raises FormFaults, in the order of the form.
    """
    form_of_address, nickname = form.get("address", ""), form.get("nickname", "")
    told = {
        "name": form.get("name", ""),
        "nik": "".join(form.get("nik", "").split()),
        "birth_date": iso_date(form.get("birth_date", "")),
        "display_name": f"{form_of_address} {nickname}" if nickname else "",
        "shown_as": form.get("shown_as", ""),
        **more,
    }
    faults = {} if form_of_address in forms_of_address else {"address": "missing_field"}
    try:
        person = fill(contract, told)
    except FormFaults as faulty:
        faults |= {
            _FIELD_OF.get(name, name): as_typed(name, code, form) for name, code in faulty.faults.items()
        }
    if faults:
        raise FormFaults({name: faults[name] for name in (*_IN_ORDER, *_AFTER_THEM) if name in faults})
    return person


def as_typed(name: str, code: str, form: Mapping[str, str]) -> str:
    """Say of a date in the right form that there is none such, and of words that they are no number."""
    typed = form.get(name, "")
    if (name, code) == ("birth_date", "wrong_type") and iso_date(typed) != typed:
        return "no_such_day"
    if name == "phone" and not any(map(str.isdigit, typed)) and code != "missing_field":
        return "bad_form"
    return code
