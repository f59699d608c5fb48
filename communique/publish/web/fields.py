"""What people may set of a row, as a form: each field with its value in words and, of a closed list, the choices.

Words go back through `record.values`, which says what a field takes. Passages are not typed: they grow and shrink by
words of their text (`move`).
"""

from __future__ import annotations

import re
import typing
from collections.abc import Mapping
from enum import Enum
from typing import Any

from communique.codec import get_fields, strip_optional
from communique.decisions import EDITABLE
from communique.model import Evidence, Participant, Place, Source, Voice, When
from communique.publish.site.words import Row
from communique.record.rows import TABLES

LABELS = {
    "via": "through",
    "made": "said on",
    "date": "date (2013-05-07, 2013-05, 2013-05-07/2013-05-08)",
    "due": "due (2016-08)",
    "published": "published (2013-05-07)",
    "parent": "part of",
    "polarity": "said how",
    "territory": "state (two letters)",
}
# The field that holds the words of a row that may grow and shrink.
SPANS = {"statements": "content", **dict.fromkeys(("agenda", "commitments", "forecasts", "measures"), "evidence")}
_NAMED = (Source, Participant, Place, Voice)
_WORD = re.compile(r"\S+")


def list_fields(noun: str, row: Row) -> list[dict[str, Any]]:
    """The fields that can be typed: name, label, value, and choices of a closed list; ``many``: one a line."""
    fields = []
    for name in EDITABLE.get(noun, ()):
        is_many = typing.get_origin(_hint(noun, name)) is tuple
        inner = _inner(noun, name)
        if inner is Evidence or name not in row:
            continue
        value = row[name]
        words = "\n".join(_words(inner, member) for member in value) if is_many else _words(inner, value)
        is_closed = isinstance(inner, type) and issubclass(inner, Enum)
        choices = [str(member.value) for member in inner] if is_closed else []
        label = LABELS.get(name, name.replace("_", " "))
        fields.append({"name": name, "label": label, "value": words, "choices": choices, "many": is_many})
    return fields


def _inner(noun: str, name: str) -> Any:
    """The type of a field, of a list that of its members."""
    hint = _hint(noun, name)
    return typing.get_args(hint)[0] if typing.get_origin(hint) is tuple else hint


def _hint(noun: str, name: str) -> Any:
    if noun == "documents":
        return When if name == "published" else str
    return strip_optional(dict(get_fields(TABLES[noun]))[name])


def _words(hint: Any, value: Any) -> str:
    """A value as it would be typed: somebody by name, however the record knows them."""
    if value is None:
        return ""
    if hint is When:
        return str(value["edtf"] or "")
    if hint in _NAMED and isinstance(value, Mapping):
        return str(value.get("name") or value.get("entity") or value.get("kind"))
    return str(value)


def _meant(inner: Any, value: Any, lines: list[str]) -> list[Any]:
    """What typed lines mean: a name that stood there before means whom it meant, with all that was known of them."""
    if inner not in _NAMED:
        return list(lines)
    known: dict[str, list[Any]] = {}
    for member in value if isinstance(value, list) else [value] if value else []:
        known.setdefault(_words(inner, member), []).append(_refer(inner, member))
    return [known[line].pop(0) if known.get(line) else line for line in lines]


def _refer(inner: Any, member: Mapping[str, Any]) -> Any:
    return dict(member) if inner is Participant else member.get("entity") or _words(inner, member)


def read_fields(noun: str, row: Row, given: Mapping[str, Any]) -> dict[str, Any]:
    """What of a filled form differs from the row, as `Draft.values` take it."""
    shown = {field["name"]: field for field in list_fields(noun, row)}
    values: dict[str, Any] = {}
    for name, words in given.items():
        field = shown.get(name)
        if field is None or str(words).replace("\r\n", "\n").strip() == field["value"]:
            continue
        typed = str(words).replace("\r\n", "\n").strip()
        if field["many"]:
            lines = [line.strip() for line in typed.split("\n") if line.strip()]
            values[name] = _meant(_inner(noun, name), row[name], lines)
        else:
            values[name] = typed
    return values


def move(text: str, start: int, end: int, how: str) -> tuple[int, int]:
    """A span one word longer or shorter: ``start-`` ``start+`` ``end-`` ``end+`` move that edge back or forth.

    The span keeps at least one word, and its edges stand at words.
    """
    words = [(match.start(), match.end()) for match in _WORD.finditer(text, max(0, start - 2_000), end + 2_000)]
    if how == "start-":
        return max((first for first, _ in words if first < start), default=start), end
    if how == "start+":
        last = max((first for first, _ in words if first < end), default=start)
        return min((first for first, _ in words if start < first <= last), default=start), end
    if how == "end+":
        return start, min((last for _, last in words if last > end), default=end)
    first = min((last for _, last in words if last > start), default=end)
    return start, max((last for _, last in words if first <= last < end), default=end)
