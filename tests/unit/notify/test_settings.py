"""What notify accepts from its environment."""

import pytest

from chassis.settings import SettingsInvalid, describe_settings, load_settings
from services.notify.channels.smtp import MailServer
from services.notify.settings import NotifySettings

GOOD = {
    "DATABASE_URL": "postgresql://127.0.0.1/notify",
    "AMQP_URL": "amqp://127.0.0.1",
    "SMTP_URL": "smtp+starttls://petugas:rah%40sia@mail.example",
    "SMTP_FROM": "Antrean <antrean@imigrasi.example>",
    "WHATSAPP_TOKEN": "EAAG-secret",
    "WHATSAPP_PHONE_NUMBER_ID": "123",
    "PUBLIC_URL": "https://antrean.example/",
}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A good environment."""
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


@pytest.mark.usefixtures("environment")
def test_a_good_environment_makes_settings() -> None:
    """The port follows from the scheme, the password is decoded, the slash is dropped."""
    settings = load_settings(NotifySettings)
    assert settings.smtp_server == MailServer(
        scheme="smtp+starttls", host="mail.example", port=587, user="petugas", password="rah@sia"
    )
    assert settings.public_url == "https://antrean.example"
    assert settings.whatsapp_api_url == "https://graph.facebook.com"


@pytest.mark.usefixtures("environment")
def test_no_secret_is_shown() -> None:
    """Neither the token nor the mail server's password."""
    shown = str(describe_settings(load_settings(NotifySettings)))
    assert "EAAG" not in shown
    assert "rah" not in shown


def test_every_fault_is_named_at_once(environment: pytest.MonkeyPatch) -> None:
    """The operator mends the environment in one go."""
    wrong = {"SMTP_URL": "mail.example:25", "SMTP_FROM": "nobody", "PUBLIC_URL": "antrean", "SENDERS": "0"}
    for name, value in wrong.items():
        environment.setenv(name, value)
    environment.delenv("WHATSAPP_TOKEN")
    with pytest.raises(SettingsInvalid) as invalid:
        load_settings(NotifySettings)
    named = {fault.split()[0] for fault in invalid.value.faults}
    assert named == {*wrong, "WHATSAPP_TOKEN"}
