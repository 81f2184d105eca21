"""A private RabbitMQ node on 127.0.0.1, with its own name daemon (epmd), cookie, ports and folder.

<state>/rabbitmq/        HOME of the node: .erlang.cookie, password, rabbitmq.conf, logs
<state>/rabbitmq/data/   what it stores
"""

import json
import time
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

from cli.errors import PortInUse
from cli.servers.debian import RabbitPrograms
from cli.servers.local_http import answers_well
from cli.servers.ports import LOOPBACK, answers, is_free
from cli.servers.process import Child, Program, bare_environment
from cli.servers.rabbit_access import USER, RabbitAccess, RabbitPorts
from cli.servers.secret import secret_text, write_private

START_SECONDS = 90
STOP_SECONDS = 20
# A port that a killed node used comes free only seconds later.
PORT_SECONDS = 20
# Before 3.13 the management agent sleeps 5 s at this point, after all stores are closed
# (github.com/rabbitmq/rabbitmq-server/pull/11070): nothing is left that would be worth waiting for.
ONLY_SLEEPS = b"Management plugin: to stop collect_statistics"
ERLANG_ARGUMENTS = (
    "-start_epmd false -kernel inet_dist_use_interface {127,0,0,1} "
    # An idle node would burn CPU waiting busily.
    "+sbwt none +sbwtdcpu none +sbwtdio none"
)
CONFIG = """\
listeners.tcp.local = {loopback}:{amqp}
management.tcp.ip = {loopback}
management.tcp.port = {management}
prometheus.tcp.ip = {loopback}
prometheus.tcp.port = {prometheus}
default_user = {user}
default_pass = {password}
loopback_users.{user} = true
vm_memory_high_watermark.absolute = 1GB
disk_free_limit.absolute = 200MB
heartbeat = 30
log.console = true
log.console.level = info
"""


class RabbitMQ(RabbitAccess):
    """One node under one folder; `start` and `stop` may be called in any state."""

    name = "RabbitMQ"

    def __init__(self, folder: Path, ports: RabbitPorts, programs: RabbitPrograms) -> None:
        super().__init__(folder, ports)
        self._programs = programs
        self._epmd: Child | None = None
        self._node: Child | None = None
        self._log_bytes_before = 0

    @property
    def pid(self) -> int | None:
        """The node's process, while it runs."""
        return self._node.pid if self._node and self._node.exit_code() is None else None

    @property
    def log(self) -> Path:
        """The file that its output goes to."""
        return self.folder / "rabbitmq.log"

    def start(self) -> "RabbitMQ":
        """Run the node and return when it takes connections; what it stored before is there again."""
        if not self.pid:
            with ExitStack() as undo:
                undo.callback(self.stop)
                self.launch().wait_until(self.is_ready, seconds=START_SECONDS)
                undo.pop_all()
        return self

    def launch(self) -> Child:
        """Begin to run the node and return at once."""
        self._wait_for_ports()
        self._write_config()
        if self._epmd is None or self._epmd.exit_code() is not None:
            self._epmd = Child(self._epmd_program())
            self._epmd.wait_until(lambda: answers(self.ports.epmd), seconds=START_SECONDS)
        self._log_bytes_before = self.log.stat().st_size if self.log.exists() else 0
        self._node = Child(self._node_program())
        return self._node

    def is_ready(self) -> bool:
        """Whether it takes connections and no alarm holds publishers back."""
        # Its listeners open last, after all plugins.
        return answers(self.ports.amqp) and answers_well(
            f"{self.management_url}/api/health/checks/local-alarms"
        )

    def ask_to_stop(self) -> None:
        """Begin to end the node and return at once."""
        if self._node:
            self._node.ask_to_stop()

    def stop(self) -> None:
        """End the node and its name daemon; durable messages stay."""
        if self._node:
            self._node.stop(enough=self._has_closed_its_stores)
        if self._epmd:
            self._epmd.stop()

    def kill(self) -> None:
        """End the node with SIGKILL, as a crash would."""
        if self._node:
            self._node.kill()

    def restart(self) -> None:
        """Stop, then start on the same ports with the same messages."""
        self.stop()
        self.start()

    def _wait_for_ports(self) -> None:
        ours = set() if self._epmd is None or self._epmd.exit_code() is not None else {"epmd"}
        deadline = time.monotonic() + PORT_SECONDS
        for name, port in asdict(self.ports).items():
            while name not in ours and not is_free(port):
                if answers(port) or time.monotonic() > deadline:
                    raise PortInUse(
                        f"RabbitMQ's {name} port {port} is in use: "
                        f"end that program or set RABBITMQ_{name.upper()}_PORT."
                    )
                time.sleep(0.1)

    def _write_config(self) -> None:
        secret_text(self.folder / ".erlang.cookie")
        text = CONFIG.format(**asdict(self.ports), loopback=LOOPBACK, user=USER, password=self.password)
        write_private(self.folder / "rabbitmq.conf", text.encode())
        (self.folder / "ports").write_text(json.dumps(asdict(self.ports)))
        (self.folder / "enabled_plugins").write_text("[rabbitmq_management,rabbitmq_prometheus].\n")

    def _epmd_program(self) -> Program:
        return Program(
            name="RabbitMQ's name daemon",
            command=[str(self._programs.epmd), "-port", str(self.ports.epmd), "-address", LOOPBACK],
            state=self.folder.parent,
            log=self.folder / "epmd.log",
            environment=bare_environment(HOME=str(self.folder)),
        )

    def _node_program(self) -> Program:
        environment = bare_environment(
            HOME=str(self.folder),
            # With this the start script becomes the node, instead of waiting for it as a parent.
            RUNNING_UNDER_SYSTEMD="true",
            RABBITMQ_NODENAME="antrean@localhost",
            RABBITMQ_MNESIA_BASE=str(self.folder / "data"),
            RABBITMQ_LOG_BASE=str(self.folder / "log"),
            RABBITMQ_LOGS="-",
            RABBITMQ_CONFIG_FILE=str(self.folder / "rabbitmq.conf"),
            RABBITMQ_ENABLED_PLUGINS_FILE=str(self.folder / "enabled_plugins"),
            RABBITMQ_CONF_ENV_FILE=str(self.folder / "no-rabbitmq-env.conf"),
            RABBITMQ_DIST_PORT=str(self.ports.dist),
            RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS=ERLANG_ARGUMENTS,
            ERL_EPMD_PORT=str(self.ports.epmd),
            ERL_EPMD_ADDRESS=LOOPBACK,
        )
        environment["PATH"] = f"{self._programs.erlang_bin}:{environment['PATH']}"
        return Program(
            name=self.name,
            # Relative to its own folder: the start script does not quote the path it was called by.
            command=["./rabbitmq-server"],
            folder=self._programs.server.parent,
            state=self.folder.parent,
            log=self.log,
            environment=environment,
            stop_seconds=STOP_SECONDS,
        )

    def _has_closed_its_stores(self) -> bool:
        with self.log.open("rb") as log:
            log.seek(self._log_bytes_before)
            return ONLY_SLEEPS in log.read()


__all__ = ["RabbitMQ", "RabbitPorts"]
