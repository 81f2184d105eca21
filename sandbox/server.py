"""The one process of the sandbox: the providers, the phone page, the bank and the port for operations."""

import asyncio
import contextlib
import functools
import signal
from collections.abc import Generator

import falcon.asgi
import orjson
import uvicorn
from falcon.asgi import App, Request, Response
from falcon.media import JSONHandler

from chassis.log import get_logger
from sandbox import graph_errors
from sandbox.bank import Bank
from sandbox.bank_pages import BankPage, BankPayments
from sandbox.faults import Faults
from sandbox.kept import Kept
from sandbox.mail import Mailbox, serve_mail
from sandbox.ops import ops_app
from sandbox.pages import FaultSwitch, MessageList, MessageStream, PhonePage
from sandbox.phone import Phone
from sandbox.registered_templates import RegisteredTemplates
from sandbox.settings import SandboxSettings
from sandbox.whatsapp import Messages

log = get_logger(__name__)

_SHUTDOWN_SECONDS = 2


class _HttpServer(uvicorn.Server):
    """A server that leaves the signals to the process, which has two servers to stop."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Capture none."""
        yield


async def serve(settings: SandboxSettings) -> None:
    """Serve until SIGTERM or SIGINT."""
    kept = Kept(settings.messages)
    phone, faults = Phone(kept), Faults(settings.faults)
    bank = Bank(webhook_url=settings.payment_webhook_url, secret=settings.payment_webhook_secret)
    mail = await serve_mail(settings.host, settings.smtp_port, Mailbox(phone, faults))
    http = [
        _http_server(phone_app(settings, phone, faults, bank), settings.host, settings.http_port),
        _http_server(ops_app(), settings.ops_host, settings.ops_port),
    ]
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, functools.partial(_stop, http, phone))
    log.info("sandbox_serving", http_port=settings.http_port, smtp_port=settings.smtp_port)
    await asyncio.gather(*(server.serve() for server in http))
    await bank.close()
    mail.close()
    kept.close()


def phone_app(settings: SandboxSettings, phone: Phone, faults: Faults, bank: Bank) -> App[Request, Response]:
    """Build the application of the phone page, of WhatsApp and of the bank."""
    app: App[Request, Response] = falcon.asgi.App()
    json = JSONHandler(dumps=orjson.dumps, loads=orjson.loads)
    app.req_options.media_handlers[falcon.MEDIA_JSON] = json
    app.resp_options.media_handlers[falcon.MEDIA_JSON] = json
    app.add_error_handler(graph_errors.GraphError, graph_errors.answer)
    messages = Messages(
        phone,
        faults,
        RegisteredTemplates.from_file(settings.whatsapp_templates),
        token=settings.whatsapp_token,
        phone_number_id=settings.whatsapp_phone_number_id,
    )
    app.add_route("/whatsapp/{version}/{phone_number_id}/messages", messages)
    app.add_route("/", PhonePage(settings.web_folder / "templates"))
    app.add_route("/bank", BankPage(bank, settings.web_folder / "templates"))
    app.add_route("/bank/payments", BankPayments(bank))
    app.add_route("/messages", MessageList(phone))
    app.add_route("/messages/stream", MessageStream(phone))
    app.add_route("/faults", FaultSwitch(faults))
    app.add_static_route("/aset", (settings.web_folder / "static").resolve())
    return app


def _http_server(app: App[Request, Response], host: str, port: int) -> uvicorn.Server:
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        access_log=False,
        log_config=None,
        lifespan="off",
        timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
    )
    return _HttpServer(config)


def _stop(servers: list[uvicorn.Server], phone: Phone) -> None:
    phone.end()
    for server in servers:
        server.should_exit = True
