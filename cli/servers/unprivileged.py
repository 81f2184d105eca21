"""Start a program that refuses to run as root, when we are root, in whatever folder we were put.

The user `nobody` cannot enter folders such as /root. So `setpriv` gives the program one capability, to
read and search folders, and only where a folder on the way is closed to others. No system user is made,
and no folder's permissions are changed.
"""

import os
import pwd
from pathlib import Path

from cli.errors import ServerFailed

# Linux capability numbers (linux/capability.h), the weaker one first: containers often lack it.
ENTER_CLOSED_FOLDERS = {"dac_read_search": 2, "dac_override": 1}


def as_unprivileged(*folders: Path) -> list[str]:
    """The words to put before a command that must enter these folders: none, unless we are root."""
    if os.geteuid() != 0:
        return []
    user = _nobody()
    words = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    if all(_open_to_all(folder) for folder in folders):
        return [*words, "--inh-caps=-all", "--"]
    capability = _entering_capability(folders[0])
    return [
        *words,
        # Else access(2), which PostgreSQL asks about its own programs, forgets the capability.
        "--securebits=+no_setuid_fixup",
        f"--inh-caps=-all,+{capability}",
        f"--ambient-caps=-all,+{capability}",
        "--",
    ]


def give_to_unprivileged(*paths: Path) -> None:
    """Make the user of `as_unprivileged` the owner of these paths."""
    if os.geteuid() == 0:
        for path in paths:
            os.chown(path, _nobody().pw_uid, _nobody().pw_gid)


def _open_to_all(folder: Path) -> bool:
    return all(path.stat().st_mode & 0o001 for path in (folder, *folder.parents) if path.exists())


def _entering_capability(folder: Path) -> str:
    status = Path("/proc/self/status").read_text()
    effective = int(status.split("CapEff:")[1].split()[0], 16)
    for name, bit in ENTER_CLOSED_FOLDERS.items():
        if effective >> bit & 1:
            return name
    raise ServerFailed(
        f"PostgreSQL may not run as root, and other users may not enter {folder}: "
        "run as a normal user, or put the project in a folder that everybody may enter."
    )


def _nobody() -> pwd.struct_passwd:
    return pwd.getpwnam("nobody")
