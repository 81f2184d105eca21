"""What the gateway is told by its environment."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from chassis.settings import ProcessSettings, port, setting
from contracts.keys import VerifyingKeys
from gateway.client_address import Network, networks
from gateway.webhooks import NO_WEBHOOK, WebhookKey, webhook_key


def origin(text: str) -> str:
    """Read the address that browsers use, such as `https://antrean.example.go.id`."""
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ValueError("use http:// or https:// and a host")
    return f"{parts.scheme}://{parts.netloc}"


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewaySettings(ProcessSettings):
    """Where to listen, how to reach the services, and whose tokens to believe."""

    amqp_url: str = setting("AMQP_URL", help="RabbitMQ, with the virtual host")
    access_keys: VerifyingKeys = setting(
        "ACCESS_KEYS", parse=VerifyingKeys.from_json, help="JWK Set that verifies access tokens"
    )
    host: str = setting("GATEWAY_HOST", default="127.0.0.1", help="Address of the API and the pages")
    port: int = setting("GATEWAY_PORT", parse=port, default=8080, help="Port of the API and the pages")
    public_url: str = setting(
        "PUBLIC_URL", parse=origin, default="http://127.0.0.1:8080", help="The address that browsers use"
    )
    trusted_proxies: tuple[Network, ...] = setting(
        "TRUSTED_PROXIES",
        parse=networks,
        default=(),
        help="Networks of the proxies whose X-Forwarded-For is believed, with commas between",
    )
    payment_webhook: WebhookKey = setting(
        "PAYMENT_WEBHOOK_SECRET",
        parse=webhook_key,
        default=NO_WEBHOOK,
        secret=True,
        help="Secret (whsec_...) with which the provider of payments signs; without it no money is believed",
    )
    most_streams: int = setting(
        "MOST_STREAMS", parse=int, default=5000, help="Most boards that follow at once; more are refused"
    )
    most_streams_of_address: int = setting(
        "MOST_STREAMS_OF_ADDRESS",
        parse=int,
        default=200,
        help="Most boards that follow at once from one network address; more are refused",
    )

    clips_folder: Path | None = setting(
        "CLIPS_FOLDER",
        parse=Path,
        default=None,
        help="Folder of the recordings that boards call with (gateway/voice/clips.py)",
    )

    @property
    def secure(self) -> bool:
        """Browsers come over https, so cookies may travel over nothing else."""
        return self.public_url.startswith("https://")

    @property
    def takes_all_for_the_proxy(self) -> bool:
        """Browsers come over https, so by a proxy, and no proxy is believed to say who they are."""
        return self.secure and not self.trusted_proxies
