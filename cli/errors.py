"""What can go wrong on the command line: each error is one sentence that says what to do.

Problem
├── PortInUse        another program listens where one of ours wants to
├── PackageMissing   RabbitMQ is neither installed nor to be had from Debian
├── ServerFailed     an embedded server ended, or was not ready in time
└── AlreadyRunning   the same state folder is served by another `antrean up`
"""

import click


class Problem(click.ClickException):
    """A sentence for the person at the terminal; the command ends with exit code 1."""


class PortInUse(Problem):
    """Another program listens where one of ours wants to."""


class PackageMissing(Problem):
    """RabbitMQ is neither installed nor to be had from Debian."""


class ServerFailed(Problem):
    """An embedded server ended, or was not ready in time."""


class AlreadyRunning(Problem):
    """The same state folder is served by another `antrean up`."""
