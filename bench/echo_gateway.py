"""The gateway's stack (Falcon, uvicorn, its request client) with /hello, and /echo through the broker."""

import asyncio
import os
import sys

import falcon.asgi
import orjson
import uvicorn
from falcon.asgi import Request, Response

from bench.echo_service import Echo
from gateway.broker.connection import BrokerConnection
from gateway.broker.requests import RequestClient


class Hello:
    """The bare route: no broker."""

    async def on_get(self, _req: Request, resp: Response) -> None:
        """Answer at once."""
        resp.data = orjson.dumps({"number": 1})
        resp.content_type = "application/json"


class Echoing:
    """The same answer, from a service behind the broker."""

    def __init__(self, client: RequestClient) -> None:
        self._client = client

    async def on_get(self, _req: Request, resp: Response) -> None:
        """Ask the service."""
        resp.data = orjson.dumps(await self._client.ask_plain(Echo(number=1)))
        resp.content_type = "application/json"


async def main(amqp_url: str, port: int) -> None:
    """Serve until ended."""
    client = RequestClient()
    broker = BrokerConnection(amqp_url, [client])
    app = falcon.asgi.App()
    app.add_route("/hello", Hello())
    app.add_route("/echo", Echoing(client))
    connecting = asyncio.create_task(broker.run())
    config = uvicorn.Config(
        app, port=port, http="httptools", ws="none", lifespan="off", access_log=False, log_level="error"
    )
    await uvicorn.Server(config).serve()
    connecting.cancel()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvicorn.Config("", loop="uvloop").get_loop_factory()) as runner:
        runner.run(main(os.environ["AMQP_URL"], int(sys.argv[1])))
