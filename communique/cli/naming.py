"""Rows as a person names and asks for them: an engagement by words, rows by the persons, words and days in them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from communique.cli.output import Row
from communique.errors import RecordError, SettingsError
from communique.model import When
from communique.publish.site.words import date_words
from communique.record.reader import Record

MAX_CANDIDATES = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """What rows must hold to be listed; an empty field asks for nothing.

    ``persons``: parts of names, each of which some name in the row must contain. ``words``: each must stand in a
    passage of the row or in what it says. ``first`` and ``last``: the row's date may lie between them.
    """

    persons: Sequence[str] = ()
    words: Sequence[str] = ()
    first: When | None = None
    last: When | None = None

    def is_met(self, row: Row) -> bool:
        """True when the row holds all that is asked for."""
        names = [_fold(name) for name in _find_texts(row, "name")] if self.persons else []
        texts = [_fold(text) for text in _find_texts(row, None)] if self.words else []
        return (
            all(any(_fold(person) in name for name in names) for person in self.persons)
            and all(any(_fold(word) in text for text in texts) for word in self.words)
            and is_between(row, self.first, self.last)
        )


def is_between(row: Row, first: When | None, last: When | None) -> bool:
    """True when the row may lie in the asked days; one of which no day is known lies nowhere."""
    known = _find_date(row)
    start = date.fromisoformat(known["start"]) if known.get("start") else None
    end = date.fromisoformat(known["end"]) if known.get("end") else None
    if (first or last) and start is None and end is None:
        return False
    is_after = first is None or first.start is None or end is None or end >= first.start
    return is_after and (last is None or last.end is None or start is None or start <= last.end)


def find_engagement(record: Record, name: str) -> str:
    """The id of the engagement that is meant by an id, the beginning of one, or words that name it alone.

    Words may be of its title, kind, participants, place and date (as shown, or as ``2013-05``).

    Raises:
        RecordError: No engagement answers to all the words.
        SettingsError: Several do (they are named), or the id is of another noun.
    """
    if _is_id(record, name):
        noun, full = record.resolve(name)
        if noun != "engagements":
            raise SettingsError(f"{full} is one of {noun}, not an engagement", "communique chronology shows the ids")
        return full
    words = _fold(name).split()
    found = [row for row in record.rows("engagements") if words and all(word in _describe(row) for word in words)]
    if not found:
        raise RecordError(f"{record.path}: no engagement is called {name!r}", "communique chronology shows them")
    if len(found) > 1:
        shown = [f"{row['id']} {row['title']}, {date_words(row['date'])}" for row in found[:MAX_CANDIDATES]]
        more = [f"and {len(found) - MAX_CANDIDATES} more"] if len(found) > MAX_CANDIDATES else []
        raise SettingsError(f"{name!r} may be {len(found)} engagements: {'; '.join(shown + more)}", "give an id")
    return str(found[0]["id"])


def _is_id(record: Record, name: str) -> bool:
    try:
        record.resolve(name)
    except RecordError:
        return name.partition("-")[0].isalpha() and name.count("-") == 1 and " " not in name
    return True


def _describe(row: Row) -> str:
    """All by which an engagement may be called, folded, as one text."""
    known = row["date"] or {}
    parts = [
        row["title"],
        row["kind"].replace("_", " "),
        date_words({**known, "note": ""} if known else None),
        known.get("edtf") or "",
    ]
    parts += [known.get("start") or "", *(person["name"] for person in row["participants"])]
    return _fold(" ".join([*parts, (row["place"] or {}).get("name") or ""]))


def _fold(text: str) -> str:
    """For comparing only: small letters without accents, curly apostrophes made straight."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return plain.casefold().replace("’", "'")


def _find_date(row: Row) -> dict[str, Any]:
    for field in ("date", "made", "due", "horizon", "published"):
        if row.get(field):
            known: dict[str, Any] = row[field]
            return known
    return {}


def _find_texts(value: object, key: str | None) -> Iterator[str]:
    """Strings in a row, wherever they lie; those under one key only, if one is given."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if isinstance(inner, str):
                yield from [inner] if key is None or name in (key, f"{key}s") else []
            elif name == "names" and key == "name":
                yield from (text for text in inner if isinstance(text, str))
            else:
                yield from _find_texts(inner, key)
    elif isinstance(value, Iterable) and not isinstance(value, str):
        for inner in value:
            if isinstance(inner, str):
                yield from [inner] if key is None else []
            else:
                yield from _find_texts(inner, key)
