"""The mailbox, the list and the stream that the phone page lives on."""

import json
import re
import smtplib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from itertools import islice
from pathlib import Path

import requests

from cli.servers.ports import free_port
from sandbox.kept import MOST, Kept
from sandbox.received import Received
from tests.integration.sandbox.provider import Sandbox
from tests.processes import Process


def send_mail(sandbox: Sandbox, to: str, text: str) -> None:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "a@example.com", to, "Kantor — día"
    letter.set_content(text)
    with smtplib.SMTP("127.0.0.1", sandbox.smtp_port, timeout=5) as server:
        server.send_message(letter)


def stream_lines(answer: requests.Response) -> Iterator[str]:
    answer.encoding = "utf-8"
    return (str(line) for line in answer.iter_lines(chunk_size=1, decode_unicode=True))


def events(lines: Iterator[str]) -> Iterator[dict[str, str]]:
    """Read server-sent events: {"event", "id", "data"} each."""
    event: dict[str, str] = {}
    for line in lines:
        if line == "":
            if "data" in event:
                yield event
            event = {}
        elif not line.startswith(":"):
            name, _, value = line.partition(": ")
            event[name] = value


def test_the_page_is_served_with_everything_it_loads(sandbox: Sandbox) -> None:
    """The page is the web room's; the sandbox serves it and its static files."""
    page = requests.get(f"{sandbox.url}/", timeout=5)
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    loaded = re.findall(r'(?:href|src)="(/aset/[^"]+)"', page.text)
    assert loaded
    assert {
        path: requests.get(f"{sandbox.url}{path}", timeout=5).status_code for path in loaded
    } == dict.fromkeys(loaded, 200)


def test_an_e_mail_is_shown_with_its_subject_and_text(sandbox: Sandbox, mailbox: str) -> None:
    """Decoded, as a mail program shows it."""
    send_mail(sandbox, mailbox, "Halo — silakan\n")
    [shown] = sandbox.received(mailbox)
    assert (shown["channel"], shown["subject"], shown["text"]) == (
        "email",
        "Kantor — día",
        "Halo — silakan\n",
    )


def test_the_stream_tells_new_messages_at_once(sandbox: Sandbox, mailbox: str) -> None:
    """With the id and the object of the list."""
    with requests.get(f"{sandbox.url}/messages/stream", stream=True, timeout=10) as answer:
        assert answer.headers["Content-Type"].startswith("text/event-stream")
        lines = stream_lines(answer)
        assert next(lines) == ": watching"
        send_mail(sandbox, mailbox, "baru\n")
        [event] = islice(events(lines), 1)
    [listed] = sandbox.received(mailbox)
    assert event["event"] == "message"
    assert event["id"] == listed["id"]
    assert json.loads(event["data"]) == listed


def test_a_broken_stream_goes_on_after_the_last_message_it_told(sandbox: Sandbox, mailbox: str) -> None:
    """Nothing is missed and nothing is told twice (Last-Event-ID)."""
    for text in ("satu\n", "dua\n", "tiga\n"):
        send_mail(sandbox, mailbox, text)
    first, *rest = sandbox.received(mailbox)
    headers = {"Last-Event-ID": first["id"]}
    with requests.get(f"{sandbox.url}/messages/stream", stream=True, timeout=10, headers=headers) as answer:
        told = [json.loads(event["data"]) for event in islice(events(stream_lines(answer)), 2)]
    assert told == rest


def test_messages_are_there_after_a_restart(tmp_path: Path, process: Callable[..., Process]) -> None:
    """Killed or ended, the phone still shows what it took; new messages come behind the old ones."""
    ports = {"SANDBOX_PORT": str(free_port()), "SANDBOX_SMTP_PORT": str(free_port())}
    environment = ports | {"SANDBOX_MESSAGES": str(tmp_path / "messages.sqlite")}
    started = process(("-m", "sandbox"), environment).start()
    again = Sandbox(
        process=started, http_port=int(ports["SANDBOX_PORT"]), smtp_port=int(ports["SANDBOX_SMTP_PORT"])
    )
    for text in ("satu\n", "dua\n"):
        send_mail(again, "andi@example.com", text)
        before = again.received("andi@example.com")
        started.kill()
        started.start()
        assert again.received("andi@example.com") == before
    assert [message["text"] for message in again.received("andi@example.com")] == ["satu\n", "dua\n"]


def test_only_the_last_messages_are_kept() -> None:
    """The file does not grow for ever."""
    kept = Kept()
    for number in range(MOST + 3):
        kept.add(
            Received(
                id=f"{number:04}", channel="email", to="a", subject=None, text="", reference=None,
                received_at=datetime.now(UTC),
            )
        )  # fmt: skip
    ids = [message.id for message in kept.after("")]
    assert ids == [f"{number:04}" for number in range(3, MOST + 3)]


def test_the_operations_port_answers(sandbox: Sandbox) -> None:
    """Alive, ready, and with metrics for Prometheus."""
    ops = f"http://127.0.0.1:{sandbox.process.ops_port}"
    assert requests.get(f"{ops}/livez", timeout=5).json() == {"alive": True}
    assert requests.get(f"{ops}/readyz", timeout=5).json() == {"ready": True}
    assert "process_cpu_seconds_total" in requests.get(f"{ops}/metrics", timeout=5).text
