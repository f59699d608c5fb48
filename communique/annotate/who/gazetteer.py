"""Names that our tables know: states, places, organisations, media, instruments.

`match_names` walks over a paragraph's tokens and takes the longest known name that begins at each. Names are matched as
they are written (case matters: "US" is not "us"), or all in capitals. Names that are also ordinary words ("Nice",
"Time") need another sign beside them. What a name means in its sentence is decided later.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.attrs import IDX
from spacy.tokens import Doc

from communique.annotate.parse import get_texts
from communique.model import EntityKind
from communique.tables import load_table
from communique.text.names import is_generic_organization

MAX_WORDS = 7
# "Calif.", "Mass."
MAX_SHORT_STATE = 6
_FIRST_WORD = re.compile(r"\w+")
_PLACE_LABELS = frozenset(["GPE", "LOC", "FAC", "ORG"])
_LOCATIVES = frozenset(["in", "near", "at", "outside"])


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that our tables know."""

    key: str
    name: str
    kind: EntityKind
    territory: str | None = None
    is_media: bool = False
    is_generic: bool = False  # "Foreign Ministry": whose it is depends on the text (`find_owner`)
    is_common: bool = False  # also an ordinary word


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All tables of names, by written form."""

    names: dict[str, Entry]
    ambiguous: dict[str, Entry]  # media called by ordinary words, with their article: "The Times", "Time"
    adjectives: dict[str, str]  # "Russian" -> RU
    people: dict[str, str]  # "Russians" -> RU
    territories: dict[str, Entry]  # RU -> Russia
    american_states: frozenset[str]
    lower_openings: frozenset[str]  # first words of names that begin in lower case ("al" of "al-Qaeda")


@cache
def get_gazetteer() -> Gazetteer:
    """All tables of names, in one index."""
    names: dict[str, Entry] = {}
    adjectives: dict[str, str] = {}
    people: dict[str, str] = {}
    territories: dict[str, Entry] = {}
    for name, row in load_table("places").items():
        common = bool(row.get("common"))
        _add(names, Entry(f"place:{name}", name, EntityKind.PLACE, row.get("territory"), is_common=common), row)
    for row in load_table("instruments")["instrument"]:
        _add(names, Entry(f"instrument:{row['name']}", row["name"], EntityKind.INSTRUMENT), row)
    for row in load_table("media")["media"]:
        _add(names, _make_medium(row), row)
    for row in load_table("organizations")["organization"]:
        _add(names, _make_organization(row), row)
    for code, row in load_table("territories").items():
        entry = Entry(f"territory:{code}", row["name"], EntityKind.GOVERNMENT, code)
        territories[code] = entry
        if row.get("capital"):
            _add_city(names, (row["capital"], *row.get("capital_names", ())), code)
        for seat in row.get("seats", ()):
            _add_city(names, (seat,), code)
        _add(names, entry, row)
        adjectives.update(dict.fromkeys(row["adjectives"], code))
        people.update(dict.fromkeys(row["people"], code))
    ambiguous = {form: _make_medium(row) for row in load_table("media")["ambiguous"] for form in _forms(row)}
    lower = frozenset(match.group() for form in names if form[0].islower() and (match := _FIRST_WORD.match(form)))
    states = frozenset(
        name for name, row in load_table("places").items() if row["kind"] == "region" and row.get("territory") == "US"
    )
    return Gazetteer(names, ambiguous, adjectives, people, territories, states, lower)


def _forms(row: dict[str, Any]) -> tuple[str, ...]:
    return (row["name"], *row.get("names", ()))


def _make_medium(row: dict[str, Any]) -> Entry:
    return Entry(f"media:{row['name']}", row["name"], EntityKind.ORGANIZATION, None, is_media=True)


def _make_organization(row: dict[str, Any]) -> Entry:
    kind = EntityKind.GOVERNMENT if row.get("kind") == "government" else EntityKind.ORGANIZATION
    territory = row.get("territory")
    generic = territory is None and is_generic_organization(row["name"])
    return Entry(
        f"organization:{row['name']}", row["name"], kind, territory,
        is_generic=generic, is_common=bool(row.get("common")),
    )  # fmt: skip


def _add_city(names: dict[str, Entry], forms: tuple[str, ...], code: str) -> None:
    city = Entry(f"place:{forms[0]}", forms[0], EntityKind.PLACE, code)
    for form in forms:
        names.setdefault(form, city)


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
    gazetteer = get_gazetteer()
    found = []
    next_free = 0
    starts = tokens.to_array(IDX).tolist()
    spans = [(start, start + len(text)) for start, text in zip(starts, get_texts(tokens), strict=True)]
    for i, (start, end) in enumerate(spans):
        first = folded[start]
        if i < next_free or not (first.isupper() or first.isdigit() or folded[start:end] in gazetteer.lower_openings):
            continue
        for j in range(min(i + MAX_WORDS, len(spans)) - 1, i - 1, -1):
            words = folded[start : spans[j][1]]
            entry = gazetteer.names.get(words)
            if entry is None and words in gazetteer.ambiguous and is_medium_here(tokens, i, j + 1):
                entry = gazetteer.ambiguous[words]
            if entry is None and len(words) > 3 and words.isupper():
                entry = gazetteer.names.get(words.title())
                entry = None if entry is not None and entry.is_common else entry
            if entry is None or (entry.is_common and not _is_place_here(tokens, i, j + 1)):
                continue
            if not _is_abroad(tokens, j + 1, entry):
                has_article = j > i and folded[start:end] == "The" and not entry.name.startswith("The ")
                found.append((i + has_article, j + 1, entry))
            next_free = j + 1
            break
    return found


def _is_place_here(tokens: Doc, first: int, last: int) -> bool:
    """ "in Nice", or a name by the model's judgement."""
    token = tokens[first]
    return token.ent_type_ in _PLACE_LABELS or (first > 0 and tokens[first - 1].lower_ in _LOCATIVES and last > first)


def _is_abroad(tokens: Doc, last: int, entry: Entry) -> bool:
    """ "Alexandria, Va.", "Moscow, Idaho": the American state behind the comma says that another place is meant."""
    if entry.kind is not EntityKind.PLACE or entry.territory in (None, "US"):
        return False
    if last + 1 >= len(tokens) or tokens[last].text != ",":
        return False
    behind = tokens[last + 1]
    if behind.text in get_gazetteer().names:
        return behind.text in get_gazetteer().american_states
    is_month = behind.lower_.rstrip(".") in load_table("calendar")["months"]  # "MOSCOW, Sept. 13 --"
    return behind.text.endswith(".") and len(behind) <= MAX_SHORT_STATE and behind.text[0].isupper() and not is_month


def find_owner(tokens: Doc, first: int) -> str | None:
    """The state that the words before a body name: "Russian Foreign Ministry", "Latvia's parliament"."""
    gazetteer = get_gazetteer()
    k = first - 1
    if k > 0 and tokens[k].tag_ == "POS":
        k -= 1
    if k < 0:
        return None
    text = tokens[k].text
    state = gazetteer.names.get(text)
    if state is not None and state.key.startswith("territory:"):
        return state.territory
    return gazetteer.adjectives.get(text)


@cache
def get_media_nouns() -> frozenset[str]:
    """Nouns by which a medium is meant again: agency, newspaper ..."""
    return frozenset(load_table("nouns")["media"])


@cache
def _saying() -> frozenset[str]:
    return frozenset(load_table("cues")["say"])


def is_medium_here(tokens: Doc, first: int, last: int) -> bool:
    """Is a word that may be a medium's name one here? So with a capital article inside a sentence, or beside a cue."""
    token = tokens[first]
    if token.text == "The" and not token.is_sent_start:
        return True
    root = next((t for t in tokens[first:last] if not first <= t.head.i < last), tokens[last - 1])
    head = root.head
    if root.dep_ in ("nsubj", "nmod", "compound") and head.i >= last:
        return head.lemma_ in _saying() or head.lower_ in get_media_nouns()
    if root.dep_ in ("dobj", "dative"):
        return head.lemma_ == "tell"
    if root.dep_ == "pobj":
        above = head.head
        return (head.lower_ == "to" and (above.lemma_ in _saying() or head.lower_ == "according")) or (
            head.lower_ in ("with", "by", "to") and above.lower_ in ("interview", "according", "published", "reported")
        )
    return False
