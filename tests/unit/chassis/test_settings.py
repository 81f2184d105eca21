"""Settings: everything that is wrong is said at once, and nothing secret is shown."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from chassis.settings import (
    ServiceSettings,
    SettingsInvalid,
    describe_settings,
    flag,
    load_settings,
    one_of,
    setting,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostOfficeSettings(ServiceSettings):
    """Settings made up for this test."""

    stamps: int = setting("STAMPS", parse=int, help="How many stamps there are")
    token: str = setting("POST_TOKEN", secret=True, help="The token of the post office")
    opens: bool = setting("OPENS", parse=flag, default=False, help="Whether it opens")


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable of the machine plays a part."""
    for name in ("DATABASE_URL", "AMQP_URL", "STAMPS", "POST_TOKEN", "OPENS", "OPS_PORT", "LOG_LEVEL"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(f"{name}_FILE", raising=False)


@pytest.fixture
def complete(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment with all that is needed."""
    monkeypatch.setenv("DATABASE_URL", "postgresql://antrean:hidden@db.example:5432/post")
    monkeypatch.setenv("AMQP_URL", "amqp://antrean:hidden@mq.example/")
    monkeypatch.setenv("STAMPS", "12")
    monkeypatch.setenv("POST_TOKEN", "very-secret")
    return monkeypatch


def test_values_are_parsed_and_defaults_fill_the_rest(complete: pytest.MonkeyPatch) -> None:
    """A setting that is told wins over its default."""
    complete.setenv("OPENS", "yes")
    settings = load_settings(PostOfficeSettings)
    assert (settings.stamps, settings.opens, settings.log_level) == (12, True, "info")


def test_every_fault_is_reported_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Missing and malformed ones come together, each with its variable."""
    monkeypatch.setenv("STAMPS", "many")
    monkeypatch.setenv("OPS_PORT", "70000")
    monkeypatch.setenv("LOG_LEVEL", "loud")
    with pytest.raises(SettingsInvalid) as invalid:
        load_settings(PostOfficeSettings)
    named = {fault.split()[0] for fault in invalid.value.faults}
    assert named == {"DATABASE_URL", "AMQP_URL", "STAMPS", "POST_TOKEN", "OPS_PORT", "LOG_LEVEL"}


def test_a_secret_can_lie_in_a_file(complete: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`POST_TOKEN_FILE` names it; the line's end does not count."""
    (tmp_path / "token").write_text("from-a-file\n")
    complete.delenv("POST_TOKEN")
    complete.setenv("POST_TOKEN_FILE", str(tmp_path / "token"))
    assert load_settings(PostOfficeSettings).token == "from-a-file"


def test_a_secret_file_that_is_not_there_is_a_fault(complete: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It is said with the variable that names it, not raised as something else."""
    complete.setenv("POST_TOKEN_FILE", str(tmp_path / "nothing"))
    with pytest.raises(SettingsInvalid) as invalid:
        load_settings(PostOfficeSettings)
    assert "POST_TOKEN_FILE" in str(invalid.value)


def test_describing_settings_hides_secrets_and_passwords(complete: pytest.MonkeyPatch) -> None:
    """Of a URL only the password is hidden, so an operator still sees where it leads."""
    lines = {name: value for name, value, _ in describe_settings(load_settings(PostOfficeSettings))}
    assert lines["POST_TOKEN"] == "•••"
    assert lines["DATABASE_URL"] == "postgresql://antrean:•••@db.example:5432/post"
    assert lines["STAMPS"] == "12"


@pytest.mark.parametrize(("text", "value"), [("1", True), ("TRUE", True), ("off", False), ("", False)])
def test_a_flag_reads_the_words_people_use(text: str, value: bool) -> None:
    """Whatever the case."""
    assert flag(text) is value


def test_a_choice_names_what_can_be_chosen() -> None:
    """The fault says what would be right."""
    with pytest.raises(ValueError, match="json, console"):
        one_of("json", "console")("xml")
