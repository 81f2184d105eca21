"""An office's devices: how long what they show and hold counts.

    pairing:  asked ──ten minutes──▶ expired
                │ approved ──▶ taken, once
    secret:   live ──used──▶ parent of the next ──the next is used──▶ spent ──used again──▶ the device ends

Where the answer to a renewal is lost, the device still has the parent, and gets another live one for it; two
tabs that renew at once both get one. Whichever is used first spends the others. So a bad link never ends a
device, and of two who hold copies of a secret one soon comes with a spent one (RFC 9700, 4.14.2).
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Literal

from contracts.words import DeviceKind, Role

SecretState = Literal["live", "parent", "spent"]

PAIRING_LIVES = timedelta(minutes=10)
TAKEN_WITHIN = timedelta(minutes=1)
"""For how long at least an approved pairing can be taken, however late it was approved."""

POLL_SECONDS = 3
DIGITS = 6
MOST_PAIRINGS = 500
"""In the country at one time: of a million codes so few are ever right that guessing does not pay."""

MOST_OF_ADDRESS = 20
"""At one time from one network address: an office that sets up all of its devices in an hour."""

WRONG_CODES_ALLOWED = 5
"""Of one approver within the throttle's window. With all codes taken: one in 400 hits some device."""

TOKEN_LASTS = timedelta(hours=12)
"""A working day: a link that is lost in the morning stops no kiosk before the office shuts."""

LIVING, ENDED = 1, 2
"""The session versions of a device: one that ended never returns, it is paired anew."""

SPENT_KEPT = timedelta(days=14)
ENDED_KEPT = timedelta(days=30)
IDLE_KEPT = timedelta(days=90)
"""After so long without a word from it a device is forgotten, and is paired anew."""

ROLES: Mapping[DeviceKind, Role] = {"kiosk": "kiosk", "board": "board", "counter_board": "board"}
