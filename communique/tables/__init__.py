"""Reviewed tables of general knowledge: verbs of saying, titles, offices, places, kinds of engagement.

Each table is a TOML file beside this module with a comment that says what it holds and where it comes from. Tables
know the world, never a particular text.
"""

from __future__ import annotations

import hashlib
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load_table(name: str) -> dict[str, Any]:
    """The table ``name`` (without suffix), parsed. Callers must not change what they get.

    Raises:
        FileNotFoundError: There is no such table; a bug.
    """
    return tomllib.loads((files(__package__) / f"{name}.toml").read_text("utf-8"))


@cache
def get_tables_digest() -> str:
    """SHA-256 over all tables, part of what identifies a run."""
    digest = hashlib.sha256()
    for path in sorted(files(__package__).iterdir(), key=lambda p: p.name):
        if path.name.endswith(".toml"):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()
