"""How to reach a private RabbitMQ: its ports, its user, and its virtual hosts."""

import json
from dataclasses import dataclass
from pathlib import Path

from cli.servers.local_http import LOCAL_HTTP
from cli.servers.ports import LOOPBACK, free_port
from cli.servers.secret import secret_text

USER = "antrean"


@dataclass(frozen=True, slots=True, kw_only=True)
class RabbitPorts:
    """The five ports of a node."""

    amqp: int
    epmd: int
    dist: int
    management: int
    prometheus: int

    @classmethod
    def free(cls) -> "RabbitPorts":
        """Ports that nobody uses at this moment."""
        return cls(**{name: free_port() for name in cls.__slots__})


class RabbitAccess:
    """A node that runs in a folder, seen by who uses it."""

    def __init__(self, folder: Path, ports: RabbitPorts) -> None:
        self.folder = folder.absolute()
        self.ports = ports

    @classmethod
    def in_use(cls, folder: Path) -> "RabbitAccess":
        """The node that another process runs in this folder."""
        return RabbitAccess(folder, RabbitPorts(**json.loads((folder / "ports").read_text())))

    @property
    def password(self) -> str:
        """The password of the one user that a new node has."""
        return secret_text(self.folder / "password")

    @property
    def management_url(self) -> str:
        """The management HTTP API, with user and password."""
        return f"http://{USER}:{self.password}@{LOOPBACK}:{self.ports.management}"

    def url(self, vhost: str = "/") -> str:
        """Where this virtual host is, for kombu, pika and nameko alike."""
        path = "%2F" if vhost == "/" else vhost
        return f"amqp://{USER}:{self.password}@{LOOPBACK}:{self.ports.amqp}/{path}"

    def has_on_disk(self, queue: str) -> bool:
        """Whether a quorum queue would survive a kill: RabbitMQ 3.10 writes a new one's name a second late.

        A node killed before that comes back with a queue that never answers again.
        """
        names = self.folder.glob("data/*/quorum/*/names.dets")
        return any(f"_{queue}".encode() in file.read_bytes() for file in names)

    def add_vhost(self, name: str) -> str:
        """Make a virtual host and answer its URL; there may be one of that name already."""
        LOCAL_HTTP.put(f"{self.management_url}/api/vhosts/{name}").raise_for_status()
        return self.url(name)

    def delete_vhost(self, name: str) -> None:
        """Delete a virtual host with all its queues; its connections are closed."""
        LOCAL_HTTP.delete(f"{self.management_url}/api/vhosts/{name}").raise_for_status()
