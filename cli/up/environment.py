"""The environment of our own processes: ours, and over it what we tell them."""

import os
from collections.abc import Mapping


def environment_with(told: Mapping[str, str]) -> dict[str, str]:
    """Our environment with these variables instead of what it says of them, directly or by `NAME_FILE`.

    A process reads the file first, so a DATABASE_URL_FILE of ours would win over the service's own database.
    """
    overruled = {f"{name}_FILE" for name in told}
    return {**{name: value for name, value in os.environ.items() if name not in overruled}, **told}
