"""Whether a value of the record is the one that a reader expects.

- words: the content words of both have an F1 of at least 0.6;
- cues (hedges, the words of a silence): the words of one lie within the other's;
- names: one's content words lie within the other's; lists must match one to one. ``own`` is the report's own voice;
- days: the same EDTF value. An empty string says that no day is known.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from typing import Any

MIN_F1 = 0.6
_SMALL = re.compile(
    "an?|and|are|as|at|be|been|by|for|from|had|has|have|he|her|his|in|is|it|its|of|on|or|she|that|the|their|them|they|"
    "this|to|was|were|which|will|with|would|mr|ms|mrs"
)
_KINDS = {
    **dict.fromkeys(("issue", "what", "condition"), "words"),
    **dict.fromkeys(("hedge", "words"), "cue"),
    **dict.fromkeys(("forecaster", "actor", "source", "voice"), "name"),
    **dict.fromkeys(("debtors", "creditors", "targets", "participants"), "names"),
    **dict.fromkeys(("due", "horizon", "date"), "day"),
    **dict.fromkeys(("phase", "status", "resolution", "kind", "relation", "form", "property"), "code"),
}


def is_right(field: str, expected: Any, found: Any, own: Collection[str] = ()) -> bool:
    """Whether a value is right. ``own`` are the names of the report's publisher and author."""
    kind = _KINDS[field]
    if kind == "names":
        return _match_names(expected, found or [], own)
    choices = expected.split("|")
    if kind == "day":
        return any(_is_day(choice, found) for choice in choices)
    if kind == "name":
        return any(_is_name(choice, found, own) for choice in choices)
    if kind == "code":
        return found in choices
    is_like = _is_cue if kind == "cue" else _is_like
    return any(is_like(choice, found or "") for choice in choices)


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.replace("’", "'")).casefold()
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    return [word.removesuffix("'s") for word in re.findall(r"\w+(?:'\w+)?", plain)]


def _content(text: str) -> set[str]:
    return {word for word in _words(text) if not _SMALL.fullmatch(word)}


def _is_like(expected: str, found: str) -> bool:
    if not expected or not found:
        return not expected and not found
    here, there = _content(expected), _content(found)
    return 2 * len(here & there) >= MIN_F1 * (len(here) + len(there)) > 0


def _is_cue(expected: str, found: str) -> bool:
    if not expected or not found:
        return not expected and not found
    here, there = set(_words(expected)), set(_words(found))
    return bool(here and there) and (here <= there or there <= here)


def _is_name(expected: str, found: Mapping[str, Any] | None, own: Collection[str]) -> bool:
    if found is None:
        return expected == "own"
    names = [name for name in (found.get("name"), found.get("quote")) if name]
    if expected == "own":
        return found.get("kind") in ("publisher", "author") or any(name in own for name in names)
    here = _content(expected)
    return any(here and (here <= there or there <= here) for there in map(_content, names) if there)


def _match_names(expected: list[str], found: list[Mapping[str, Any]], own: Collection[str]) -> bool:
    left = list(found)
    for names in expected:
        hit = next((one for one in left if any(_is_name(name, one, own) for name in names.split("|"))), None)
        if hit is None:
            return False
        left.remove(hit)
    return not left


def _is_day(expected: str, found: Mapping[str, Any] | None) -> bool:
    if not expected or found is None:
        return not expected and (found is None or not (found["start"] or found["end"]))
    return expected in (found["edtf"], f"{found['start']}/{found['end']}")
