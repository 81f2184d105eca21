"""Faults on demand, so that tests and people can see what happens when a provider fails.

`PUT /faults` with a JSON list sets them, `PUT /faults` with `[]` ends them:

    [{"channel": "whatsapp", "kind": "broken", "times": 2},
     {"channel": "email", "kind": "refused", "to": "a@b.id"}]

    kind      WhatsApp                         e-mail
    busy      429, code 130429                 451 4.7.1
    broken    500, code 1                      451 4.3.0
    refused   400, code 131026                 550 5.1.1
    silent    no answer for `seconds`, then as `broken`
    late      the message is taken and shown, the answer comes after `seconds`
"""

import asyncio
import re
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, get_args

import orjson

from contracts.words import Channel

Kind = Literal["busy", "broken", "refused", "silent", "late"]

_NOT_ADDRESS = re.compile(r"[^0-9a-z@._-]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What goes wrong for the next `times` messages (None: for all) to one address (None: to any)."""

    channel: Channel
    kind: Kind
    times: int | None = None
    to: str | None = None
    seconds: float = 30.0

    def __post_init__(self) -> None:
        if self.channel not in get_args(Channel) or self.kind not in get_args(Kind):
            raise ValueError(f"channel is one of {get_args(Channel)}, kind one of {get_args(Kind)}")
        if self.times is not None and self.times < 1:
            raise ValueError("times is 1 or more, or left out")

    def strikes(self, channel: Channel, to: str) -> bool:
        """Say whether a message over `channel` to this address meets the fault."""
        return self.channel == channel and (self.to is None or _bare(self.to) == _bare(to))


class Faults:
    """The faults that are in force; each message uses up one of a fault's times."""

    def __init__(self, faults: tuple[Fault, ...] = ()) -> None:
        self._faults = list(faults)

    def set(self, faults: tuple[Fault, ...]) -> None:
        """Replace all faults."""
        self._faults = list(faults)

    def in_force(self) -> list[dict[str, Any]]:
        """List the faults, with the times that are left."""
        return [asdict(fault) for fault in self._faults]

    async def meet(self, channel: Channel, to: str) -> Fault | None:
        """Return the fault that a message meets; `silent` has kept it waiting and become `broken`."""
        for position, fault in enumerate(self._faults):
            if fault.strikes(channel, to):
                self._use_up(position, fault)
                if fault.kind == "silent":
                    await asyncio.sleep(fault.seconds)
                    return replace(fault, kind="broken")
                return fault
        return None

    def _use_up(self, position: int, fault: Fault) -> None:
        if fault.times == 1:
            del self._faults[position]
        elif fault.times is not None:
            self._faults[position] = replace(fault, times=fault.times - 1)


def read_faults(text: str | bytes) -> tuple[Fault, ...]:
    """Read a JSON list of faults; raises ValueError."""
    raw = orjson.loads(text)
    if not isinstance(raw, list) or not all(isinstance(item, dict) for item in raw):
        raise ValueError("a JSON list of objects is needed")
    try:
        return tuple(Fault(**item) for item in raw)
    except TypeError as reason:
        raise ValueError(str(reason)) from reason


def _bare(address: str) -> str:
    return _NOT_ADDRESS.sub("", address.lower())
