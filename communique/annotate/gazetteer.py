"""Names that our tables know: states, places, organisations, media, instruments.

`match_names` walks over a paragraph's tokens and takes the longest known name that begins at each. Names are matched as
they are written (case matters: "US" is not "us"), or all in capitals. What a name means in its sentence is decided later.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.tokens import Doc

from communique.model import EntityKind
from communique.tables import load_table

MAX_WORDS = 7


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that our tables know."""

    key: str
    name: str
    kind: EntityKind
    territory: str | None = None
    is_media: bool = False
    is_generic: bool = False  # "Foreign Ministry": whose it is depends on the text


@dataclass(frozen=True, slots=True)
class Gazetteer:
    names: dict[str, Entry]  # every written form
    adjectives: dict[str, str]  # "Russian" -> RU
    people: dict[str, str]  # "Russians" -> RU
    territories: dict[str, Entry]  # RU -> Russia


@cache
def get_gazetteer() -> Gazetteer:
    """All tables of names, in one index."""
    names: dict[str, Entry] = {}
    adjectives: dict[str, str] = {}
    people: dict[str, str] = {}
    territories: dict[str, Entry] = {}
    for name, row in load_table("places").items():
        _add(names, Entry(f"place:{name}", name, EntityKind.PLACE, row.get("territory")), row)
    for row in load_table("instruments")["instrument"]:
        _add(names, Entry(f"instrument:{row['name']}", row["name"], EntityKind.INSTRUMENT), row)
    for row in load_table("media")["media"]:
        _add(names, Entry(f"media:{row['name']}", row["name"], EntityKind.ORGANIZATION, None, is_media=True), row)
    for row in load_table("organizations")["organization"]:
        kind = EntityKind.GOVERNMENT if row.get("kind") == "government" else EntityKind.ORGANIZATION
        generic = row.get("territory") is None and row["name"].endswith("Ministry")
        _add(names, Entry(f"organization:{row['name']}", row["name"], kind, row.get("territory"), is_generic=generic), row)
    for code, row in load_table("territories").items():
        entry = Entry(f"territory:{code}", row["name"], EntityKind.GOVERNMENT, code)
        territories[code] = entry
        capital = row.get("capital")
        if capital:
            city = Entry(f"place:{capital}", capital, EntityKind.PLACE, code)
            for form in (capital, *row.get("capital_names", ())):
                names.setdefault(form, city)
        _add(names, entry, row)
        adjectives.update(dict.fromkeys(row["adjectives"], code))
        people.update(dict.fromkeys(row["people"], code))
    return Gazetteer(names, adjectives, people, territories)


def _add(names: dict[str, Entry], entry: Entry, row: dict[str, Any]) -> None:
    for form in (entry.name, *row.get("names", ())):
        names[form.removeprefix("The ")] = entry


def match_names(tokens: Doc, folded: str) -> list[tuple[int, int, Entry]]:
    """The longest known names in a paragraph, left to right, without overlaps.

    Args:
        tokens: A parsed paragraph.
        folded: The text that was parsed.

    Returns:
        (first token, token after the last, entry).
    """
    names = get_gazetteer().names
    found = []
    next_free = 0
    starts = [token.idx for token in tokens]
    ends = [token.idx + len(token) for token in tokens]
    for i, start in enumerate(starts):
        first = folded[start]
        if i < next_free or not (first.isupper() or first.isdigit()):
            continue
        for j in range(min(i + MAX_WORDS, len(starts)) - 1, i - 1, -1):
            words = folded[start : ends[j]]
            entry = names.get(words)
            if entry is None and len(words) > 3 and words.isupper():
                entry = names.get(words.title())
            if entry is not None:
                found.append((i, j + 1, entry))
                next_free = j + 1
                break
    return found
