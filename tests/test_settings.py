"""Settings: file, then environment; a mistake is named with what would be right."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.errors import SettingsError
from communique.settings import Settings, load_settings


def write(folder: Path, words: str) -> Path:
    path = folder / "chosen.toml"
    path.write_text(words, "utf-8")
    return path


def test_without_file_and_environment_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_settings(None, {"HOME": "/", "COMMUNIQUEX": "1"}) == Settings()


def test_the_environment_outranks_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, 'workers = 2\nmodel = "some_model"\n')
    assert load_settings(path, {}) == Settings("some_model", 2)
    assert load_settings(path, {"COMMUNIQUE_WORKERS": "3"}) == Settings("some_model", 3)


def test_the_file_in_the_current_folder_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "communique.toml").write_text("workers = 4\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert load_settings(None, {}).workers == 4


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("worker = 2", "chosen.toml: unknown setting worker; did you mean workers?"),
        ("colour = 'red'", "chosen.toml: unknown setting colour; the settings are model and workers"),
        ("workers = 0", "chosen.toml: workers is 0; give a whole number from 1 to 64"),
        ("workers = 65", "chosen.toml: workers is 65; give a whole number from 1 to 64"),
        ("workers = true", "chosen.toml: workers is True; give a whole number from 1 to 64"),
        ("workers = 1.5", "chosen.toml: workers is 1.5; give a whole number from 1 to 64"),
        ("model = 7", "chosen.toml: model is 7; give the name of an installed package"),
        ("workers =", "chosen.toml: is not TOML"),
    ],
)
def test_a_mistake_in_the_file_is_named(tmp_path: Path, words: str, message: str) -> None:
    with pytest.raises(SettingsError) as raised:
        load_settings(write(tmp_path, words), {})
    assert message in str(raised.value)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("COMMUNIQUE_WORKER", "2", "environment: unknown setting COMMUNIQUE_WORKER; did you mean COMMUNIQUE_WORKERS?"),
        ("COMMUNIQUE_WORKERS", "²", "environment: COMMUNIQUE_WORKERS is '²'; give a whole number from 1 to 64"),
        ("COMMUNIQUE_WORKERS", "", "environment: COMMUNIQUE_WORKERS is ''; give a whole number from 1 to 64"),
        ("COMMUNIQUE_MODEL", "", "environment: COMMUNIQUE_MODEL is ''; give the name of an installed package"),
    ],
)
def test_a_mistake_in_the_environment_is_named(tmp_path: Path, name: str, value: str, message: str) -> None:
    with pytest.raises(SettingsError) as raised:
        load_settings(write(tmp_path, ""), {name: value})
    assert str(raised.value) == message


def test_a_file_that_is_asked_for_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"none\.toml: cannot be opened"):
        load_settings(tmp_path / "none.toml", {})
    (tmp_path / "latin.toml").write_bytes("# Gespräch".encode("latin-1"))
    with pytest.raises(SettingsError, match=r"latin\.toml: is not TOML"):
        load_settings(tmp_path / "latin.toml", {})
