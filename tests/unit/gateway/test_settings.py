"""What the gateway is told by its environment."""

import pytest

from chassis.settings import SettingsInvalid, load_settings
from gateway.settings import GatewaySettings
from tests.unit.gateway.fakes import KEY

COMPLETE = {"AMQP_URL": "amqp://guest:guest@127.0.0.1/", "ACCESS_KEYS": KEY.public().to_json()}


def _load(monkeypatch: pytest.MonkeyPatch, **environment: str) -> GatewaySettings:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return load_settings(GatewaySettings)


def test_little_needs_to_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The broker and the keys; the rest suits one machine."""
    for name in ("PUBLIC_URL", "GATEWAY_PORT", "GATEWAY_HOST"):
        monkeypatch.delenv(name, raising=False)
    settings = _load(monkeypatch, **COMPLETE)
    assert (settings.host, settings.port, settings.secure) == ("127.0.0.1", 8080, False)


def test_the_public_address_is_an_origin(monkeypatch: pytest.MonkeyPatch) -> None:
    """A path is cut off; https makes cookies secure."""
    settings = _load(monkeypatch, **COMPLETE, PUBLIC_URL="https://antrean.example/path")
    assert (settings.public_url, settings.secure) == ("https://antrean.example", True)


@pytest.mark.parametrize(
    ("url", "proxies", "doubtful"),
    [
        ("https://antrean.example", "", True),
        ("https://antrean.example", "10.0.0.0/8", False),
        ("http://127.0.0.1:8080", "", False),
    ],
)
def test_https_without_a_trusted_proxy_is_doubtful(
    monkeypatch: pytest.MonkeyPatch, url: str, proxies: str, doubtful: bool
) -> None:
    """Else the wrong passwords of one would keep everybody out, as all have the proxy's address."""
    settings = _load(monkeypatch, **COMPLETE, PUBLIC_URL=url, TRUSTED_PROXIES=proxies)
    assert settings.takes_all_for_the_proxy is doubtful


def test_every_fault_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """An operator mends the environment in one go."""
    for name in COMPLETE:
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(SettingsInvalid) as refused:
        _load(monkeypatch, PUBLIC_URL="antrean.example", GATEWAY_PORT="99999", ACCESS_KEYS="{}")
    assert {fault.split(" ", 1)[0] for fault in refused.value.faults} == {
        "AMQP_URL",
        "ACCESS_KEYS",
        "PUBLIC_URL",
        "GATEWAY_PORT",
    }
