"""The adapters against providers that the sandbox does not stand in for: TLS, logins, odd answers."""

import re
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from socketserver import StreamRequestHandler, TCPServer

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from cli.servers.ports import free_port
from services.notify.channels.smtp import MailServer, Smtp
from services.notify.channels.whatsapp import WhatsApp, recipient
from services.notify.domain.people import Contact, Office
from services.notify.errors import Unacceptable, Unavailable
from services.notify.texts.wording import Letter

LETTER = Letter(
    template="booking_confirmed",
    facts={"code": "TRK-7KQ2MX", "service": "new", "starts_at": "2026-11-23T01:00:00+00:00"},
    contact=Contact(display_name="Bu Élsa", phone="+6281234567890", email="elsa@example.com", locale="id"),
    office=Office(code="TRK", name="Kantor Imigrasi Tarakan", timezone="Asia/Makassar"),
    public_url="https://antrean.example",
)


@dataclass
class Submission:
    """A mail server that wants TLS and a login, as a real one does."""

    letters: list[bytes] = field(default_factory=list)

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert session.ssl is not None
        assert isinstance(envelope.content, bytes)
        self.letters.append(envelope.content)
        return "250 OK"


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A certificate for 127.0.0.1 that this process trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = tmp_path / "certificate.pem"
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    return path


@pytest.fixture
def submission(certificate: Path) -> Iterator[tuple[Submission, int]]:
    """A running mail server with STARTTLS and the login petugas / rahasia."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    handler, port = Submission(), free_port()
    controller = Controller(
        handler,
        hostname="127.0.0.1",
        port=port,
        tls_context=context,
        require_starttls=True,
        auth_required=True,
        authenticator=_authenticate,
    )
    controller.start()
    yield handler, port
    controller.stop()


def _authenticate(
    _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: object
) -> AuthResult:
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (b"petugas", b"rah@sia")
    return AuthResult(success=right, handled=right)


def smtp(url: str) -> Smtp:
    return Smtp(server=MailServer.from_url(url), sender="Antrean <antrean@imigrasi.example>")


def test_a_letter_goes_out_over_starttls_with_a_login(submission: tuple[Submission, int]) -> None:
    """Both parts, the name encoded, and an id that stays the same."""
    server, port = submission
    url = f"smtp+starttls://petugas:rah%40sia@127.0.0.1:{port}"
    assert smtp(url).send(LETTER, message_id="m-1") == "<m-1@imigrasi.example>"
    [letter] = server.letters
    assert b"Message-ID: <m-1@imigrasi.example>" in letter
    assert b"multipart/alternative" in letter
    assert re.search(rb"^Date: \w{3}, \d\d? \w{3} 20\d\d \d\d:\d\d:\d\d [+-]\d{4}\r?$", letter, re.MULTILINE)
    assert b"To: Bu =?utf-8?q?=C3=89lsa?= <elsa@example.com>" in letter


def test_a_wrong_password_is_our_fault_and_may_be_mended(submission: tuple[Submission, int]) -> None:
    """The letter is tried again, though the server says 5xx."""
    _, port = submission
    with pytest.raises(Unavailable, match="SMTP 535"):
        smtp(f"smtp+starttls://petugas:salah@127.0.0.1:{port}").send(LETTER, message_id="m-1")


def test_a_server_whose_certificate_is_not_trusted_gets_nothing(
    submission: tuple[Submission, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the letter nor the password."""
    server, port = submission
    monkeypatch.setenv("SSL_CERT_FILE", "/dev/null")
    with pytest.raises(Unavailable, match="SSLCertVerificationError"):
        smtp(f"smtp+starttls://petugas:rah%40sia@127.0.0.1:{port}").send(LETTER, message_id="m-1")
    assert server.letters == []


@pytest.mark.parametrize("farewell", [b"421 4.3.2 Going down\r\n", b""], ids=["says no", "hangs up"])
def test_a_letter_that_was_taken_stays_so_whatever_the_server_says_at_the_end(farewell: bytes) -> None:
    """Sent again it would come twice."""
    with _one_letter(farewell) as port:
        assert smtp(f"smtp://127.0.0.1:{port}").send(LETTER, message_id="m-1") == "<m-1@imigrasi.example>"


@contextmanager
def _one_letter(farewell: bytes) -> Iterator[int]:
    """A mail server that takes one letter and answers QUIT with these bytes."""

    class Curt(StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 mail\r\n")
            while line := self.rfile.readline():
                if line.upper() == b"DATA\r\n":
                    self.wfile.write(b"354 go on\r\n")
                    while self.rfile.readline() != b".\r\n":
                        pass
                if line.upper() == b"QUIT\r\n":
                    self.wfile.write(farewell)
                    return
                self.wfile.write(b"250 OK\r\n")

    with TCPServer(("127.0.0.1", 0), Curt) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        yield server.server_address[1]
        thread.join()


def test_a_mail_server_that_is_away_may_come_back() -> None:
    """Nobody listens on port 9 of this machine."""
    with pytest.raises(Unavailable, match="ConnectionRefusedError"):
        smtp("smtp://127.0.0.1:9").send(LETTER, message_id="m-1")


@pytest.fixture
def odd_provider() -> Iterator[tuple[list[tuple[int, bytes]], WhatsApp]]:
    """A web server that answers what the test tells it to, and notify's adapter pointed at it."""
    answers: list[tuple[int, bytes]] = []

    class Odd(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            status, body = answers.pop()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Odd)
    threading.Thread(target=server.serve_forever).start()
    url = f"http://127.0.0.1:{server.server_port}"
    yield answers, WhatsApp(api_url=url, phone_number_id="1", token="t", connections=1)
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (502, b"<html>Bad gateway</html>"),
        (200, b"<html>Sign in to this network</html>"),
        (200, b"{}"),
        (400, b'{"error": "no object"}'),
        (404, b'{"error": {"code": "x", "message": "m"}}'),
        (500, b"[]"),
    ],
)
def test_an_answer_in_no_known_form_is_no_delivery(
    odd_provider: tuple[list[tuple[int, bytes]], WhatsApp], status: int, body: bytes
) -> None:
    """A proxy's page, a captive portal, half an answer: try again."""
    answers, whatsapp = odd_provider
    answers.append((status, body))
    with pytest.raises(Unavailable, match=f"HTTP {status} in no known form"):
        whatsapp.send(LETTER, message_id="m-1")


@pytest.mark.parametrize(
    ("code", "permanent"), [(131026, True), (132000, True), (190, False), (132001, False), (4, False)]
)
def test_the_code_decides_whether_to_try_again(
    odd_provider: tuple[list[tuple[int, bytes]], WhatsApp], code: int, permanent: bool
) -> None:
    """Not the status, which is 400 for nearly everything."""
    answers, whatsapp = odd_provider
    answers.append((400, b'{"error": {"code": %d, "message": "why"}}' % code))
    with pytest.raises(Unacceptable if permanent else Unavailable, match=f"WhatsApp {code}: why"):
        whatsapp.send(LETTER, message_id="m-1")


@pytest.mark.parametrize(
    ("written", "sent"), [("0812-3456-7890", "+6281234567890"), ("+60 12-345 6789", "+60123456789")]
)
def test_a_number_as_people_write_it_reaches_whatsapp_in_its_own_form(written: str, sent: str) -> None:
    """A bare 08... is Indonesian; a foreign number keeps its country code."""
    assert recipient(written) == sent
