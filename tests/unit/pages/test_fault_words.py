"""What a form says of a field that is too long or too short has the contract's own limit in it."""

import pytest

from contracts.requests.accounts import CreateAccount
from contracts.schema import InvalidMessage, load
from gateway.pages.assets import Assets
from gateway.pages.render import Renderer

LIMITED = [("name", "too_long"), ("phone", "too_long"), ("email", "too_long"), ("nik", "too_short")]
LIMITED += [("password", "too_long"), ("password", "too_short"), ("nik", "too_long")]


def limit_of(field: str, code: str) -> int:
    """Ask the contract, with a text that is far too long or has one letter."""
    text = ("1" if field == "nik" else "x") * (1000 if code == "too_long" else 1)
    with pytest.raises(InvalidMessage) as told:
        load(CreateAccount, {field: f"{text}@x.id" if field == "email" else text})
    (limits,) = [
        fault.limits for fault in told.value.faults if (fault.pointer, fault.code) == (f"/{field}", code)
    ]
    return limits[0]


@pytest.mark.parametrize(("field", "code"), LIMITED)
def test_a_form_says_the_limit_that_the_contract_has(field: str, code: str) -> None:
    """Nobody has to guess how much is too much."""
    form = Renderer(Assets())._environments["id"].get_template("parts/form.html")
    module = form.make_module({"_": str})
    assert str(limit_of(field, code)) in str(module.fault_text(field, code))  # type: ignore[attr-defined]
