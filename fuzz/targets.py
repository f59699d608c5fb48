"""What is fuzzed: our own layer over each format. A target must refuse or read, and what it reads must hold.

Nothing else may happen: an exception that reaches `opening`'s last boundary ("cannot be read (KeyError)") is a finding.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress

from communique.errors import SettingsError
from communique.read.cage import explain_false
from communique.read.manifest import parse_manifest
from communique.read.opening import iter_items

# The boundary in `opening` names the kind of an exception so.
_UNEXPECTED = re.compile(r"cannot be read \((\w+)\)")
SUFFIXES = {"html": "a.html", "feed": "a.rss", "pdf": "a.pdf", "eml": "a.eml", "warc": "a.warc.gz"}


class Finding(Exception):
    """Something that a target must not do."""


def read(content: bytes, name: str) -> None:
    """Reads a file, and checks every item."""
    for item in iter_items(content, name):
        if (unexpected := _UNEXPECTED.search(item.reason)) is not None:
            raise Finding(f"{name}: {unexpected[1]}")
        if reason := explain_false(item, name):
            raise Finding(f"{name}: {reason}")


def read_manifest(content: bytes) -> None:
    """Reads a manifest, which may be refused."""
    with suppress(SettingsError):
        parse_manifest(content, "manifest.csv")


def iter_targets() -> Iterator[tuple[str, Callable[[bytes], None]]]:
    """The six targets by name."""
    for target, name in SUFFIXES.items():
        yield target, lambda content, name=name: read(content, name)  # type: ignore[misc]
    yield "manifest", read_manifest


TARGETS = dict(iter_targets())
